import { isDefined } from '../python/defined';
import { minorVersion, PythonHandler, splitHandler } from '../python/handler';
import { importsOf } from '../python/imports';
import { Found, ModulePath } from '../python/module-path';
import { functionsIn, probableModule } from '../python/near-misses';
import { Fails, STARTS, UNCLEAR, Unpacked, Verdict } from '../unpacked';

/**
 * Whether a function of Python can start.
 *
 * The runtime splits the handler at its last dot, takes slashes for dots, imports the module and gets the attribute.
 * https://github.com/aws/aws-lambda-python-runtime-interface-client/blob/main/awslambdaric/bootstrap.py
 */
export function judgePython(unpacked: Unpacked): Verdict {
  const minor = minorVersion(unpacked);
  if (minor === undefined) return UNCLEAR;
  const handler = splitHandler(unpacked.handler);
  if ('kind' in handler) return handler;
  const path = new ModulePath(unpacked, minor);
  const module = path.find(handler.module);
  if (module.kind === 'missing') return noFile(unpacked, handler, minor);
  switch (isDefined(path, module, handler.name)) {
    case 'yes': return importsOf(path, handler.module).areThere ? STARTS : UNCLEAR;
    case 'no': return noFunction(unpacked, module, handler);
    case 'value': return notCallable(unpacked, module);
    case 'unclear': return UNCLEAR;
  }
}

function noFile(unpacked: Unpacked, { module, name }: PythonHandler, minor: number): Fails {
  const file = `${module.split('.').join('/')}.py`;
  return {
    kind: 'fails',
    fault: 'file',
    allowed: 'a function in a module of the code or of a layer',
    got: `'${unpacked.handler}': there is no ${file}${probableModule(unpacked, module, { name, minor })}`,
  };
}

function noFunction(unpacked: Unpacked, module: Found, { name }: PythonHandler): Fails {
  const where = module.kind === 'source' ? module.file.path : module.kind === 'namespace' ? `the folder ${module.folders[0].path}` : '';
  const has = module.kind === 'source' ? functionsIn(module.file) : 'no function, since it has no __init__.py';
  const hint = name === 'py' ? '; the handler ends with the name of the function, not of the file' : '';
  return { kind: 'fails', fault: 'function', allowed: 'a function that its module defines', got: `'${unpacked.handler}': ${where} has ${has}${hint}` };
}

function notCallable(unpacked: Unpacked, module: Found): Fails {
  const where = module.kind === 'source' ? ` in ${module.file.path}` : '';
  return { kind: 'fails', fault: 'function', allowed: 'something that can be called', got: `'${unpacked.handler}', which is a value${where}` };
}
