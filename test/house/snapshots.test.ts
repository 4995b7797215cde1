import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '../..');

const snapshots = ['test', 'examples'].flatMap((folder) => (
  fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.snap')).map((file) => path.join(folder, file))
));

/** What changes although the wiring does not: hashes of assets and of versions, folders of a machine. */
const CHANGING = [/[0-9a-f]{64}/, /CurrentVersion[0-9A-F]{8}[0-9a-f]{32}/, new RegExp(ROOT.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), /\/tmp\/\w*cdk/];

test('there are snapshots', () => {
  expect(snapshots.length).toBeGreaterThan(10);
});

test.each(snapshots)('%s changes only when the wiring does', (file) => {
  const lines = fs.readFileSync(path.join(ROOT, file), 'utf8').split('\n');
  expect(lines.filter((line) => CHANGING.some((pattern) => pattern.test(line)))).toEqual([]);
});
