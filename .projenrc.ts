import { awscdk, cdk, JsonPatch, javascript, ReleasableCommits } from 'projen';

/** Where the sources live until the owner says otherwise. The only place that names it. */
const REPOSITORY = 'https://github.com/cdk-event-functions/cdk-event-functions';

/** Lowest aws-cdk-lib that has everything we use; development compiles and tests against exactly this one. */
const CDK_FLOOR = '2.271.0';
/** The newest releases that CI runs the same tests against. */
const CDK_NEWEST = { 'aws-cdk-lib': '2.276.0', 'constructs': '10.8.1' };
/** The CLI is pinned: npm's `latest` is an accidental 3.0.0 that cannot read today's assemblies. */
const CDK_CLI = 'aws-cdk@2.1148.1';
/** Node.js of the workflows. */
const WORKFLOW_NODE = '24.x';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-event-functions',
  description:
    'Event-driven AWS Lambda for the CDK: a drop-in Function that is its own live alias, with least-privilege roles, event sources and checks that stop at synth what AWS would refuse.',
  author: 'The cdk-event-functions authors',
  authorAddress: 'cdk-event-functions@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: `${REPOSITORY}.git`,
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-event-functions authors',
  copyrightPeriod: '2026',
  keywords: ['aws', 'aws-cdk', 'awscdk', 'lambda', 'serverless', 'event-driven', 'event-source', 'iam', 'validation'],
  stability: cdk.Stability.EXPERIMENTAL,
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  npmAccess: javascript.NpmAccess.PUBLIC,
  projenrcTs: true,
  sampleCode: false,

  projenVersion: '0.103.25',
  minNodeVersion: '20.16.0',
  workflowNodeVersion: WORKFLOW_NODE,
  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3', // npm's latest is 7.0: jsii, ts-jest and typescript-eslint do not take it
  devDeps: [
    '@types/node@^20',
    '@types/adm-zip@^0.5.8',
    '@types/yauzl@^3.4.0',
    'adm-zip@^0.6.1', // writes the archives of tests
    // Real layers: together within 2 MB of what Lambda unzips, with the proxy agent of aws-cdk-lib over it.
    '@aws-cdk/asset-awscli-v1@2.2.296',
    '@aws-cdk/lambda-layer-kubectl-v34@2.2.2',
    '@types/aws-lambda@^8',
    '@aws-sdk/client-lambda@^3.1164.0',
    '@aws-sdk/client-s3@^3.1164.0',
    '@aws-sdk/client-sqs@^3.1164.0',
    '@aws-sdk/client-dynamodb@^3.1164.0',
    'esbuild@0.28.2',
    'fast-check@^4.10.2',
    CDK_CLI,
  ],
  // What reads packages: zip archives, JavaScript, Python.
  bundledDeps: ['yauzl@^3.4.0', 'acorn@^8.19.0', '@lezer/python@^1.1.19', '@lezer/common@^1.5.5'],

  npmProvenance: true,
  publishToPypi: { distName: 'cdk-event-functions', module: 'cdk_event_functions', trustedPublishing: true, attestations: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkeventfunctions',
    mavenGroupId: 'io.github.cdk-event-functions',
    mavenArtifactId: 'cdk-event-functions',
  },
  publishToNuget: { dotNetNamespace: 'CdkEventFunctions', packageId: 'CdkEventFunctions' },
  publishToGo: { moduleName: 'github.com/cdk-event-functions/cdk-event-functions-go', packageName: 'cdkeventfunctions' },

  bin: { 'cdk-event-functions': 'bin/cdk-event-functions' },
  autoDetectBin: false,

  release: true,
  majorVersion: 0,
  bumpPackage: 'commit-and-tag-version@^12', // ^13 needs Node 22
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  depsUpgrade: false,
  githubOptions: { mergify: false },

  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,

  typecheckTests: true, // ts-jest transpiles file by file and checks no types
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'bench'], prettier: false },
  jestOptions: {
    jestVersion: '^30',
    configFilePath: 'jest.config.json',
    updateSnapshot: javascript.UpdateSnapshot.NEVER, // the default rewrites snapshots in CI too
    junitReporting: false,
    jestConfig: {
      snapshotSerializers: ['<rootDir>/src/testing/snapshot-serializer.ts'],
      setupFiles: ['<rootDir>/test/jest.setup.js'],
      testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/examples/**/*.test.ts'],
      roots: ['<rootDir>/test', '<rootDir>/examples'],
      // By default one processor stays idle; and what each file leaves in the memory of one process adds up to gigabytes.
      maxWorkers: '100%',
      workerIdleMemoryLimit: '1GB',
      // where the example's Lambda layer is found; in Lambda it is /opt/nodejs/node_modules
      modulePaths: ['<rootDir>/examples/order-pipeline/layers/common/nodejs/node_modules'],
      moduleNameMapper: { '^cdk-event-functions$': '<rootDir>/src/index.ts' },
    },
  },
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    exclude: ['lib', 'dist', '**/cdk.out'],
    include: ['.projenrc.ts'],
    compilerOptions: { paths: { 'cdk-event-functions': ['./src/index.ts'] } },
  },
  gitignore: ['cdk.out', '.jsii.tabl.json', '*.tsbuildinfo', '/.bench/', '__pycache__', 'target/'],
});

// --- package.json -----------------------------------------------------------------------------------------------
// Install scripts that need not run: the prebuilt binaries are there.
project.package.addField('allowScripts', { '@parcel/watcher': false, 'unrs-resolver': false, 'esbuild': false });
// The newest unrs-resolver whose platform packages are all published; with a newer one `npm ci` refuses the lock file.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
// What may be imported: the library, its Jest snapshot serializer, and what jsii and the CDK read.
project.package.addField('exports', {
  '.': './lib/index.js',
  './snapshot-serializer': './lib/testing/snapshot-serializer.js',
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});
// The lock file records no registry host, whatever the machine's own npm settings are.
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// --- what a package holds ---------------------------------------------------------------------------------------
project.npmignore?.addPatterns(
  '/bench/', '/examples/', '/languages/', '/peers/', '/runtimes/', '/rosetta/', '/docs/', '/projenrc/', '/.ci/', '/.npmrc', '/jest.config.json',
  '/CONTRIBUTING.md', '/SECURITY.md', '/API.md', '/.bench/', 'cdk.out',
);
// A Lambda layer for Node.js keeps its code in a folder called node_modules.
project.gitignore.addPatterns('!/examples/*/layers/*/nodejs/node_modules/');

// --- code rules that hold the walls of the house (docs/ARCHITECTURE.md) --------------------------------------------
const FEATURES = ['role', 'permissions', 'deployment', 'code', 'compute', 'layers', 'logging', 'release', 'concurrency', 'events', 'failure'];
const CONSTRUCTS = ['function', ...FEATURES];
const ENGINE = ['contents', 'model', 'assembly', 'rules', 'plugin', 'report', 'cli'];
project.eslint?.addRules({
  'import/no-cycle': ['error', { ignoreExternal: true }],
  'import/no-restricted-paths': ['error', {
    basePath: './src',
    zones: [
      // limits and support are the ground: they know nothing of ours but what lies below them
      { target: 'limits', from: '.', except: ['./limits'] },
      { target: 'support', from: '.', except: ['./support', './limits', './measure'] },
      // measure counts as AWS counts, with AWS's numbers, and knows nothing else
      { target: 'measure', from: '.', except: ['./measure', './limits'] },
      // feature folders know limits, measure and support, never each other
      // (a source of events says what becomes of those that fail, and looks into the code of its function)
      ...FEATURES.map((target) => ({
        target, from: '.', except: [`./${target}`, ...target === 'events' ? ['./failure', './assembly', './contents'] : [], './limits', './measure', './support'],
      })),
      // only function/ knows the features, and registers the plugin
      { target: 'function', from: '.', except: [...CONSTRUCTS, 'plugin', 'limits', 'support'].map((dir) => `./${dir}`) },
      // the engine: cli -> report, assembly; plugin -> assembly, rules; all -> model -> contents, limits
      // contents: what is inside a package, as data; knows no template and opens no file
      { target: 'contents', from: '.', except: ['./contents', './limits'] },
      { target: 'model', from: '.', except: ['./model', './contents', './limits', './measure'] },
      { target: 'rules', from: '.', except: ['./rules', './model', './contents', './limits', './measure'] },
      { target: 'report', from: '.', except: ['./report', './model', './contents', './limits', './measure'] },
      { target: 'assembly', from: '.', except: ['./assembly', './model', './contents', './limits'] },
      { target: 'plugin', from: '.', except: ['./plugin', './assembly', './rules', './model', './limits', './support'] },
      { target: 'cli', from: '.', except: [...ENGINE, 'measure'].map((dir) => `./${dir}`) },
      { target: './!(index).ts', from: './index.ts' },
    ],
  }],
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
  'no-console': 'error',
});
// Tests, examples and benchmarks belong to the development project, which includes src.
project.eslint!.config.parserOptions = { ecmaVersion: 2022, sourceType: 'module', project: './tsconfig.dev.json' };
project.eslint!.config.settings['import/resolver'].typescript.project = './tsconfig.dev.json';
project.eslint?.addOverride({
  files: ['test/**', 'examples/**', 'bench/**', '.projenrc.ts'],
  rules: {
    'max-lines': 'off',
    'max-lines-per-function': 'off',
    'max-params': 'off',
    'no-console': 'off',
    'import/no-extraneous-dependencies': 'off',
  },
});

// --- tasks ------------------------------------------------------------------------------------------------------
// README and doc-comment snippets must compile.
project.postCompileTask.exec('jsii-rosetta extract --strict');
// jsii-diff against the last release; passes over a package that was never published.
project.postCompileTask.spawn(project.tasks.tryFind('compat')!);
// The README in the other languages, translated from the snippets that just compiled.
project.postCompileTask.exec('node projenrc/readme-languages.js');
// A page for each rule.
project.postCompileTask.exec('node projenrc/rule-pages.js');
// A table of all sources.
project.postCompileTask.exec('node projenrc/source-pages.js');
// Importing the library must not load all of it.
project.compileTask.exec('node projenrc/lazy-index.js');
// Nor must installing it bring all of its sources along.
project.compileTask.exec('node projenrc/strip-source-maps.js');
// A synthesis loads all rules, and none of their examples.
project.compileTask.exec('node projenrc/bundle-rules.js');

const lintPeers = project.addTask('lint:peers', {
  description: 'cdk-nag, cfn-lint, serverless-rules and checkov on the default function and the example (docs/PEERS.md)',
});
lintPeers.spawn(project.compileTask);
lintPeers.exec('node peers/run.js');
project.buildWorkflow?.addPostBuildJobCommands('lint-peers', ['npm run lint:peers'], {
  checkoutRepo: true,
  installDeps: true,
  tools: { node: { version: WORKFLOW_NODE }, python: { version: '3.13' } }, // peers/requirements-*.txt were tried with it
});

const testRuntimes = project.addTask('test:runtimes', {
  description: 'Start good and bad packages with AWS\'s own runtime interface clients and compare with what is said of them (runtimes/run.js)',
});
testRuntimes.spawn(project.compileTask);
testRuntimes.exec('node runtimes/run.js', { receiveArgs: true });
project.buildWorkflow?.addPostBuildJobCommands('test-runtimes', ['npm run test:runtimes'], {
  checkoutRepo: true,
  installDeps: true,
  tools: { node: { version: WORKFLOW_NODE }, python: { version: '3.13' } },
});

const cleanProcess = { CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true' };
const example = project.addTask('example', {
  description: 'Synthesize the examples with the CDK CLI and print what was wired, of the order pipeline last',
  env: cleanProcess,
});
example.spawn(project.compileTask);
for (const name of ['backend', 'chatbot', 'it-automation', 'order-pipeline']) {
  example.exec('cdk synth --quiet', { cwd: `examples/${name}` });
  example.exec(`node bin/cdk-event-functions summary examples/${name}/cdk.out`);
}
// The two commands of the README work on a fresh clone, so they install first.
project.setScript('example', 'npm ci && npx projen example');
project.setScript('verify', 'npm ci && npx projen verify');

const verify = project.addTask('verify', { description: 'Everything that must hold: the library compiles, its tests pass, every language can be generated' });
verify.spawn(project.compileTask);
verify.spawn(project.testTask);
verify.exec('jsii-pacmak --code-only --outdir dist/code-only');

project.addTask('test:newest-cdk', {
  description: 'Run the tests against the newest aws-cdk-lib, then put the pinned one back',
  steps: [
    { exec: `npm install --no-save ${Object.entries(CDK_NEWEST).map(([name, version]) => `${name}@${version}`).join(' ')}` },
    { exec: 'jest --ci --coverage=false' },
  ],
});
project.addTask('bench', {
  description: 'Measure synthesis against plain L2 (see bench/README.md)',
  steps: [{ spawn: 'compile' }, { exec: 'node bench/run.js', receiveArgs: true }],
});
project.addTask('package:all', {
  description: 'Build the npm, Python, Java and Go packages and the .NET project into dist/; says what the machine lacks',
  steps: [{ exec: 'node languages/package.js', receiveArgs: true }],
});
project.addTask('test:languages', {
  description: 'Install the package of each language into a fresh environment and synthesize the order pipeline with it',
  steps: [{ exec: 'node languages/run.js', receiveArgs: true }],
});

// --- release: no registry address in the workflow, so each publisher's own default applies ---------------------------
project.tryFindObjectFile('.github/workflows/release.yml')?.patch(
  JsonPatch.test('/jobs/release_npm/steps/9/name', 'Release'),
  JsonPatch.remove('/jobs/release_npm/steps/9/env/NPM_REGISTRY'),
);

project.synth();
