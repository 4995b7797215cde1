import { elf } from './example-binaries';
import { aboutFiles, isLookedFor, openParts } from './in-parts';
import { misfits } from '../../contents/native/abi';
import { architectureOf, functionPackages } from '../../model/function-package';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (runtime: string, properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: runtime, Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});
const extension = { content: elf('x86_64') };

export const nativeModulesFitRuntime: Rule = {
  id: 'native-modules-fit-runtime',
  title: 'Native modules in code and layers are built for the version of the runtime',
  severity: 'warning',
  why: 'the runtime does not load them: imports fail, or a slower replacement in plain code runs',
  fix: 'install the packages for the runtime of the function and for glibc (pip install --python-version 3.13 --platform manylinux2014_x86_64 --only-binary=:all:, npm rebuild under the same Node.js)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/python-package.html',
  since: '0.1.0',

  valid: [
    { title: 'the module is for the version of Python', resources: { Orders: fn('python3.13') }, assets: { 'code.zip': { 'orjson/orjson.cpython-313-x86_64-linux-gnu.so': extension } } },
    { title: 'the module is for all versions of Python', resources: { Orders: fn('python3.13') }, assets: { 'code.zip': { 'cryptography/_rust.abi3.so': extension } } },
    { title: 'one of several modules is for the version of Node.js', resources: { Orders: fn('nodejs22.x') }, assets: { 'code.zip': { 'prebuilds/linux-x64/node.abi115.node': extension, 'prebuilds/linux-x64/node.abi127.node': extension } } },
    { title: 'no runtime looks for the module', resources: { Orders: fn('python3.13', { Layers: [{ Ref: 'Cli' }] }), Cli: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } } }, assets: { 'code.zip': { 'index.py': '' }, 'layer.zip': { 'awscli/yaml/_yaml.cpython-311-x86_64-linux-gnu.so': extension } } },
    { title: 'the runtime is decided at deployment', resources: { Orders: fn('', { Runtime: { Ref: 'Runtime' } }) }, assets: { 'code.zip': { 'orjson/orjson.cpython-312-x86_64-linux-gnu.so': extension } } },
    { title: 'the ABI of a new runtime is not known', resources: { Orders: fn('nodejs26.x') }, assets: { 'code.zip': { 'prebuilds/linux-x64/node.abi115.node': extension } } },
  ],
  invalid: [
    { title: 'a module is for another version of Python', at: 'Orders/Properties/Code', resources: { Orders: fn('python3.13') }, assets: { 'code.zip': { 'orjson/orjson.cpython-312-x86_64-linux-gnu.so': extension } } },
    { title: 'a module is for another version of Node.js', at: 'Orders/Properties/Code', resources: { Orders: fn('nodejs22.x') }, assets: { 'code.zip': { 'prebuilds/linux-x64/node.abi115.node': extension } } },
    { title: 'a module is for Alpine Linux', at: 'Orders/Properties/Layers', resources: { Orders: fn('nodejs22.x', { Layers: [{ Ref: 'Images' }] }), Images: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } } }, assets: { 'code.zip': { 'index.js': '' }, 'layer.zip': { 'nodejs/node_modules/@img/sharp-linuxmusl-x64/lib/sharp-linuxmusl-x64.node': extension } } },
  ],

  * check(app) {
    for (const fnPackage of functionPackages(app)) {
      const runtime = fnPackage.fn.text('Runtime');
      if (runtime.kind !== 'known') continue;
      const parts = openParts(fnPackage);
      const found = misfits(parts.map(({ files }) => files), runtime.value, architectureOf(fnPackage.fn));
      for (const [index, { part }] of parts.entries()) {
        const files = found[index].filter(({ path }) => path !== 'bootstrap' && isLookedFor(part, path));
        if (files.length === 0) continue;
        yield aboutFiles(fnPackage, part, `native modules must be built for ${runtime.value} and glibc`, files.map(({ path, builtFor }) => `${path} (${builtFor})`));
      }
    }
  },
};
