/**
 * What Python itself has: `sys.stdlib_module_names` of CPython 3.10.13, 3.11.7, 3.12.1 and 3.13.0, and for the versions
 * without one the lists of stdlib-list 0.12.0 (3.8, 3.9, 3.14) and stdlibs 2026.9.3 (3.14, 3.15). Without names that
 * begin with `_`.
 *
 * @see https://docs.python.org/3/library/sys.html#sys.stdlib_module_names
 */
const ALWAYS = words(`
  abc antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile calendar cmath cmd
  code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg csv
  ctypes curses dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip enum errno faulthandler
  fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob grp gzip hashlib
  heapq hmac html http idlelib imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging
  lzma mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nt ntpath nturl2path numbers opcode
  operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib posix posixpath pprint
  profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource
  rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3
  sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess symtable sys
  sysconfig syslog tabnanny tarfile tempfile termios test textwrap this threading time timeit tkinter token tokenize trace
  traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uuid venv warnings wave weakref
  webbrowser winreg winsound wsgiref xml xmlrpc xx xxlimited xxsubtype zipapp zipfile zipimport zlib`);

/** The first 3.x that has it. */
const ADDED = new Map([
  ['graphlib', 9], ['zoneinfo', 9], ['tomllib', 11], ['annotationlib', 14], ['compression', 14], ['profiling', 15],
]);

/** The first 3.x that does not have it any more. `distutils` is not here: setuptools brings one. */
const REMOVED = new Map([
  ...each(9, 'dummy_threading'),
  ...each(10, 'formatter parser symbol'),
  ...each(11, 'binhex'),
  ...each(12, 'asynchat asyncore imp smtpd'),
  ...each(13, `aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd sunau
    telnetlib uu xdrlib`),
]);

/** Modules that are part of the interpreter: none of that name is ever looked for in a file. */
const BUILT_IN = words('atexit builtins errno gc itertools marshal posix sys time');

/**
 * What is in Lambda's runtimes besides, or was at some time, or may come with pip.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html
 */
const RUNTIME = words(`
  boto3 botocore s3transfer jmespath dateutil six urllib3 docutils simplejson snapshot_restore_py awslambdaric runtime_client
  bootstrap lambda_runtime_client lambda_runtime_exception lambda_runtime_marshaller pip setuptools wheel pkg_resources
  distutils awscrt`);

/** What the runtime has loaded before it looks for the handler. */
const LOADED = words('awslambdaric runtime_client simplejson snapshot_restore_py __main__');

/** Versions that the lists are known for. */
export const FIRST_MINOR = 8;
const LAST_MINOR = 15;

/** Whether Python 3.x may have a module of this name without a package; also where nobody knows. */
export function mayBeStandard(name: string, minor: number): boolean {
  if (name.startsWith('_') || minor > LAST_MINOR) return true;
  const [added, removed] = [ADDED.get(name), REMOVED.get(name)];
  return ALWAYS.has(name) || added !== undefined && minor >= added || removed !== undefined && minor < removed;
}

/** Whether Lambda's runtime may have it. */
export function mayBeInRuntime(name: string): boolean {
  return RUNTIME.has(name);
}

/** Whether a module of this name may be loaded already, so that no file of that name is looked at. */
export function mayBeLoaded(name: string, minor: number): boolean {
  return LOADED.has(name) || !name.startsWith('_') && mayBeStandard(name, minor);
}

export function isBuiltIn(name: string): boolean {
  return BUILT_IN.has(name);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

function each(minor: number, names: string): [string, number][] {
  return [...words(names)].map((name) => [name, minor]);
}
