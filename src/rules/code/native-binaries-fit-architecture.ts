import { elf, machO } from './example-binaries';
import { aboutFiles, isLookedFor, openParts } from './in-parts';
import { Binary } from '../../contents/native/binary';
import { foreignFiles } from '../../contents/native/foreign';
import { architectureOf, functionPackages } from '../../model/function-package';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});
const layer: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } };

export const nativeBinariesFitArchitecture: Rule = {
  id: 'native-binaries-fit-architecture',
  title: 'Native binaries in code and layers are built for the architecture of the function',
  severity: 'warning',
  why: 'whatever loads or runs them fails, such as with "cannot open shared object file", "invalid ELF header" or "exec format error"',
  fix: 'install the packages for Linux and the architecture of the function (npm install --os=linux --cpu=arm64, pip install --platform manylinux2014_aarch64 --only-binary=:all:), or bundle in a container of that platform',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  since: '0.1.0',

  valid: [
    { title: 'all are built for it', resources: { Orders: fn({ Architectures: ['arm64'] }) }, assets: { 'code.zip': { 'node_modules/sqlite/build/Release/sqlite.node': { content: elf('arm64') } } } },
    { title: 'a package brings variants for several platforms', resources: { Orders: fn() }, assets: { 'code.zip': { 'prebuilds/linux-x64/bcrypt.node': { content: elf('x86_64') }, 'prebuilds/linux-arm64/bcrypt.node': { content: elf('arm64') }, 'prebuilds/darwin-arm64/bcrypt.node': { content: machO() } } } },
    { title: 'a layer is not in this app', resources: { Orders: fn({ Layers: [{ Ref: 'Tools' }] }) }, assets: { 'code.zip': { 'index.js': '' } } },
    { title: 'the architecture is decided at deployment', resources: { Orders: fn({ Architectures: [{ 'Fn::If': ['Cheap', 'arm64', 'x86_64'] }] }) }, assets: { 'code.zip': { 'sqlite.node': { content: elf('arm64') } } } },
  ],
  invalid: [
    { title: 'a package was installed for another architecture', at: 'Orders/Properties/Code', resources: { Orders: fn({ Architectures: ['arm64'] }) }, assets: { 'code.zip': { 'node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64.node': { content: elf('x86_64') } } } },
    { title: 'a package was installed on a Mac', at: 'Orders/Properties/Code', resources: { Orders: fn({ Runtime: 'python3.13' }) }, assets: { 'code.zip': { 'numpy/_core.cpython-313-darwin.so': { content: machO() } } } },
    { title: 'a layer has programs for another architecture', at: 'Orders/Properties/Layers', resources: { Orders: fn({ Layers: [{ Ref: 'Tools' }] }), Tools: layer }, assets: { 'code.zip': { 'index.js': '' }, 'layer.zip': { 'bin/pdftotext': { content: elf('arm64'), mode: 0o755 } } } },
  ],

  * check(app) {
    for (const fnPackage of functionPackages(app)) {
      const architecture = architectureOf(fnPackage.fn);
      if (!architecture) continue;
      const parts = openParts(fnPackage);
      const foreign = foreignFiles(parts.map(({ files }) => files), architecture);
      for (const [index, { part }] of parts.entries()) {
        // The bootstrap of a custom runtime has a rule of its own.
        const files = foreign[index].filter(({ path }) => path !== 'bootstrap' && isLookedFor(part, path));
        if (files.length === 0) continue;
        yield aboutFiles(fnPackage, part, `native binaries must be built for Linux on ${architecture}`, files.map(({ path, binary }) => `${path} (${platformOf(binary)})`));
      }
    }
  },
};

function platformOf(binary: Binary): string {
  if (binary.kind === 'elf') return binary.machine;
  return binary.kind === 'mach-o' ? 'macOS' : 'Windows';
}
