import { FIRST_MINOR, isBuiltIn } from './library';
import { Fails, Unpacked } from '../unpacked';

/** A handler, taken apart. */
export interface PythonHandler {
  /** With dots, as Python imports it. */
  readonly module: string;

  readonly name: string;
}

/** The x of Python 3.x; `undefined` for versions that start in another way. */
export function minorVersion({ runtime }: Unpacked): number | undefined {
  const minor = Number(/^python3\.(\d+)$/.exec(runtime)?.[1] ?? 0);
  return minor >= FIRST_MINOR ? minor : undefined;
}

/** The parts of a handler, or what is wrong with it. */
export function splitHandler(handler: string): PythonHandler | Fails {
  const dot = handler.lastIndexOf('.');
  const [module, name] = [handler.slice(0, Math.max(0, dot)), handler.slice(dot + 1)];
  const names = module.split('/').join('.').split('.');
  if (dot < 0 || name === '' || names.includes('')) {
    return { kind: 'fails', fault: 'form', allowed: "a module and a function with a dot between, such as 'index.handler'", got: `'${handler}'` };
  }
  const [first] = module.split('.');
  if (isBuiltIn(first)) {
    return { kind: 'fails', fault: 'form', allowed: 'in a module whose name is not that of one which is built into Python', got: `'${handler}'` };
  }
  return { module: names.join('.'), name };
}
