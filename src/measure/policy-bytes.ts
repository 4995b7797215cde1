/** How long something will be once it is deployed. */
export interface Bytes {
  /** No shorter than this, whatever the deployment puts in. */
  readonly least: number;

  /** About this, with names as CloudFormation generates them. */
  readonly likely: number;
}

/** What is known of the stack that a policy is deployed with. */
export interface Surroundings {
  readonly region?: string;
  readonly account?: string;
  readonly stackName?: string;

  /** Length of a resource's attribute, or of its `Ref`, for who knows the resources of the template. */
  readonly attributeBytes?: (logicalId: string, attribute: string) => Bytes | undefined;
}

/**
 * Length of a policy as IAM and Lambda count it: JSON without white space, in bytes, with what the deployment puts in.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export function policyBytes(json: unknown, around: Surroundings): Bytes {
  if (json === null || typeof json !== 'object') return exactly(Buffer.byteLength(JSON.stringify(json) ?? ''));
  if (Array.isArray(json)) return enclosed(json.filter((item) => !isNoValue(item)).map((item) => policyBytes(item, around)));
  const call = intrinsic(json);
  if (call) return plus(exactly(2), callBytes(call, around, true));
  const members = Object.entries(json).filter(([, value]) => value !== undefined && !isNoValue(value));
  return enclosed(members.map(([key, value]) => plus(exactly(Buffer.byteLength(JSON.stringify(key)) + 1), policyBytes(value, around))));
}

/** Several lengths as one. */
export function plus(...lengths: readonly Bytes[]): Bytes {
  return {
    least: lengths.reduce((sum, { least }) => sum + least, 0),
    likely: lengths.reduce((sum, { likely }) => sum + likely, 0),
  };
}

/** Brackets around and commas between the members of a list or an object. */
export function enclosed(members: readonly Bytes[]): Bytes {
  return plus(exactly(2 + Math.max(0, members.length - 1)), ...members);
}

export function exactly(bytes: number): Bytes {
  return { least: bytes, likely: bytes };
}

interface Call { readonly name: string; readonly argument: unknown }

function intrinsic(json: object): Call | undefined {
  const keys = Object.keys(json);
  const [name] = keys;
  return keys.length === 1 && (name === 'Ref' || name.startsWith('Fn::')) ? { name, argument: (json as Record<string, unknown>)[name] } : undefined;
}

function isNoValue(json: unknown): boolean {
  return typeof json === 'object' && json !== null && (json as { Ref?: unknown }).Ref === 'AWS::NoValue';
}

/** Length of a piece of text. */
function textBytes(json: unknown, around: Surroundings): Bytes {
  if (json === null || typeof json !== 'object') return exactly(Buffer.byteLength(JSON.stringify(String(json))) - 2);
  const call = intrinsic(json);
  return call ? callBytes(call, around, false) : UNKNOWN_TEXT;
}

/** `whole`: the call is all of a value, rather than a part of it. */
function callBytes({ name, argument }: Call, around: Surroundings, whole: boolean): Bytes {
  switch (name) {
    case 'Ref': return around.attributeBytes?.(asText(argument), 'Ref') ?? refBytes(asText(argument), around, whole);
    case 'Fn::GetAtt': return getAttBytes(argument, around);
    case 'Fn::Join': return joinBytes(argument, around);
    case 'Fn::Sub': return subBytes(argument, around);
    case 'Fn::If': return eitherBytes(argument, around);
    case 'Fn::ImportValue':
    case 'Fn::GetStackOutput': return /arn/i.test(JSON.stringify(argument)) ? arnBytes('', around) : nameBytes('', around);
    default: return UNKNOWN_TEXT;
  }
}

/** What CloudFormation puts behind `<stack>-<logical id>`: a hyphen and twelve letters and digits. */
const RANDOM = 13;
/** Most services take no longer names. */
const LONGEST_NAME = 64;
const TYPICAL_STACK_NAME = 20;
const TYPICAL_TEXT = 20;
const UNKNOWN_TEXT: Bytes = { least: 0, likely: TYPICAL_TEXT };
/** `arn:aws:s3:::abc` */
const SHORTEST_ARN = 16;
const SHORTEST_REGION = 'us-east-1'.length;
const TYPICAL_REGION = 'eu-central-1'.length;
const ACCOUNT = 12;

function refBytes(name: string, around: Surroundings, whole: boolean): Bytes {
  switch (name) {
    case 'AWS::Region': return regionBytes(around);
    case 'AWS::AccountId': return exactly(ACCOUNT);
    case 'AWS::Partition': return { least: 3, likely: around.region?.startsWith('us-gov-') ? 10 : 3 };
    case 'AWS::URLSuffix': return exactly('amazonaws.com'.length);
    case 'AWS::StackName': return around.stackName === undefined ? { least: 1, likely: TYPICAL_STACK_NAME } : exactly(around.stackName.length);
    case 'AWS::StackId': return plus({ least: 80, likely: 80 }, { least: 1, likely: around.stackName?.length ?? TYPICAL_STACK_NAME });
    // What stands alone is an ARN more often than a name: topics, aliases, secrets, load balancers.
    default: return whole ? { least: 1, likely: arnBytes(name, around).likely } : nameBytes(name, around);
  }
}

function regionBytes({ region }: Surroundings): Bytes {
  return region === undefined ? { least: SHORTEST_REGION, likely: TYPICAL_REGION } : exactly(region.length);
}

function getAttBytes(argument: unknown, around: Surroundings): Bytes {
  const [logicalId = '', ...path] = Array.isArray(argument) ? argument.map(asText) : asText(argument).split('.');
  const attribute = path.join('.');
  const known = around.attributeBytes?.(logicalId, attribute);
  if (known) return known;
  return attribute.endsWith('Arn') ? arnBytes(logicalId, around) : nameBytes(logicalId, around);
}

function nameBytes(logicalId: string, around: Surroundings): Bytes {
  return { least: 1, likely: generatedNameBytes(logicalId, around.stackName) };
}

/** Length of a name that CloudFormation generates, cut where the service takes no longer one. */
export function generatedNameBytes(logicalId: string, stackName?: string): number {
  return Math.min(LONGEST_NAME, (stackName?.length ?? TYPICAL_STACK_NAME) + 1 + (logicalId.length || TYPICAL_TEXT) + RANDOM);
}

/** `arn:aws:<service>:<region>:<account>:<type>/<name>` */
function arnBytes(logicalId: string, around: Surroundings): Bytes {
  const before = 'arn:aws:events:'.length + regionBytes(around).likely + 1 + ACCOUNT + 1 + 'rule/'.length;
  return { least: SHORTEST_ARN, likely: before + nameBytes(logicalId, around).likely };
}

function joinBytes(argument: unknown, around: Surroundings): Bytes {
  if (!Array.isArray(argument) || !Array.isArray(argument[1])) return UNKNOWN_TEXT;
  const parts: unknown[] = argument[1];
  const separators = Math.max(0, parts.length - 1) * (Buffer.byteLength(JSON.stringify(asText(argument[0]))) - 2);
  return plus(exactly(separators), ...parts.map((part) => textBytes(part, around)));
}

function subBytes(argument: unknown, around: Surroundings): Bytes {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  // the odd pieces are the names between ${ and }
  const pieces = asText(template).split(/\$\{([^}]*)\}/).map((piece, index): Bytes => {
    if (index % 2 === 0 || piece.startsWith('!')) return textBytes(piece, around);
    const given = (variables as Record<string, unknown> | undefined)?.[piece];
    return textBytes(given ?? (piece.includes('.') ? { 'Fn::GetAtt': piece } : { Ref: piece }), around);
  });
  return plus(...pieces);
}

function eitherBytes(argument: unknown, around: Surroundings): Bytes {
  const [, one, other] = Array.isArray(argument) ? argument : [];
  const [a, b] = [one, other].map((value) => isNoValue(value) ? exactly(0) : textBytes(value, around));
  return { least: Math.min(a.least, b.least), likely: Math.max(a.likely, b.likely) };
}

/** A template may have anything where a name belongs, also what JavaScript makes no text of. */
function asText(json: unknown): string {
  return typeof json === 'string' ? json : JSON.stringify(json) ?? '';
}
