'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ROOT, run, pacmak } = require('./tools');

/** Where Maven keeps what it downloads for us, from run to run. What we build ourselves is made anew each time. */
const REPOSITORY = path.join(os.tmpdir(), 'cdk-event-functions-maven');
const OURS = path.join(REPOSITORY, 'io/github/cdk-event-functions');
const INSTALL_FILE = 'org.apache.maven.plugins:maven-install-plugin:3.1.1:install-file';
const GET = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get';

const { devDependencies } = require('../package.json');
const CDK = devDependencies['aws-cdk-lib'];

const environment = { env: { MAVEN_OPTS: `-Dmaven.repo.local=${REPOSITORY}` } };
const maven = (args, cwd) => run('mvn', ['--batch-mode', '--quiet', ...args], { cwd, ...environment });

module.exports = {
  name: 'java',
  tools: ['java', 'javac', 'mvn'],

  /** A jar, installed in the local Maven repository with its pom. */
  pack(dist) {
    fs.rmSync(OURS, { recursive: true, force: true });
    pacmak('java', dist, '--code-only');
    const project = path.join(dist, 'java');
    makeResolvable(project);
    maven(['install', '-DskipTests', '-Dmaven.javadoc.skip', '-Dgpg.skip'], project);
    const target = path.join(project, 'target');
    return path.join(target, fs.readdirSync(target).find((file) => /^cdk-event-functions-[^-]+\.jar$/.test(file)));
  },

  /** Nothing is left to do: the examples find the jar where Maven looks first. */
  install: () => environment,

  example: () => ({ cwd: path.join(ROOT, 'examples/order-pipeline-java'), ...environment }),

  mistake: () => ({ cwd: path.join(__dirname, 'java'), app: app('Mistake'), ...environment }),

  tooMuchCode: () => ({ cwd: path.join(__dirname, 'java'), app: app('TooMuchCode'), ...environment }),
};

function app(mainClass) {
  return `mvn -e -q compile exec:java -Dexec.mainClass=checks.${mainClass}`;
}

/**
 * jsii writes a version range into the pom, which Maven resolves by a list of versions that some mirrors update late.
 * A version that was installed by hand is on the local list, so the version we develop with can always be found.
 */
function makeResolvable(folder) {
  maven([GET, `-Dartifact=software.amazon.awscdk:aws-cdk-lib:${CDK}`], folder);
  for (const ending of ['jar', 'pom']) {
    const file = `aws-cdk-lib-${CDK}.${ending}`;
    fs.copyFileSync(path.join(REPOSITORY, 'software/amazon/awscdk/aws-cdk-lib', CDK, file), path.join(folder, file));
  }
  maven([INSTALL_FILE, `-Dfile=aws-cdk-lib-${CDK}.jar`, `-DpomFile=aws-cdk-lib-${CDK}.pom`], folder);
}
