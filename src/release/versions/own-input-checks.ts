import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { resolved } from './resolved';
import { parametersIn } from './version-description';
import { DESCRIPTION_LENGTH } from '../../limits/versions';
import { LambdaConstructError, mistake } from '../../support/errors';

/** What the inputs begin with in the description of the function. */
export const OPENING = '[inputs ';

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;

type Entries = readonly (readonly [name: string, value: string])[];

/** Refuses what can be refused before the deployment decides anything. */
export function checkOwnInput(scope: IConstruct, name: string, value: string, before: string | undefined): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw mistake(scope, {
      code: 'VersionInputNameMalformed',
      property: 'versionInputs',
      allowed: 'named by 1 to 64 letters, digits, hyphens, underscores and periods',
      got: name,
      fix: "choose a name such as 'release'; the value may be anything",
    });
  }
  if (typeof value !== 'string') {
    throw mistake(scope, { code: 'VersionInputNoText', property: `versionInputs.${name}`, allowed: 'a text', got: value, fix: 'write it as one' });
  }
  if (before === undefined || before === value) return;
  throw mistake(scope, {
    code: 'VersionInputGivenTwice',
    property: `versionInputs.${name}`,
    allowed: `given once (it is ${JSON.stringify(before)} already)`,
    got: value,
    fix: 'choose another name for one of them',
  });
}

/** Refuses what is known when everything is wired. Returns messages, as the CDK asks for. */
export function checkOwnInputsAtSynth(fn: lambda.Function, entries: Entries): string[] {
  const found = [...entries.map(([name, value]) => secretIn(fn, name, value)), ...lengthsOf(fn), overwritten(fn)];
  return found.filter((one) => one !== undefined).map(({ message }) => message);
}

/** Descriptions can be read by everyone who may list functions, and a secret is not looked up again when it changes. */
function secretIn(fn: lambda.Function, name: string, value: string): LambdaConstructError | undefined {
  const isSecret = parametersIn(value).some(({ noEcho }) => noEcho) || JSON.stringify(Stack.of(fn).resolve(value)).includes('{{resolve:');
  if (!isSecret) return undefined;
  return mistake(fn, {
    code: 'VersionInputIsSecret',
    property: `versionInputs.${name}`,
    allowed: 'no secret, no parameter with NoEcho and no dynamic reference, which stands in the description of the function for everyone to read',
    got: 'one',
    fix: 'name what changes together with it: a number of its version, or a parameter of Systems Manager (StringParameter.valueForStringParameter)',
  });
}

function lengthsOf(fn: lambda.Function): (LambdaConstructError | undefined)[] {
  const { description } = fn.node.defaultChild as lambda.CfnFunction;
  const { description: ofVersion } = fn.currentVersion.node.defaultChild as lambda.CfnVersion;
  return [['function', description], ['version', ofVersion]].map(([what, text]) => {
    const length = knownLength(Stack.of(fn).resolve(text));
    if (length <= DESCRIPTION_LENGTH.max) return undefined;
    return mistake(fn, {
      code: 'VersionInputsTooLong',
      property: 'versionInputs',
      allowed: `short enough for the description of the ${what}, which has at most ${DESCRIPTION_LENGTH.max} ${DESCRIPTION_LENGTH.unit} with them`,
      got: `${length} ${DESCRIPTION_LENGTH.unit}`,
      fix: "shorten the 'description'",
    });
  });
}

/** Inputs that do not reach the template would never publish anything. */
function overwritten(fn: lambda.Function): LambdaConstructError | undefined {
  const { Description } = resolved(fn).Properties as { readonly Description?: unknown };
  if (JSON.stringify(Description ?? '').includes(OPENING)) return undefined;
  return mistake(fn, {
    code: 'VersionInputsOverwritten',
    property: 'description',
    allowed: 'left as it is by escape hatches, since the inputs of the version stand in it',
    got: Description,
    fix: "give it as the prop 'description', or set it before the first input",
  });
}

/** How long a text is at least, whatever the deployment puts into it. */
function knownLength(json: unknown): number {
  if (typeof json === 'string') return json.length;
  const { 'Fn::Join': join } = (json ?? {}) as { 'Fn::Join'?: [string, unknown[]] };
  return join && Array.isArray(join[1]) ? join[1].filter((part) => typeof part === 'string').join(join[0]).length : 0;
}
