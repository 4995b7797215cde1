import type { AppModel } from './app';

/** Something worked out from a whole app, once, however many rules ask for it. */
export function oncePerApp<T>(build: (app: AppModel) => T): (app: AppModel) => T {
  const built = new WeakMap<AppModel, T>();
  return (app) => {
    if (!built.has(app)) built.set(app, build(app));
    return built.get(app)!;
  };
}
