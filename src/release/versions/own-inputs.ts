import { Lazy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { checkOwnInput, checkOwnInputsAtSynth, OPENING } from './own-input-checks';
import { sha256, shownUnder } from './shown-value';
import { isDecidedAtDeployment, noteOnVersion } from './version-description';
import { VersionInput } from './version-input';

const ALL = new WeakMap<lambda.Function, OwnInputs>();

/**
 * What the app says that a version depends on, besides code and configuration. Of one function there is one list, however
 * many aliases are wrapped around it.
 *
 * Lambda publishes a function that has changed, and no other. So a hash of the list is written behind the description of
 * the function: the least that changes it, and that no code sees. What the deployment decides is written there as it is,
 * unless the function holds it anyway, and in the description of the version, which replaces the version when it changes.
 */
export class OwnInputs {
  public static of(fn: lambda.Function): OwnInputs {
    const found = ALL.get(fn) ?? new OwnInputs(fn);
    ALL.set(fn, found);
    return found;
  }

  private readonly values = new Map<string, string>();

  private constructor(private readonly fn: lambda.Function) {}

  public add(scope: IConstruct, name: string, value: string): void {
    checkOwnInput(scope, name, value, this.values.get(name));
    if (this.values.size === 0) this.install();
    this.values.set(name, value);
  }

  public asInputs(): VersionInput[] {
    return this.sorted().map(([name, value]) => ({
      name: `VersionInputs.${name}`,
      value: shownUnder(name, this.resolve(value)),
      makesVersion: true,
      why: isDecidedAtDeployment(this.fn, value)
        ? 'an input of the app, in the description of the version: CloudFormation replaces the version when the deployment gives another value'
        : 'an input of the app: a hash of it is in the description of the function',
    }));
  }

  private install(): void {
    const { fn } = this;
    const resource = fn.node.defaultChild as lambda.CfnFunction;
    const { description } = resource;
    resource.description = Lazy.uncachedString({
      produce: () => `${description === undefined ? '' : `${description} `}${OPENING}${[this.digest(), ...this.notHeld()].join(' ')}]`,
    });
    noteOnVersion(fn, () => this.decidedAtDeployment().map(asNote));
    fn.node.addValidation({ validate: () => checkOwnInputsAtSynth(fn, this.sorted()) });
  }

  private digest(): string {
    return sha256(JSON.stringify(this.sorted().map(([name, value]) => [name, this.resolve(value)]))).slice(0, 12);
  }

  private sorted(): Entry[] {
    return [...this.values].sort(([one], [other]) => one < other ? -1 : 1);
  }

  private decidedAtDeployment(): Entry[] {
    return this.sorted().filter(([, value]) => isDecidedAtDeployment(this.fn, value));
  }

  /** What a new value of which would leave the function as it is. */
  private notHeld(): string[] {
    const { code, environment } = this.fn.node.defaultChild as lambda.CfnFunction;
    const held = this.resolve([code, environment]);
    return this.decidedAtDeployment().filter(([, value]) => !holds(held, JSON.stringify(this.resolve(value)))).map(asNote);
  }

  private resolve(value: unknown): unknown {
    return Stack.of(this.fn).resolve(value);
  }
}

type Entry = readonly [name: string, value: string];

function asNote([name, value]: Entry): string {
  return `${name}=${value}`;
}

/** Whether a value has a part that it changes with: not what is cut from it, or chosen by it. */
function holds(json: unknown, part: string): boolean {
  if (JSON.stringify(json) === part) return true;
  if (typeof json !== 'object' || json === null) return false;
  return Object.entries(json).some(([key, value]) => (!key.startsWith('Fn::') || key === 'Fn::Join') && holds(value, part));
}
