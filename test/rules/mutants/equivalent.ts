import { Kind, Mutant, Topic } from './mutant';

/** Mutants that no rule can or need tell from what was there, and why. What is left out matches anything. */
export interface Equivalent {
  readonly why: string;
  readonly topic?: Topic;
  readonly kinds?: readonly Kind[];
  /** What is changed, in the words of the mutant. */
  readonly how?: RegExp;
  /** The statement as JSON. */
  readonly statement?: RegExp;
  /** The changed part of the statement as JSON. */
  readonly part?: RegExp;
  readonly app?: RegExp;
}

export function isMeant({ topic, kinds, how, statement, part, app }: Equivalent, mutant: Mutant): boolean {
  return (topic === undefined || topic === mutant.topic)
    && (kinds === undefined || kinds.includes(mutant.kind))
    && (how === undefined || how.test(mutant.how))
    && (statement === undefined || statement.test(JSON.stringify(mutant.statement)))
    && (part === undefined || part.test(JSON.stringify(mutant.part) ?? ''))
    && (app === undefined || app.test(mutant.app.name));
}

/** All but what is wider than it was. */
const WITHOUT: readonly Kind[] = ['deleted', 'retargeted', 'narrowed', 'denied'];

const INVOKE = 'who may invoke';
const ROLE = 'what a role may do';

const CALLERS: readonly Equivalent[] = [
  {
    why: 'no template says which skill of Alexa calls',
    topic: INVOKE,
    kinds: WITHOUT,
    statement: /^(?!.*PolicyDocument).*"alexa-appkit\.amazon\.com"/,
  },
  {
    why: 'who calls from the other accounts of an organization is in no template of this app',
    topic: INVOKE,
    kinds: WITHOUT,
    statement: /^(?!.*PolicyDocument).*PrincipalOrgID"/,
  },
  {
    why: 'no distribution of this app calls the URL, and which other one does is not known',
    topic: INVOKE,
    how: /^source: another account|SourceA|document/,
    kinds: WITHOUT,
    statement: /distribution\/\*/,
  },
  {
    why: 'calls of the test button in the console are no part of the app',
    topic: INVOKE,
    kinds: WITHOUT,
    part: /test-invoke-stage/,
  },
  {
    why: 'the root path is permitted together with all others, by the ARN that ends in a wildcard',
    topic: INVOKE,
    kinds: WITHOUT,
    part: /LambdaRestApi.*"\/\*\/"/,
  },
  {
    why: 'the CDK permits a user pool once for each trigger, and one permission is enough',
    topic: INVOKE,
    kinds: WITHOUT,
    part: /userpoolseveraltriggers/,
    app: /permissions|lambda/,
  },
  {
    why: 'the source account that is left holds the service to the account',
    topic: INVOKE,
    kinds: ['widened'],
    how: /^no (ArnLike aws:)?SourceArn$/,
    statement: /SourceAccount/,
  },
  {
    why: 'the account is in the source ARN, too',
    topic: INVOKE,
    kinds: ['widened'],
    how: /^no (StringEquals aws:)?SourceAccount$/,
    statement: /^((?!s3\.amazonaws\.com).)*$/,
  },
  {
    why: 'the CDK itself warns of a bucket without its account (W3663), in a permission',
    topic: INVOKE,
    kinds: ['widened'],
    how: /^no SourceAccount$/,
    statement: /s3\.amazonaws\.com/,
  },
  {
    why: 'that everyone may call by a URL without authorization is what function-url-is-private asks about',
    topic: INVOKE,
    kinds: ['widened'],
    how: /everyone|no condition/,
    statement: /^(?!.*"Deny").*"lambda:InvokeFunctionUrl".*"\*"/,
    app: /callers/,
  },
  {
    why: 'the kind of authorization is that of the only URL; the distribution is still named',
    topic: INVOKE,
    kinds: ['widened'],
    how: /^no (StringEquals lambda:)?FunctionUrlAuthType$/,
  },
  {
    why: 'the distribution is still named, and calls by the URL only',
    topic: INVOKE,
    kinds: ['widened'],
    how: /^no (Bool lambda:)?InvokedViaFunctionUrl$/,
    statement: /cloudfront/,
  },
];

/** What only the owner of the code knows that it needs. */
const CODE: readonly Equivalent[] = [
  {
    why: 'what the code of a function does is in no template: here of handlers that the CDK and AWS Config bring along',
    topic: ROLE,
    kinds: WITHOUT,
    statement: /s3:PutBucketNotification|secretsmanager:(GetRandomPassword|PutSecretValue)|AWSConfigRulesExecutionRole/,
  },
  {
    why: 'what the code of a function does is in no template: here it reads a bucket and passes a role',
    topic: ROLE,
    kinds: WITHOUT,
    statement: /s3:GetObject|iam:PassRole/,
    app: /what the code does/,
  },
  {
    why: 'one role may be passed, to whatever service takes it',
    topic: ROLE,
    how: /^no condition$/,
    statement: /iam:PassRole/,
  },
];

/** What AWS documents, and Lambda was seen to do without: \`also\` in the needs. */
const DOCUMENTED: readonly Equivalent[] = [
  {
    why: 'AWS documents it, and Lambda connects functions and brokers without',
    topic: ROLE,
    kinds: ['deleted'],
    how: /^ec2:(AssignPrivateIpAddresses|UnassignPrivateIpAddresses|DescribeSubnets|DescribeSecurityGroups|DescribeVpcs)$/,
  },
  {
    why: 'AWS documents it, and traces are sent without',
    topic: ROLE,
    how: /^xray:PutTelemetryRecords$/,
  },
  {
    why: 'AWS documents it, and Lambda polls without',
    topic: ROLE,
    how: /^(kinesis:(DescribeStreamSummary|ListShards|DescribeStreamConsumer)|kafka:DescribeClusterV2)$/,
  },
  {
    why: 'AWS documents it for all streams, and a consumer of its own reads with kinesis:SubscribeToShard',
    topic: ROLE,
    kinds: WITHOUT,
    statement: /^(?!.*PolicyDocument).*kinesis:GetRecords/,
    app: /consumer/,
  },
  {
    why: 'a function that only reads needs no right to write to its file system',
    topic: ROLE,
    kinds: WITHOUT,
    statement: /^{"Action":"elasticfilesystem:ClientWrite"/,
  },
];

/** What the CDK grants besides. */
const MORE_THAN_NEEDED: readonly Equivalent[] = [
  {
    why: 'Lambda names queues by their ARN, and hides messages when it receives them',
    topic: ROLE,
    how: /^sqs:(GetQueueUrl|ChangeMessageVisibility)$/,
  },
  {
    why: 'to send takes no attributes of the queue',
    topic: ROLE,
    how: /^sqs:GetQueueAttributes$/,
    statement: /sqs:SendMessage/,
  },
  {
    why: 'SQS and SNS encrypt with data keys',
    topic: ROLE,
    how: /^kms:(Encrypt|ReEncrypt\*)$/,
  },
  {
    why: 'the stream is known, and has no consumer of its own here',
    topic: ROLE,
    how: /^kinesis:(ListStreams|SubscribeToShard)$/,
    app: /streams/,
  },
  {
    why: 'the stream of the table is known',
    topic: ROLE,
    kinds: WITHOUT,
    statement: /^{"Action":"dynamodb:ListStreams"/,
  },
  {
    why: 'a record is one object that is put into the bucket',
    topic: ROLE,
    how: /^s3:(Abort\*|DeleteObject\*|GetBucket\*|GetObject\*|PutObject(LegalHold|Retention|Tagging|VersionTagging))$/,
  },
  {
    why: 'of the bucket only the list of its objects is read',
    topic: ROLE,
    kinds: ['deleted', 'retargeted'],
    how: /resource/,
    part: /"\/\*"/,
    statement: /^(?!.*s3:PutObject).*s3:List\*/,
  },
  {
    why: 'the log group of Lambda Insights may be there already, and its streams are named by the other ARN',
    topic: ROLE,
    how: /^logs:CreateLogGroup$|resource/,
    part: /^$|lambda-insights"$/,
    statement: /lambda-insights/,
  },
  {
    why: 'the secret is read, not described',
    topic: ROLE,
    how: /^secretsmanager:DescribeSecret$/,
  },
  {
    why: 'what is called is named by the other ARN, without a further qualifier',
    topic: ROLE,
    kinds: ['deleted', 'retargeted'],
    how: /resource/,
    part: /":\*"/,
    statement: /"lambda:InvokeFunction"/,
  },
  {
    why: 'another AWS managed policy of the role allows to write logs, too',
    topic: ROLE,
    kinds: ['deleted', 'retargeted'],
    how: /managed policy/,
    statement: /AWSLambdaBasicExecutionRole|CloudWatchLambdaInsightsExecutionRolePolicy/,
    app: /^(queues|files), lambda function$/,
  },
];

const WIDER: readonly Equivalent[] = [
  {
    why: 'these requests carry the ARN of the function, so that the right works as before',
    topic: ROLE,
    how: /^code of the function$/,
    statement: /^(?!.*(ec2|sqs|sns|kms):).*"(logs:PutLogEvents|xray:|elasticfilesystem:ClientMount|lambda:Checkpoint)/,
  },
  {
    why: 'any access point may be used to mount, and the function has only this one',
    topic: ROLE,
    how: /^no condition$/,
    statement: /elasticfilesystem:ClientMount/,
  },
  {
    why: 'a denial is a precaution, which no rule asks for',
    kinds: ['deleted', 'retargeted', 'narrowed'],
    statement: /^(?!.*PolicyDocument).*"Effect":"Deny"/,
  },
];

const ROLES: readonly Equivalent[] = [...CODE, ...DOCUMENTED, ...MORE_THAN_NEEDED, ...WIDER];

export const EQUIVALENT: readonly Equivalent[] = [...CALLERS, ...ROLES];
