import { Contents, Oddity } from '../../contents/contents';
import { FileTree } from '../../contents/file-tree';
import { publishedPackages } from '../../model/published-packages';
import { JsonObject } from '../../model/template';
import { ExampleAsset, Rule } from '../rule';

const ORDERS: JsonObject = { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: 'code.zip' } } };
const COMMON: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'common.zip' } } };

const odd = (what: Oddity['what'], ...paths: string[]): ExampleAsset => ({ kind: 'opened', bytes: 10, files: new FileTree([]), oddities: [{ what, paths }] });

const damaged: ExampleAsset = { kind: 'unopened', fault: 'damaged', reason: 'code.zip cannot be read: invalid central directory file header signature: 0x0' };

/** `warning`: what Lambda makes of such archives is not documented. */
export const archiveIsPlain: Rule = {
  id: 'archive-is-plain',
  title: 'An archive has nothing in it that readers of archives take differently',
  severity: 'warning',
  why: 'what Lambda unzips may be something else than what was looked at, or it refuses the archive',
  fix: 'build the archive anew, with a tool that writes each file once, deflated or stored and not encrypted, by a path below the root',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html',
  since: '0.1.0',

  valid: [
    { title: 'files once each', resources: { Orders: ORDERS }, assets: { 'code.zip': { 'index.js': 'exports.handler = async () => {};' } } },
    { title: 'code that a parameter names', resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: { Ref: 'Key' } } } } }, assets: { 'code.zip': odd('duplicate', 'index.js') } },
  ],
  invalid: [
    { title: 'two entries have one name', at: 'Orders/Properties/Code', resources: { Orders: ORDERS }, assets: { 'code.zip': odd('duplicate', 'index.js') } },
    { title: 'an entry leads out of the folder', at: 'Common/Properties/Content', resources: { Common: COMMON }, assets: { 'common.zip': odd('traversal', '../etc/passwd') } },
    { title: 'entries share their data, as in a zip bomb', at: 'Orders/Properties/Code', resources: { Orders: ORDERS }, assets: { 'code.zip': odd('overlap', '1', '2') } },
    { title: 'an entry claims more bytes than its data can hold', at: 'Orders/Properties/Code', resources: { Orders: ORDERS }, assets: { 'code.zip': odd('ratio', 'index.js') } },
    { title: 'an entry is encrypted', at: 'Orders/Properties/Code', resources: { Orders: ORDERS }, assets: { 'code.zip': odd('encrypted', 'index.js') } },
    { title: 'an entry is compressed by another method', at: 'Orders/Properties/Code', resources: { Orders: ORDERS }, assets: { 'code.zip': odd('method', 'index.js') } },
    { title: 'the list of entries is garbled', at: 'Orders/Properties/Code', resources: { Orders: ORDERS }, assets: { 'code.zip': damaged } },
  ],

  * check(app) {
    for (const { resource, property, asset, contents } of publishedPackages(app)) {
      const found = strange(contents);
      if (found.length === 0) continue;
      yield { resource, path: `Properties/${property}`, message: `'${property}' must be a plain archive, got ${asset.name} with ${found.join(', and ')}` };
    }
  },
};

const WORDS: Record<Oddity['what'], string> = {
  duplicate: 'more than one entry of a name',
  traversal: 'entries that lead out of the folder it is unzipped into',
  overlap: 'entries that share their data',
  encrypted: 'entries that are encrypted',
  method: 'entries that are neither stored nor deflated',
  ratio: 'entries that claim more bytes than their data can hold',
};

const SHOWN = 3;

function strange(contents: Contents): string[] {
  if (contents.kind === 'unopened') return contents.fault === 'damaged' ? [`a fault: ${contents.reason}`] : [];
  return contents.oddities.map(({ what, paths }) => {
    const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} others` : '';
    return `${WORDS[what]} (${paths.slice(0, SHOWN).join(', ')}${more})`;
  });
}
