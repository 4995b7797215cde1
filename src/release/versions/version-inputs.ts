import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LAMBDA_RECOGNIZE_LAYER_VERSION, LAMBDA_RECOGNIZE_VERSION_PROPS } from 'aws-cdk-lib/cx-api';
import { layerInputs } from './layer-inputs';
import { OwnInputs } from './own-inputs';
import { resolved } from './resolved';
import { shown, shownUnder } from './shown-value';
import { VersionInput } from './version-input';
import { NOTHING_TO_PUBLISH, recognizesLayers, recognizesProperties, Verdict, verdictOf } from './version-properties';

type Json = Readonly<Record<string, unknown>>;

/**
 * Everything that decides whether a function gets a new version, in one list: what is in the hash of the version, what is
 * in the version itself, and what one might take for either.
 *
 * The CDK hashes the JSON of the function (`aws-lambda/lib/function-hash.js`), in which the order of names counts, too.
 */
export function versionInputsOf(fn: lambda.Function): VersionInput[] {
  const { Properties: properties = {}, ...attributes } = resolved(fn);
  return [
    ...propertiesOf(fn, properties as Json),
    ...attributesOf(fn, attributes),
    ...layerInputs(fn),
    ...textsOf(fn),
    ...OwnInputs.of(fn).asInputs(),
    ...settingsOfVersion(fn),
    ...flagsOf(fn),
  ];
}

function propertiesOf(fn: lambda.Function, properties: Json): VersionInput[] {
  return Object.keys(properties).sort().filter((name) => present(properties[name]))
    .flatMap((name) => piecesOf(name, properties[name]).map((piece) => ({ ...piece, ...verdict(fn, name, piece) })));
}

/** JSON leaves out what is undefined. */
function present(value: unknown): boolean {
  return value !== undefined;
}

interface Piece {
  readonly name: string;
  readonly value: string;
}

/** A property one by one, where people think of its parts as things of their own. */
function piecesOf(name: string, value: unknown): Piece[] {
  if (name === 'Environment' && isPlain(value) && isPlain(value.Variables) && Object.keys(value).length === 1) {
    return entriesOf(name, value.Variables, shownUnder);
  }
  if (name === 'Code' && isPlain(value)) return entriesOf(name, value);
  if (name === 'Layers' && Array.isArray(value)) return value.map((layer, index) => ({ name: `${name}[${index}]`, value: shown(layer) }));
  if (name === 'Tags' && isTagList(value)) return entriesOf(name, Object.fromEntries(value.map((tag) => [tag.Key, tag.Value])));
  return [{ name, value: shown(value) }];
}

function entriesOf(name: string, value: Json, show = (_: string, entry: unknown) => shown(entry)): Piece[] {
  const keys = Object.keys(value).filter((key) => present(value[key]));
  const pieces = keys.map((key) => ({ name: `${name}.${key}`, value: show(key, value[key]) }));
  // The CDK puts names in order; where somebody else wrote them, that they are in another order is in the hash, too.
  const inOrder = isInOrder(keys);
  return inOrder && keys.length > 0 ? pieces : [...pieces, { name: `${name} (order)`, value: shown(keys) }];
}

function isInOrder(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || keys[index - 1] < key);
}

function isPlain(value: unknown): value is Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

interface Tag {
  readonly Key: string;
  readonly Value: unknown;
}

/** Tags that have a name each, as text, and stand in order: then no more need be said than what each of them is. */
function isTagList(value: unknown): value is Tag[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const usual = value.every((tag) => isPlain(tag) && typeof tag.Key === 'string' && Object.keys(tag).join() === 'Key,Value');
  return usual && isInOrder(value.map((tag) => tag.Key));
}

function verdict(fn: lambda.Function, property: string, { name }: Piece): Verdict {
  const general = verdictOf(fn, property);
  if (!general.makesVersion) return general;
  if (name === 'Code.S3Key') return { ...general, why: `${general.why}: the name of the object, which says what is in it for assets only` };
  if (name === 'Code.ImageUri') return { ...general, why: `${general.why}: the name of the image, which says what is in it for digests, and tags that are not moved` };
  if (name.endsWith(' (order)')) return { ...general, why: `the order of names is in the hash that the CDK makes; ${NOTHING_TO_PUBLISH}` };
  return general;
}

/** Without the feature flag, what the template says besides properties (`DependsOn`, `Metadata`) is in the hash as well. */
function attributesOf(fn: lambda.Function, attributes: Json): VersionInput[] {
  if (recognizesProperties(fn)) return [];
  const why = `in the hash that the CDK makes without the feature flag '${LAMBDA_RECOGNIZE_VERSION_PROPS}'; ${NOTHING_TO_PUBLISH}`;
  return Object.keys(attributes).filter((name) => present(attributes[name]))
    .flatMap((name) => name === 'Metadata' && isPlain(attributes[name]) ? entriesOf(name, attributes[name]) : [{ name, value: shown(attributes[name]) }])
    .map((piece) => ({ ...piece, makesVersion: true, why }));
}

/** What `invalidateVersionBasedOn()` was given: the CDK keeps it where only it can see it, and joins it. */
function textsOf(fn: lambda.Function): VersionInput[] {
  const { hashMixins } = fn as unknown as { readonly hashMixins?: { get?(): readonly string[] } };
  const text = hashMixins?.get?.().join('') ?? '';
  const why = `a text of the app (invalidateVersionBasedOn) that the function itself does not hold: ${NOTHING_TO_PUBLISH}; say addVersionInput() instead`;
  return text === '' ? [] : [{ name: 'InvalidateVersionBasedOn', value: shown(text), makesVersion: true, why }];
}

/** Properties of the version itself. All but one replace it, and with it the id stays the same. */
function settingsOfVersion(fn: lambda.Function): VersionInput[] {
  const { FunctionName, ...settings } = resolved(fn.currentVersion).Properties as Json;
  return Object.keys(settings).sort().filter((name) => present(settings[name])).map((name) => {
    const makesVersion = name !== 'FunctionScalingConfig';
    const why = makesVersion ? `with another value, also of what the deployment decides, CloudFormation replaces the version; ${NOTHING_TO_PUBLISH}` : 'CloudFormation sets it on the version that is there';
    return { name: `CurrentVersion.${name}`, value: shown(settings[name]), makesVersion, why };
  });
}

function flagsOf(fn: lambda.Function): VersionInput[] {
  const why = `the CDK makes another hash with it: ${NOTHING_TO_PUBLISH}; the CDK has \`FunctionVersionUpgrade\` for the day it is set`;
  const flag = (name: string, isOn: boolean) => ({ name: `FeatureFlag.${name}`, value: String(isOn), makesVersion: true, why });
  return [flag(LAMBDA_RECOGNIZE_VERSION_PROPS, recognizesProperties(fn)), flag(LAMBDA_RECOGNIZE_LAYER_VERSION, recognizesLayers(fn))];
}
