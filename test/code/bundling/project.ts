import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsEventFunction, NodejsEventFunctionProps } from '../../../src';
import { tempFolder, Tree, write } from '../../fixtures/temp-folder';

/** Files of a package as text, by name. */
export type Files = Record<string, string>;

/** What a synthesis made of one function: the hash of its asset, and the files in it. */
export interface Made {
  readonly hash: string;
  readonly files: Files;
}

/** A project in a folder of its own, as a user has it: sources, a lock file, a folder for packages. */
export class Project {
  public readonly root: string;

  constructor(files: Tree = {}) {
    this.root = tempFolder({ 'package-lock.json': '{}', 'package.json': '{ "name": "shop" }', 'node_modules': {}, ...files });
  }

  public write(files: Tree): void {
    write(this.root, files);
  }

  public remove(file: string): void {
    fs.rmSync(path.join(this.root, file), { recursive: true });
  }

  public file(name: string): string {
    return path.join(this.root, name);
  }

  public get lockFile(): string {
    return this.file('package-lock.json');
  }

  public get cache(): string {
    return this.file('node_modules/.cache/cdk-event-functions/bundles');
  }

  /** An app that synthesizes into the project. */
  public app(context: Record<string, unknown> = {}): App {
    return new App({ outdir: this.file('cdk.out'), context: { 'cdk-event-functions:rules': false, ...context } });
  }

  /** A function of the project. */
  public fn(stack: Stack, id: string, entry: string, props: NodejsEventFunctionProps = {}): NodejsEventFunction {
    const { root, lockFile } = this;
    return new NodejsEventFunction(stack, id, {
      runtime: lambda.Runtime.NODEJS_22_X, projectRoot: root, depsLockFilePath: lockFile, entry: this.file(entry), ...props,
    });
  }

  /** Synthesizes an app with one function per entry; what it made of each. */
  public synth(entries: readonly string[], props: NodejsEventFunctionProps = {}, context: Record<string, unknown> = {}): Made[] {
    const app = this.app(context);
    const stack = new Stack(app, 'Shop');
    const functions = entries.map((entry, index) => this.fn(stack, `Function${index}`, entry, props));
    app.synth();
    return functions.map((fn) => made(fn.function));
  }

  /** The same of one function. */
  public bundle(entry: string, props: NodejsEventFunctionProps = {}, context: Record<string, unknown> = {}): Made {
    return this.synth([entry], props, context)[0];
  }
}

/** What was published as the code of a function in a synthesized app. */
export function made(fn: lambda.Function): Made {
  const { outdir } = fn.node.root as App;
  const { s3Key } = Stack.of(fn).resolve((fn.node.defaultChild as lambda.CfnFunction).code);
  const hash = s3Key.replace(/\.zip$/, '');
  return { hash, files: filesIn(path.join(outdir, `asset.${hash}`)) };
}

export function filesIn(folder: string): Files {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(names.sort().map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}

/** Waits until the clock of files has moved on: what is written now is older than what is built next. */
export function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}
