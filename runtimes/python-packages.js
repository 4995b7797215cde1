'use strict';

/**
 * Packages of Python functions, good and bad: what is said of them at synth, which test/contents/handlers/python.test.ts holds, and
 * which runtimes/python.js compares with what AWS's runtime interface client does.
 *
 * `verdict` is `starts`, a fault (`form`, `file`, `function`), or `unclear` with the reason in `why`. `outcome` is what the client
 * comes to: `next`, its question for an event, or `error`. `error` is what it reports, where that is not the usual of the fault.
 */

const HANDLER = 'def handler(event, context):\n    return event\n';

/** `minor` is the x of the Python 3.x that the packages are for. */
const packagesFor = (minor) => [
  // --- the form of the handler
  fails('form', 'no dot', 'index', { 'index.py': HANDLER }, { error: 'Runtime.MalformedHandlerName' }),
  fails('form', 'nothing after the dot', 'index.', { 'index.py': HANDLER }, { error: 'Runtime.HandlerNotFound' }),
  fails('form', 'nothing before the dot', '.handler', { 'index.py': HANDLER }, { error: 'ValueError' }),
  fails('form', 'a path from here', './index.handler', { 'index.py': HANDLER }, { error: 'TypeError' }),
  fails('form', 'a path from the root', '/index.handler', { 'index.py': HANDLER }, { error: 'TypeError' }),
  fails('form', 'two dots', 'src..index.handler', { 'src/index.py': HANDLER }),
  fails('form', 'two slashes', 'src//index.handler', { 'src/index.py': HANDLER }),
  fails('form', 'a module that is built into Python', 'time.handler', { 'time.py': HANDLER }, { error: 'Runtime.BuiltInModuleConflict' }),
  fails('form', 'a package that is built into Python', 'sys.index.handler', { 'sys/index.py': HANDLER }, { error: 'Runtime.BuiltInModuleConflict' }),

  // --- where the module is
  starts('a module', 'index.handler', { 'index.py': HANDLER }),
  starts('a module in a package, with dots', 'src.index.handler', { 'src/__init__.py': '', 'src/index.py': HANDLER }),
  starts('a module in a package, with slashes', 'src/index.handler', { 'src/__init__.py': '', 'src/index.py': HANDLER }),
  starts('slashes and dots', 'src/orders.index.handler', { 'src/orders/index.py': HANDLER }),
  starts('a folder without __init__.py', 'src.index.handler', { 'src/index.py': HANDLER }),
  starts('a name with a hyphen', 'my-index.handler', { 'my-index.py': HANDLER }),
  starts('a folder with a hyphen', 'my-service/index.handler', { 'my-service/index.py': HANDLER }),
  starts('the __init__.py of a package', 'src.handler', { 'src/__init__.py': HANDLER }),
  starts('a package before a module of its name', 'index.handler', { 'index/__init__.py': HANDLER, 'index.py': 'other = 1' }),
  starts('a module before a folder of its name', 'index.handler', { 'index/data.py': '', 'index.py': HANDLER }),
  starts('in a layer', 'common.handler', { 'index.py': '' }, { layers: { 'python/common.py': HANDLER } }),
  starts('in the site-packages of a layer', 'common.handler', { 'index.py': '' }, { layers: { [`python/lib/python3.${minor}/site-packages/common.py`]: HANDLER } }),
  starts('in the code before a layer', 'index.handler', { 'index.py': HANDLER }, { layers: { 'python/index.py': 'other = 1' } }),
  starts('in site-packages before the folder python', 'common.handler', { 'index.py': '' },
    { layers: { [`python/lib/python3.${minor}/site-packages/common.py`]: HANDLER, 'python/common.py': 'other = 1' } }),
  starts('a package of a layer before a folder of the code', 'src.index.handler', { 'src/data.py': '' }, { layers: { 'python/src/__init__.py': '', 'python/src/index.py': HANDLER } }),
  starts('folders of one name in code and layer', 'src.index.handler', { 'src/data.py': '' }, { layers: { 'python/src/index.py': HANDLER } }),
  fails('file', 'no such module', 'app.handler', { 'index.py': HANDLER }),
  fails('file', 'another case', 'Index.handler', { 'index.py': HANDLER }),
  fails('file', 'one folder too deep', 'index.handler', { 'src/index.py': HANDLER }),
  fails('file', 'a hyphen instead of an underscore', 'my_index.handler', { 'my-index.py': HANDLER }),
  fails('file', 'the name of the file', 'index.py.handler', { 'index.py': HANDLER }),
  fails('file', 'another folder', 'lib.index.handler', { 'src/index.py': HANDLER }),
  fails('file', 'a module that is no package', 'index.api.handler', { 'index.py': HANDLER }),
  fails('file', 'not in the package', 'src.api.handler', { 'src/__init__.py': '', 'src/index.py': HANDLER }),
  fails('file', 'no Python', 'index.handler', { 'index.js': 'exports.handler = 1' }),
  fails('file', 'in a layer, but not below python', 'common.handler', { 'index.py': '' }, { layers: { 'common.py': HANDLER } }),
  fails('file', 'in the site-packages of another Python', 'common.handler', { 'index.py': '' }, { layers: { 'python/lib/python3.7/site-packages/common.py': HANDLER } }),
  fails('file', 'hidden by a package of the code', 'src.index.handler', { 'src/__init__.py': '' }, { layers: { 'python/src/index.py': HANDLER } }),
  fails('file', 'compiled for the cache only', 'index.handler', { '__pycache__/index.cpython-311.pyc': '' }),

  // --- whether the module has the function
  starts('async', 'index.handler', { 'index.py': `async ${HANDLER}` }),
  starts('decorated', 'index.handler', { 'index.py': `import functools\n@functools.lru_cache(maxsize=None)\n${HANDLER}` }),
  starts('a class', 'index.Handler', { 'index.py': 'class Handler:\n    def __init__(self, event, context): pass\n' }),
  starts('a lambda', 'index.handler', { 'index.py': 'handler = lambda event, context: event' }),
  starts('made by a call', 'index.handler', { 'index.py': 'import functools\ndef _run(more, event, context):\n    return event\nhandler = functools.partial(_run, 1)\n' }),
  starts('one of several targets', 'index.handler', { 'index.py': 'def _run(event, context):\n    return event\nhandler, (other, *rest) = _run, (1, 2, 3)\n' }),
  starts('another name for a function', 'index.handler', { 'index.py': 'def run(event, context):\n    return event\nmain = handler = run\n' }),
  starts('with a type', 'index.handler', { 'index.py': 'from typing import Any\ndef run(event, context):\n    return event\nhandler: Any = run\n' }),
  starts('a value first, then a function', 'index.handler', { 'index.py': `handler = None\n${HANDLER}` }),
  starts('in both branches', 'index.handler', { 'index.py': 'import os\nif os.environ.get("STAGE"):\n    def handler(event, context): return 1\nelse:\n    def handler(event, context): return event\n' }),
  starts('taken from a module', 'index.handler', { 'index.py': 'from orders import handler\n', 'orders.py': HANDLER }),
  starts('taken from a module under another name', 'index.handler', { 'index.py': 'from orders import (\n    run as handler,  # the one\n)\n', 'orders.py': 'def run(event, context):\n    return event\n' }),
  starts('taken from a module of the package', 'src.index.handler', { 'src/index.py': 'from .orders import handler\n', 'src/orders.py': HANDLER }),
  starts('taken from a package above', 'src.api.index.handler', { 'src/api/index.py': 'from ..orders import handler\n', 'src/orders.py': HANDLER }),
  starts('taken from the package itself', 'src.index.handler', { 'src/__init__.py': HANDLER, 'src/index.py': 'from . import handler\n' }),
  starts('taken with all others', 'index.handler', { 'index.py': 'from orders import *\n', 'orders.py': HANDLER }),
  starts('taken from a layer', 'index.handler', { 'index.py': 'from common import handler\n' }, { layers: { 'python/common.py': HANDLER } }),
  starts('beside matches, walruses, f-strings and yields', 'index.handler', { 'index.py': MODERN }),
  fails('function', 'another name', 'index.handler', { 'index.py': 'def lambda_handler(event, context):\n    return event\n' }),
  fails('function', 'another case', 'index.Handler', { 'index.py': HANDLER }),
  fails('function', 'the name of the file', 'index.py', { 'index.py': HANDLER }),
  fails('function', 'nothing in it', 'index.handler', { 'index.py': '' }),
  fails('function', 'commented out', 'index.handler', { 'index.py': '# def handler(event, context): pass\n"""\ndef handler(event, context): pass\n"""\n' }),
  fails('function', 'in a class', 'index.handler', { 'index.py': 'class Orders:\n    def handler(self, event, context): pass\n' }),
  fails('function', 'in a function', 'index.handler', { 'index.py': 'def make():\n    def handler(event, context): pass\n    return handler\n' }),
  fails('function', 'a parameter of a function', 'index.handler', { 'index.py': 'def run(handler, *, other=None):\n    return handler\n' }),
  fails('function', 'only a type', 'index.handler', { 'index.py': 'handler: object\n' }),
  fails('function', 'taken away again', 'index.handler', { 'index.py': `${HANDLER}del handler\n` }),
  fails('function', 'imported under another name', 'index.handler', { 'index.py': 'from orders import handler as run\n', 'orders.py': HANDLER }),
  fails('function', 'not in the module that it is taken from', 'index.handler', { 'index.py': 'from orders import handler\n', 'orders.py': 'def run(event, context): pass\n' }, { error: 'Runtime.ImportModuleError' }),
  fails('function', 'not among all that is taken', 'index.handler', { 'index.py': 'from orders import *\n', 'orders.py': 'def run(event, context): pass\n' }),
  fails('function', 'a module instead of a function', 'src.index', { 'src/index.py': HANDLER }),
  fails('function', 'a module of a package instead of a function', 'src.index', { 'src/__init__.py': '', 'src/index.py': HANDLER }),
  fails('function', 'an attribute of something', 'index.handler', { 'index.py': 'class Orders: pass\nOrders.other = 1\nself = Orders()\nself.handler = 1\n' }),
  fails('function', 'an element of something', 'index.handler', { 'index.py': 'table = {}\ntable["handler"] = lambda event, context: event\n' }),
  fails('function', 'a number', 'index.handler', { 'index.py': 'handler = 1\n' }, { isValue: true }),
  fails('function', 'a text', 'index.handler', { 'index.py': 'handler = "index.run"\ndef run(event, context): pass\n' }, { isValue: true }),
  fails('function', 'a table', 'index.handler', { 'index.py': 'handler = {"get": 1}\n' }, { isValue: true }),

  // --- what nobody can tell from the files
  unclear('next', 'names are made by text', 'index.handler', { 'index.py': 'globals()["handler"] = lambda event, context: event\n' }),
  unclear('next', 'code is made by text', 'index.handler', { 'index.py': 'exec("def handler(event, context): return event")\n' }),
  unclear('next', 'the module answers for its names', 'index.handler', { 'index.py': 'def __getattr__(name):\n    return lambda event, context: event\n' }),
  unclear('next', 'the module is exchanged', 'index.handler', { 'index.py': 'import sys, types\nsys.modules[__name__] = types.SimpleNamespace(handler=lambda event, context: event)\n' }),
  unclear('next', 'an attribute is set by text', 'index.handler', { 'index.py': 'import index\nsetattr(index, "handler", print)\n' }),
  unclear('next', 'a function makes it', 'index.handler', { 'index.py': 'def make():\n    global handler\n    handler = lambda event, context: event\nmake()\n' }),
  unclear('next', 'only if', 'index.handler', { 'index.py': 'if 1 < 2:\n    def handler(event, context): return event\n' }),
  unclear('error', 'only if, and it is not', 'index.handler', { 'index.py': 'if 1 > 2:\n    def handler(event, context): return event\n' }),
  unclear('next', 'it is tried', 'index.handler', { 'index.py': 'try:\n    from orders import handler\nexcept ImportError:\n    def handler(event, context): return event\n' }),
  unclear('next', 'a loop makes it', 'index.handler', { 'index.py': 'for handler in [lambda event, context: event]: pass\n' }),
  unclear('next', 'all names of a standard module', 'json_names.loads', { 'json_names.py': 'from json import *\n' }),
  unclear('next', 'a function of a standard module', 'json.loads', { 'index.py': HANDLER }),
  unclear('error', 'a standard module hides the one of the code', 'json.handler', { 'json.py': HANDLER }),
  unclear('next', 'a .pth file adds folders', 'index.handler', { 'more.pth': 'src\n', 'src/index.py': HANDLER }),
  unclear('error', 'a .pth file that adds nothing of use', 'app.handler', { 'more.pth': 'src\n', 'src/index.py': HANDLER }),
  unclear('error', 'it does not compile', 'index.handler', { 'index.py': 'def handler(event, context)\n    return event\n' }),
  unclear('error', 'Python 2', 'index.handler', { 'index.py': `print "hello"\n${HANDLER}` }),
  unclear('error', 'it raises an error', 'index.handler', { 'index.py': `${HANDLER}raise RuntimeError("no")\n` }),
  unclear('error', 'a package is missing (python-imports-are-packaged says so)', 'index.handler', { 'index.py': `import no_such_package\n${HANDLER}` }),
  unclear('error', 'a module of the code misses a package', 'index.handler', { 'index.py': `from orders import api\n${HANDLER}`, 'orders/api.py': 'from no_such_package import x\n' }),
  unclear('error', 'a relative import without a package', 'index.handler', { 'index.py': `from .orders import api\n${HANDLER}`, 'orders.py': 'api = 1\n' }),
  unclear('next', 'the environment says where modules are', 'common.handler', { 'index.py': '' }, { layers: { 'lib/common.py': HANDLER }, environment: { PYTHONPATH: '/opt/lib' } }),
  unclear('error', 'the environment says where modules are, and not in the folder python', 'common.handler', { 'index.py': '' }, { layers: { 'python/common.py': HANDLER }, environment: { PYTHONPATH: '/opt/lib' } }),
  unclear('next', 'a submodule that something imports', 'src.index', { 'src/__init__.py': 'from . import index\n', 'src/index.py': HANDLER }),
];

const MODERN = `
import json, re as regular
from dataclasses import dataclass, field

@dataclass
class Order:
    name: str
    lines: list[int] = field(default_factory=list)

def lines(order):
    with open("/dev/null") as one, open("/dev/null") as two:
        sent = yield
        yield from (line for line in order.lines if (n := line) > 1)

def handler(event, context, /, *, more=None, **rest) -> dict:
    match event:
        case {"name": name, **others} if name:
            return f"{name!r:>{10}} {others}"
        case [first, *_]:
            return first
        case _:
            return event
    total = sum(x for x in [1, 2]); del total
`;

function row(verdict, outcome, title, { handler, files, ...more }) {
  return { verdict, outcome, title, handler, files, environment: {}, ...more, layers: more.layers ? [more.layers] : [] };
}

function starts(title, handler, files, more) {
  return row('starts', 'next', title, { handler, files, ...more });
}

function fails(fault, title, handler, files, more) {
  return row(fault, more?.isValue ? 'next' : 'error', `${fault}: ${title}`, { handler, files, ...more });
}

function unclear(outcome, why, handler, files, more) {
  return row('unclear', outcome, `unclear: ${why}`, { handler, files, why, ...more });
}

module.exports = { packagesFor };
