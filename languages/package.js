#!/usr/bin/env node
'use strict';

/**
 * Builds the package of every language into dist/ from the jsii assembly, and says of each what it is or what this
 * machine lacks for it:
 *
 *   node languages/package.js [js] [python] [java] [go] [dotnet] [docs]     all by default
 *
 * `docs` is the API reference, with README and examples, in each language.
 * Exits with 1 if a package could not be built. The .NET project is always generated, and built where there is a .NET SDK.
 */

const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run, lacking, pacmak, log } = require('./tools');

const DIST = path.join(ROOT, 'dist');

const js = {
  tools: ['npm'],
  pack() {
    pacmak('js', DIST);
    const folder = path.join(DIST, 'js');
    return path.join(folder, fs.readdirSync(folder).find((file) => file.endsWith('.tgz')));
  },
};

const dotnet = {
  tools: [],
  pack() {
    pacmak('dotnet', DIST, '--code-only');
    const project = path.join(DIST, 'dotnet/CdkEventFunctions');
    if (lacking(['dotnet']).length > 0) log('dotnet: the project is generated and not built: this machine lacks dotnet (the .NET SDK)');
    else run('dotnet', ['pack', '--configuration', 'Release'], { cwd: project });
    return project;
  },
};

const docs = {
  tools: [],
  pack() {
    const folder = path.join(DIST, 'docs');
    fs.mkdirSync(folder, { recursive: true });
    const languages = ['typescript', 'python', 'java', 'csharp', 'go'].flatMap((name) => ['--language', name]);
    run('jsii-docgen', ['--readme', '--output', path.join(folder, 'API'), ...languages]);
    return folder;
  },
};

const PACKAGES = {
  js, python: require('./python'), java: require('./java'), go: require('./go'), dotnet, docs,
};

function main(args) {
  const unknown = args.filter((name) => !(name in PACKAGES));
  if (unknown.length > 0) throw new Error(`there is no package for ${unknown.join(', ')}; there are ${Object.keys(PACKAGES).join(', ')}`);
  const names = args.length > 0 ? args : Object.keys(PACKAGES);
  if (!names.every(build)) process.exitCode = 1;
}

/** Builds one package; says where it is, or why it is not. */
function build(name) {
  const missing = lacking(PACKAGES[name].tools);
  try {
    if (missing.length > 0) throw new Error(`this machine lacks ${missing.join(', ')}`);
    fs.rmSync(path.join(DIST, name), { recursive: true, force: true });
    log(`${name}: ${path.relative(ROOT, PACKAGES[name].pack(DIST))}`);
    return true;
  } catch (error) {
    log(`${name}: NOT BUILT: ${error.message}`);
    return false;
  }
}

main(process.argv.slice(2));
