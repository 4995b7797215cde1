'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run, log } = require('../languages/tools');

/** Below node_modules: Git ignores it, no package holds it, and from there Node finds the app's own aws-cdk-lib. */
const CACHE = path.join(ROOT, 'node_modules/.cache/peers');

const NAG = 'cdk-nag@3.0.2';
const NAG_FOLDER = path.join(CACHE, 'cdk-nag');

/** cdk-nag without its peer dependencies: a second aws-cdk-lib beside the app's would make all its rules silent. */
function installNag() {
  install(NAG_FOLDER, NAG, () => {
    run('npm', ['install', '--prefix', NAG_FOLDER, '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error', NAG]);
  });
  return NAG;
}

/** cdk-nag's exports, once it is certain that it sees the same CDK as the app. */
function loadNag() {
  const nag = path.join(NAG_FOLDER, 'node_modules/cdk-nag');
  for (const name of ['aws-cdk-lib', 'constructs']) {
    const [theirs, ours] = [nag, ROOT].map((folder) => require.resolve(name, { paths: [folder] }));
    if (theirs !== ours) throw new Error(`cdk-nag loads another ${name} than the app: ${theirs}, ${ours}`);
  }
  return require(nag);
}

/** A virtual environment with exactly what a requirements file lists; returns its commands and its versions. */
function installPython(name) {
  const requirements = path.join(__dirname, `requirements-${name}.txt`);
  const pins = fs.readFileSync(requirements, 'utf8');
  const folder = path.join(CACHE, name);
  const pip = path.join(folder, 'bin/pip');
  const python = run('python3', ['--version']).output;
  // Commands of a virtual environment know where it is.
  install(folder, `${folder}\n${python}${pins}`, () => {
    run('python3', ['-m', 'venv', folder]);
    // Without dependencies, so that nothing comes in that is not listed; then a check that nothing is missing.
    run(pip, ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements]);
    run(pip, ['check', '--disable-pip-version-check']);
  });
  const version = (distribution) => pins.match(new RegExp(`^${distribution}==(.+)$`, 'm'))[1];
  return { command: (command) => path.join(folder, 'bin', command), version };
}

/** Makes a folder anew unless what it was made from is unchanged. The stamp comes last: half an installation has none. */
function install(folder, wanted, make) {
  const stamp = path.join(folder, 'made-from.txt');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  log(`peers: installing ${path.basename(folder)}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  make();
  fs.writeFileSync(stamp, wanted);
}

module.exports = { installNag, loadNag, installPython };
