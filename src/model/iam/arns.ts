import type { Atom } from './text';
import type { Resource } from '../resource';
import { Json } from '../template';

/** A piece of an ARN: literal, a value of the template, or a name that the deployment makes up. */
type ArnPart = string | (Atom & { readonly json?: Json });

/** How the ARNs of a type are made, and what `Ref` and which attributes return. */
interface Shape {
  /** `region` and `account` are put in where the letters `R` and `A` stand: `sqs:R:A:`. */
  readonly prefix: string;
  /** The property that names the resource, where the user does. */
  readonly name: string;
  /** The attributes that are the ARN. */
  readonly arn: readonly string[];
  /** The attributes that are the name. */
  readonly named: readonly string[];
}

const SHAPES: Readonly<Record<string, Shape>> = {
  'AWS::S3::Bucket': { prefix: 's3:::', name: 'BucketName', arn: ['Arn'], named: ['Ref'] },
  'AWS::SQS::Queue': { prefix: 'sqs:R:A:', name: 'QueueName', arn: ['Arn'], named: ['QueueName'] },
  'AWS::SNS::Topic': { prefix: 'sns:R:A:', name: 'TopicName', arn: ['Ref', 'TopicArn'], named: ['TopicName'] },
  'AWS::Lambda::Function': { prefix: 'lambda:R:A:function:', name: 'FunctionName', arn: ['Arn'], named: ['Ref'] },
  'AWS::DynamoDB::Table': { prefix: 'dynamodb:R:A:table/', name: 'TableName', arn: ['Arn'], named: ['Ref'] },
  'AWS::Kinesis::Stream': { prefix: 'kinesis:R:A:stream/', name: 'Name', arn: ['Arn'], named: ['Ref'] },
  'AWS::Events::EventBus': { prefix: 'events:R:A:event-bus/', name: 'Name', arn: ['Arn'], named: ['Ref', 'Name'] },
  'AWS::CloudWatch::Alarm': { prefix: 'cloudwatch:R:A:alarm:', name: 'AlarmName', arn: ['Arn'], named: ['Ref'] },
  'AWS::IAM::Role': { prefix: 'iam::A:role/', name: 'RoleName', arn: ['Arn'], named: ['Ref'] },
};

/** The ARN or the name of a resource in pieces, for the types whose form is known. */
export function arnParts(resource: Resource, attribute: string): readonly ArnPart[] | undefined {
  if (resource.type === 'AWS::Logs::LogGroup') return logGroupParts(resource, attribute);
  if (resource.type === 'AWS::Lambda::Alias') return aliasParts(resource, attribute);
  const shape = SHAPES[resource.type];
  if (shape?.arn.includes(attribute)) return [...prefix(shape.prefix), nameOf(resource, shape.name)];
  return shape?.named.includes(attribute) ? [nameOf(resource, shape.name)] : undefined;
}

/** A log group's ARN ends in `:*`, which stands for its streams. */
function logGroupParts(group: Resource, attribute: string): readonly ArnPart[] | undefined {
  const name = nameOf(group, 'LogGroupName');
  if (attribute === 'Ref') return [name];
  return attribute === 'Arn' ? [...prefix('logs:R:A:log-group:'), name, ':*'] : undefined;
}

function aliasParts(alias: Resource, attribute: string): readonly ArnPart[] | undefined {
  const fn = alias.reference('FunctionName')?.resource;
  const parts = fn?.type === 'AWS::Lambda::Function' ? arnParts(fn, 'Arn') : undefined;
  return parts && ['Ref', 'AliasArn'].includes(attribute) ? [...parts, ':', nameOf(alias, 'Name')] : undefined;
}

function prefix(text: string): ArnPart[] {
  const filled = text.split(/(?<=:)([RA])(?=:)/).map((piece): ArnPart => {
    if (piece === 'R') return value({ Ref: 'AWS::Region' });
    return piece === 'A' ? value({ Ref: 'AWS::AccountId' }) : piece;
  });
  return ['arn:', value({ Ref: 'AWS::Partition' }), ':', ...filled];
}

function value(json: Json): ArnPart {
  return { id: '', json };
}

function nameOf(resource: Resource, property: string): ArnPart {
  const given = resource.raw(property);
  if (given.kind === 'known') return value(given.value);
  const id = `name of ${resource.stack.path}/${resource.logicalId}`;
  return given.kind === 'absent' ? { id, kind: `name of ${resource.type}` } : { id };
}
