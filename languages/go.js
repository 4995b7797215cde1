'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ROOT, run, pacmak, log } = require('./tools');

const OUR_MODULE = 'github.com/cdk-event-functions/cdk-event-functions-go/cdkeventfunctions';
/** How many versions to go back for one that this machine's module proxy has. */
const BACK = 20;
/** How Go says that a module proxy, or a repository, does not have a version. */
const NOT_THERE = /403 Forbidden|404 Not Found|410 Gone|unknown revision/;

/** What the module is compiled with instead of what it asks for; see availableModules(). */
let available = [];

module.exports = {
  name: 'go',
  tools: ['go'],

  /** The module, compiled. */
  pack(dist) {
    pacmak('go', dist, '--code-only');
    const module = path.join(dist, 'go/cdkeventfunctions');
    available = availableModules(module);
    const build = fs.mkdtempSync(path.join(os.tmpdir(), 'go-build-'));
    try {
      run('go', ['build', './...'], { cwd: module, ...withModules(build, module, available) });
    } finally {
      fs.rmSync(build, { recursive: true, force: true });
    }
    return module;
  },

  /** A go.mod of our own for each project, in which the module is replaced by what was just built. */
  install(module, folder) {
    const replacements = [`${OUR_MODULE}=${module}`, ...available];
    return (project) => withModules(path.join(folder, path.basename(project)), project, replacements);
  },

  example(environment) {
    const cwd = path.join(ROOT, 'examples/order-pipeline-go');
    return { cwd, ...environment(cwd) };
  },

  mistake: (environment) => check('mistake', environment),

  tooMuchCode: (environment) => check('toomuchcode', environment),
};

function check(name, environment) {
  const cwd = path.join(__dirname, 'go');
  return { cwd, app: `go run ./${name}`, ...environment(cwd) };
}

/**
 * Environment in which Go takes a copy of a project's go.mod, and the go.sum beside the copy. What is committed is never
 * changed, and go.sum is made anew: the module that it would name is built here, and not published. The machine's own
 * GOFLAGS stay; a go.work around the repository does not count, since it forbids -modfile.
 */
function withModules(folder, project, replacements) {
  fs.mkdirSync(folder, { recursive: true });
  const copy = path.join(folder, 'go.mod');
  fs.copyFileSync(path.join(project, 'go.mod'), copy);
  for (const replacement of replacements) run('go', ['mod', 'edit', '-replace', replacement, copy], { cwd: project });
  const flags = run('go', ['env', 'GOFLAGS'], { cwd: os.tmpdir() }).output.trim();
  return { env: { GOFLAGS: `${flags} -mod=mod -modfile=${copy}`, GOWORK: 'off' } };
}

/**
 * Replacements for modules that the proxy does not have in the wanted version, by the newest before it: a proxy may be
 * days behind the npm packages that the modules are made of. None where it is up to date.
 */
function availableModules(project) {
  const required = fs.readFileSync(path.join(project, 'go.mod'), 'utf8').matchAll(/^\s+(\S+) (v\S+)/gm);
  return [...required].flatMap(([, module, wanted]) => {
    const version = newestUpTo(wanted, module);
    if (version === wanted) return [];
    log(`   ${module} ${wanted} is not on this machine's Go module proxy: compiled and run with ${version}`);
    return [`${module}=${module}@${version}`];
  });
}

function newestUpTo(wanted, module) {
  const [major, minor, patch] = wanted.split('.');
  const before = (number, version) => Array.from({ length: Math.min(BACK, Number(number)) }, (_, index) => version(number - index - 1));
  const older = [...before(patch, (n) => `${major}.${minor}.${n}`), ...before(minor, (n) => `${major}.${n}.0`)];
  const found = [wanted, ...older].find((version) => isThere(`${module}@${version}`));
  if (!found) throw new Error(`this machine's Go module proxy has no ${module} near ${wanted}`);
  return found;
}

/**
 * Whether the proxy has it, and the checksum database too: what cannot be verified is not used. Throws when that cannot
 * be told, or when the two do not match: neither may pass for a version that is missing.
 */
function isThere(version) {
  // Downloaded, since a proxy may list what it does not have; and outside of any module, which would bring its own wishes.
  const { status, output } = run('go', ['mod', 'download', version], { cwd: os.tmpdir(), mayFail: true });
  if (status === 0) return true;
  if (!NOT_THERE.test(output)) throw new Error(`go mod download ${version} failed:\n${output}`);
  if (output.includes('verifying ')) log(`   ${version} is not used: the checksum database does not have it`);
  return false;
}
