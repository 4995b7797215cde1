import { applies, Request } from './decide';
import { invokeStatements, statementOf } from './resource-policy';
import { Statement, statementsAt, statementsIn } from './statement';
import { any, Verdict } from './verdict';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import { isNoValue, Json } from '../template';
import { targetOf } from '../wiring';

/** Policies that are resources of their own: the property that says what they are about, and the one that holds them. */
const BESIDE: readonly (readonly [type: string, about: string, document: string])[] = [
  ['AWS::DynamoDB::ResourcePolicy', 'ResourceArn', 'PolicyDocument'],
  ['AWS::Events::EventBusPolicy', 'EventBusName', 'Statement'],
  ['AWS::Kinesis::ResourcePolicy', 'ResourceArn', 'ResourcePolicy'],
  ['AWS::MSK::ClusterPolicy', 'ClusterArn', 'Policy'],
  ['AWS::S3::BucketPolicy', 'Bucket', 'PolicyDocument'],
  ['AWS::SNS::TopicInlinePolicy', 'TopicArn', 'PolicyDocument'],
  ['AWS::SNS::TopicPolicy', 'Topics', 'PolicyDocument'],
  ['AWS::SQS::QueueInlinePolicy', 'Queue', 'PolicyDocument'],
  ['AWS::SQS::QueuePolicy', 'Queues', 'PolicyDocument'],
  ['AWS::SecretsManager::ResourcePolicy', 'SecretId', 'ResourcePolicy'],
];

/** Policies in the properties of what they are about. */
const WITHIN: readonly (readonly [type: string, document: string])[] = [
  ['AWS::DynamoDB::Table', 'ResourcePolicy.PolicyDocument'],
  ['AWS::DynamoDB::Table', 'StreamSpecification.ResourcePolicy.PolicyDocument'],
  ['AWS::EFS::FileSystem', 'FileSystemPolicy'],
  ['AWS::Events::EventBus', 'Policy'],
  ['AWS::KMS::Key', 'KeyPolicy'],
];

/**
 * Whether the policy of what is asked for allows a request by itself, as it does within an account to a role that it
 * names. One that names the account leaves the decision to the policies of the role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export function allowedByPolicyOf(target: Resource, request: Request): Verdict {
  const { byResource, ofAnything } = policiesIn(target.stack.app);
  const statements = [...byResource.get(target) ?? [], ...ofAnything, ...invokeStatements(target.stack.app).get(target) ?? []];
  return any(statements.filter(({ effect }) => effect !== 'Deny').map((statement) => {
    const verdict = applies(statement, request);
    return verdict === 'yes' && statement.effect === 'unknown' ? 'unknown' : verdict;
  }));
}

interface Policies {
  readonly byResource: Map<Resource, Statement[]>;
  /** Statements about something that the deployment decides. */
  readonly ofAnything: Statement[];
}

const policiesIn = oncePerApp((app: AppModel): Policies => {
  const found: Policies = { byResource: new Map(), ofAnything: [] };
  for (const [type, about, document] of BESIDE) {
    for (const policy of app.ofType(type)) addBeside(policy, { about, statements: statementsOf(policy, document) }, found);
  }
  found.ofAnything.push(...unplacedPermissions(app));
  for (const [type, document] of WITHIN) {
    for (const resource of app.ofType(type)) add(resource, statementsAt(resource, document), found);
  }
  return found;
});

/** Permissions of functions that the deployment names. */
function unplacedPermissions(app: AppModel): Statement[] {
  const unplaced = (resource: Resource, path: string) => {
    const raw = resource.raw(path);
    return targetOf(resource.reference(path)) === undefined && !(raw.kind === 'known' && typeof raw.value === 'string');
  };
  return [
    ...app.ofType('AWS::Lambda::Permission').filter((permission) => unplaced(permission, 'FunctionName')).map(statementOf),
    ...app.ofType('AWS::Lambda::ResourcePolicy').filter((policy) => unplaced(policy, 'ResourceArn')).flatMap((policy) => statementsAt(policy, 'PolicyDocument')),
  ];
}

/** The policy of an event bus is one statement, the others are documents. */
function statementsOf(policy: Resource, path: string): Statement[] {
  const raw = policy.raw(path);
  if (raw.kind !== 'known' || path !== 'Statement') return statementsIn(raw.kind === 'known' ? raw.value : undefined, policy, path);
  return statementsIn({ Statement: raw.value }, policy, path);
}

function addBeside(policy: Resource, { about, statements }: { about: string; statements: Statement[] }, found: Policies): void {
  const raw = policy.raw(about);
  const named: Json[] = raw.kind !== 'known' ? [null] : Array.isArray(raw.value) ? raw.value : [raw.value];
  for (const name of named.filter((item) => !isNoValue(item))) {
    const target = referenceIn(name, policy.stack)?.resource;
    if (target) add(target.type === 'AWS::Kinesis::StreamConsumer' ? target.reference('StreamARN')?.resource : target, statements, found);
    // What has a name of its own is not one of this app, as a rule; what the deployment decides may be.
    else if (typeof name !== 'string') found.ofAnything.push(...statements);
  }
}

function add(resource: Resource | undefined, statements: readonly Statement[], { byResource, ofAnything }: Policies): void {
  if (resource) byResource.set(resource, [...byResource.get(resource) ?? [], ...statements]);
  else ofAnything.push(...statements);
}
