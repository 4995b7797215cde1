import * as fs from 'fs';
import * as path from 'path';
import { IConstruct } from 'constructs';
import type * as Api from 'esbuild';
import { mistake } from '../../support/errors';

/** The esbuild that a project has installed. It is loaded when something is built, and not before. */
export class Esbuild {
  /** The first that is found from one of the folders, as Node.js finds packages. */
  public static find(folders: readonly string[]): Esbuild | undefined {
    try {
      return new Esbuild(path.dirname(require.resolve('esbuild/package.json', { paths: [...folders] })));
    } catch {
      return undefined;
    }
  }

  public readonly version: string;

  private constructor(public readonly folder: string) {
    this.version = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  }

  public load(): typeof Api {
    return require(this.folder); // eslint-disable-line @typescript-eslint/no-require-imports -- chosen by the project
  }
}

/** The esbuild for a source: that of its project, of the app, or the one beside this library. */
export function esbuildFor(scope: IConstruct, entry: string, projectRoot: string): Esbuild {
  const folders = [projectRoot, path.dirname(entry), path.resolve(), __dirname];
  return Esbuild.find(folders) ?? esbuildMissing(scope, projectRoot);
}

export function esbuildMissing(scope: IConstruct, projectRoot: string): never {
  throw mistake(scope, {
    code: 'EsbuildMissing',
    property: 'entry',
    allowed: 'bundled by esbuild, which must be installed in the project',
    got: `no package esbuild in or above ${projectRoot}`,
    fix: "run 'npm install --save-dev esbuild', or let the CDK bundle in Docker with 'bundling: { forceDockerBundling: true }'",
  });
}
