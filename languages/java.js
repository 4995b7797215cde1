'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run, pacmak, log } = require('./tools');

/** Where Maven keeps what it downloads for this checkout, from run to run. What we build ourselves is made anew each time. */
const REPOSITORY = path.join(ROOT, 'node_modules/.cache/maven');
const OURS = path.join(REPOSITORY, 'io/github/cdk-event-functions');
const INSTALL_FILE = 'org.apache.maven.plugins:maven-install-plugin:3.1.1:install-file';
const GET = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get';

const { version, devDependencies } = require('../package.json');
const CDK = devDependencies['aws-cdk-lib'];
const CONSTRUCTS = devDependencies.constructs;

/** The machine's own options stay: they may hold its proxy, or whom it trusts. */
const environment = { env: { MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ''} -Dmaven.repo.local=${REPOSITORY}` } };
const maven = (args, cwd) => run('mvn', ['--batch-mode', '--quiet', ...args], { cwd, ...environment });

module.exports = {
  name: 'java',
  tools: ['java', 'javac', 'mvn'],

  /** A jar, installed in the local Maven repository with its pom. */
  pack(dist) {
    fs.rmSync(OURS, { recursive: true, force: true });
    pacmak('java', dist, '--code-only');
    const project = path.join(dist, 'java');
    makeResolvable('software.amazon.awscdk', 'aws-cdk-lib', CDK, project);
    makeResolvable('software.constructs', 'constructs', CONSTRUCTS, project);
    maven(['install', '-DskipTests', '-Dmaven.javadoc.skip', '-Dgpg.skip'], project);
    return path.join(project, 'target', `cdk-event-functions-${version}.jar`);
  },

  /** Nothing is left to do: the examples find the jar where Maven looks first. */
  install: () => environment,

  example: () => ({ cwd: path.join(ROOT, 'examples/order-pipeline-java'), ...environment }),

  mistake: () => check('Mistake'),

  tooMuchCode: () => check('TooMuchCode'),
};

function check(mainClass) {
  const versions = `-Dcdk.version=${CDK} -Dconstructs.version=${CONSTRUCTS} -Dcdk-event-functions.version=${version}`;
  const app = `mvn -e -q compile exec:java ${versions} -Dexec.mainClass=checks.${mainClass}`;
  return { cwd: path.join(__dirname, 'java'), app, ...environment };
}

/**
 * jsii writes version ranges into the pom, which Maven resolves by a list of versions that some mirrors update late.
 * A version that was installed by hand is on the local list, so the version we develop with can always be found.
 * Where the mirror's list is up to date, Maven takes the newest of both lists, as it does for any user.
 */
function makeResolvable(group, artifact, wanted, folder) {
  log(`   ${artifact} ${wanted} goes on the local list of versions, by which Maven resolves the range in our pom`);
  maven([GET, `-Dartifact=${group}:${artifact}:${wanted}`], folder);
  for (const ending of ['jar', 'pom']) {
    const file = `${artifact}-${wanted}.${ending}`;
    fs.copyFileSync(path.join(REPOSITORY, ...group.split('.'), artifact, wanted, file), path.join(folder, file));
  }
  maven([INSTALL_FILE, `-Dfile=${artifact}-${wanted}.jar`, `-DpomFile=${artifact}-${wanted}.pom`], folder);
}
