'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ROOT, log } = require('../languages/tools');

/** Below node_modules: Git ignores it, and no package holds it. */
const CACHE = path.join(ROOT, 'node_modules/.cache/runtimes');

/** The folder of an installation. */
function folderOf(name) {
  return path.join(CACHE, name);
}

/** Makes a folder anew unless what it was made from is unchanged. The stamp comes last: half an installation has none. */
function install(name, wanted, make) {
  const folder = folderOf(name);
  const stamp = path.join(folder, 'made-from.txt');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  log(`runtimes: installing ${name}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  make(folder);
  fs.writeFileSync(stamp, wanted);
}

module.exports = { folderOf, install };
