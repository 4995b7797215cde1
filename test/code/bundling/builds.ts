import type * as Api from 'esbuild';
import { Esbuild } from '../../../src/code/bundling/esbuild';

/** Watches the calls of esbuild; each builds as ever. */
export function watchBuilds(): jest.Mock<Api.BuildResult, [Api.BuildOptions]> {
  const load = Esbuild.prototype.load;
  const builds = jest.fn<Api.BuildResult, [Api.BuildOptions]>();
  jest.spyOn(Esbuild.prototype, 'load').mockImplementation(function (this: Esbuild) {
    const api = load.call(this);
    if (!builds.getMockImplementation()) builds.mockImplementation((options) => api.buildSync(options));
    return { ...api, buildSync: builds } as unknown as typeof Api;
  });
  return builds;
}

/** Number of sources that are built in a synthesis. */
export function sourcesBuilt(builds: jest.Mock<Api.BuildResult, [Api.BuildOptions]>, synthesize: () => unknown): number {
  builds.mockClear();
  synthesize();
  return builds.mock.calls.flatMap(([options]) => options.entryPoints as unknown[]).length;
}
