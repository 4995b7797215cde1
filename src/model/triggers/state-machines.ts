import { calledFunction } from './called';
import type { AppModel } from '../app';
import { roleNamed } from '../iam/role';
import type { Resource } from '../resource';
import { intrinsic, isObject, Json, JsonObject } from '../template';
import { valueOf } from '../value';
import { LATEST, Target } from '../wiring';

/** A state that calls a function, with the role of its state machine. */
interface StateCall extends Target {
  readonly resource: Resource;
  readonly path: string;
  readonly role: Resource;
  readonly service: string;
}

/** What is known of the states of a machine: their JSON, and what a text in it stands for. */
interface Definition {
  readonly path: string;
  readonly json: Json;
  meant(json: Json | undefined): Json | undefined;
}

/** The integrations that call a function whose name is among the parameters. */
const INVOKE = /:states:::(?:aws-sdk:)?lambda:invoke(?:\.waitForTaskToken)?$/;

/**
 * The states of state machines that call functions of the app for sure, with the role of the machine. A definition that cannot be
 * read has none.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export function stateCalls(app: AppModel): StateCall[] {
  return app.ofType('AWS::StepFunctions::StateMachine').flatMap((machine) => {
    const role = roleNamed(valueOf(machine.raw('RoleArn')), machine.stack);
    const definition = definitionOf(machine);
    if (!role || !definition) return [];
    return statesIn(definition.json, definition.path).flatMap(({ state, path }) => {
      const found = callIn(state, definition, machine);
      return found ? [{ ...found.target, resource: machine, path: `${path}/${found.at}`, role, service: 'states.amazonaws.com' }] : [];
    });
  });
}

function definitionOf(machine: Resource): Definition | undefined {
  const given = valueOf(machine.raw('DefinitionSubstitutions'));
  const names = isObject(given) && !intrinsic(given) ? given : {};
  const object = valueOf(machine.raw('Definition'));
  if (object !== undefined) return { path: 'Properties/Definition', json: object, meant: (json) => typeof json === 'string' ? joined(put(json, names)) : json };
  const pieces = piecesOf(valueOf(machine.raw('DefinitionString')), names);
  return pieces && parsed(pieces);
}

/** JSON whose parts the deployment puts together. In place of what it puts in stand numbers, which are right in texts and beside them. */
function parsed(pieces: readonly Json[]): Definition | undefined {
  const literal = pieces.filter((piece) => typeof piece === 'string').join('');
  const mark = [71, 7171, 717171].find((number) => !literal.includes(String(number)));
  if (mark === undefined || pieces.length > 9999) return undefined;
  const text = pieces.map((piece, index) => typeof piece === 'string' ? piece : `${mark}${String(index).padStart(4, '0')}`).join('');
  const restored = (json: string) => json.split(new RegExp(`${mark}(\\d{4})`)).map((part, index) => index % 2 === 1 ? pieces[Number(part)] : part);
  try {
    const json = JSON.parse(text) as Json;
    return { path: 'Properties/DefinitionString', json, meant: (part) => typeof part === 'string' ? joined(restored(part)) : part };
  } catch {
    return undefined;
  }
}

/** A text in pieces: literal ones, and what the deployment puts in. */
function piecesOf(json: Json | undefined, names: JsonObject = {}): readonly Json[] | undefined {
  if (typeof json === 'string') return put(json, names);
  const call = intrinsic(json);
  if (!call) return undefined;
  const { name, argument } = call;
  if (name === 'Fn::Join' && Array.isArray(argument) && typeof argument[0] === 'string' && Array.isArray(argument[1])) {
    const [separator, parts] = argument as [string, Json[]];
    return parts.flatMap((part, index) => [...index > 0 && separator ? [separator] : [], ...piecesOf(part, names) ?? [part]]);
  }
  if (name !== 'Fn::Sub') return [json!];
  const [template, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  return typeof template === 'string' ? put(template, isObject(variables) ? variables : {}, true) : undefined;
}

/** A text with what its names in `${}` stand for: those that are given, or, in `Fn::Sub`, resources and their attributes, too. */
function put(text: string, names: JsonObject, isSub = false): Json[] {
  return text.split(/\$\{([^}]*)\}/).map((piece, index): Json => {
    if (index % 2 === 0) return piece;
    if (Object.hasOwn(names, piece)) return names[piece]!;
    if (!isSub || piece.startsWith('!')) return `\${${piece.replace(/^!/, '')}}`;
    return piece.includes('.') ? { 'Fn::GetAtt': piece } : { Ref: piece };
  }).filter((piece) => piece !== '');
}

function joined(pieces: readonly Json[]): Json {
  const parts = pieces.filter((piece) => piece !== '');
  if (parts.every((piece) => typeof piece === 'string')) return parts.join('');
  return parts.length === 1 ? parts[0] : { 'Fn::Join': ['', [...parts]] };
}

/** All states, those of branches and loops included. */
function statesIn(json: Json | undefined, path: string): { readonly state: JsonObject; readonly path: string }[] {
  if (!isObject(json) || !isObject(json.States) || intrinsic(json.States)) return [];
  return Object.entries(json.States).flatMap(([name, state]) => {
    if (!isObject(state) || intrinsic(state)) return [];
    const at = `${path}/States/${name}`;
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    return [
      { state, path: at },
      ...branches.flatMap((branch, index) => statesIn(branch, `${at}/Branches/${index}`)),
      ...['Iterator', 'ItemProcessor'].flatMap((member) => statesIn(state[member], `${at}/${member}`)),
    ];
  });
}

/** The function that a state calls, and where it stands in it. A state with credentials calls with another role. */
function callIn(state: JsonObject, { meant }: Definition, { stack }: Resource): { readonly target: Target; readonly at: string } | undefined {
  if (state.Type !== 'Task' || state.Credentials !== undefined) return undefined;
  const resource = meant(state.Resource);
  if (!INVOKE.test(tailOf(resource))) return atPlace(calledFunction(resource, stack), 'Resource');
  const member = state.Arguments === undefined ? 'Parameters' : 'Arguments';
  const parameters = state[member];
  if (!isObject(parameters) || intrinsic(parameters)) return undefined;
  const target = calledFunction(meant(parameters.FunctionName), stack);
  return atPlace(target && qualifiedBy(parameters, target), `${member}/FunctionName`);
}

function atPlace(target: Target | undefined, at: string) {
  return target && { target, at };
}

/** Of what the function name leaves open, a literal qualifier beside it decides; any other only the execution knows. */
function qualifiedBy(parameters: JsonObject, target: Target): Target | undefined {
  const { Qualifier: qualifier } = parameters;
  if (qualifier === undefined && parameters['Qualifier.$'] === undefined) return target;
  if (typeof qualifier !== 'string' || !/^[a-zA-Z][\w-]*$/.test(qualifier) || target.qualifier !== LATEST) return undefined;
  return { ...target, qualifier };
}

function tailOf(json: Json | undefined): string {
  const last = piecesOf(json)?.at(-1);
  return typeof last === 'string' ? last : '';
}
