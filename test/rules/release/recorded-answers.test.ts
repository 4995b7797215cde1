import * as fs from 'fs';
import * as path from 'path';
import { CATALOG } from '../../../src/rules/catalog';

/**
 * Answers that AWS gave to calls of its API, as somebody's tests recorded them. They are no part of this repository, so that
 * most clones do not have them: where they are missing, the one test below says so.
 */
const RECORDED = path.join(__dirname, '../../../../shared/facts/aws-recorded-errors.tsv');

/** Rules of somebody else, each of which was deployed to see it fail: what AWS answered is in its `meta.yaml`. */
const PREFLIGHT = 'badmintoncryer/cdk-preflight/rules/lambda';

/** Answers that are not in there, and people who got them told of: in issues on GitHub, or beside a rule. */
const REPORTED: Readonly<Record<string, string>> = {
  'A version for this Lambda function exists ( N ). Modify the function to create a new version.':
    'aws/aws-cdk/issues/16913',
  'The log group provided is reserved for the function logs of the destination function.':
    'amplify-education/serverless-log-forwarding/issues/13',
  'Configurations overlap. Configurations on the same bucket cannot share a common event type.':
    'awslabs/aws-waf-security-automations/issues/49',
  'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.':
    'minio/minio/issues/2472',
  'Unable to validate the following destination configurations':
    'aws/serverless-application-model/issues/184',
  'elasticloadbalancing principal does not have permission to invoke':
    'ansible/ansible/issues/52253',
  'Timeout should be between 50 ms and 29000 ms':
    'aws/aws-cdk/issues/31063',
  'Invalid parameter: Invalid protocol type: lambda':
    'hashicorp/terraform/issues/28632',
  'Resource limit exceeded.':
    'serverless/serverless/issues/3447',
  'The function cannot have environment variables.':
    'anomalyco/ion/issues/1194',
  'Lambda@Edge does not support functions with an architecture of arm64':
    'opennextjs/opennextjs-aws/issues/47',
  'The function has a runtime that is not supported by Lambda@Edge: nodejs12.x':
    'aws/aws-cdk/issues/5180',
  'The function memory size is larger than the maximum allowed size for functions that are triggered by a CloudFront event: 1024 Max allowed: 128':
    'serverless-operations/serverless-lambda-edge-pre-existing-cloudfront/issues/11',
  'The function timeout is larger than the maximum allowed for functions that are triggered by a CloudFront event: 30 Max allowed: 5':
    'awslabs/aws-cloudfront-extensions/issues/112',
  'The function ARN must reference a specific function version. (The ARN must end with the version number.)':
    'serverless-operations/serverless-lambda-edge-pre-existing-cloudfront/issues/37',
  "The function must be in region 'us-east-1'.":
    'aws-samples/lambdaedge-openidconnect-samples/issues/60',
  'The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com principals. Update the IAM role and try again.':
    'aws/aws-cdk/issues/12492',
  'StartingPosition is not valid for SQS event sources.':
    'motdotla/node-lambda/issues/466',
  "Unsupported 'maximumRetryAttempts' parameter for given event source mapping type.":
    'aws/aws-cdk/issues/17934',
  'Batching window is not supported for FIFO queues':
    'aws/aws-lambda-dotnet/issues/1758',
  'Queue visibility timeout: 30 seconds is less than Function timeout: 120 seconds':
    'aws-cloudformation/cfn-lint/issues/3987',
  'Need to specify a timestamp (Service: AWSLambda; Status Code: 400; Error Code: InvalidParameterValueException':
    'awsdocs/aws-cloudformation-user-guide/issues/334',
  'Unsupported MaximumRetryAttempts parameter for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-maximum-retry-attempts-stream-only`,
  'Unsupported MaximumRecordAgeInSeconds parameter for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-maximum-record-age-stream-only`,
  'Unsupported BisectBatchOnFunctionError parameter for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-bisect-batch-stream-only`,
  'Unsupported ParallelizationFactor parameter for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-parallelization-factor-stream-only`,
  'Unsupported TumblingWindowInSeconds parameter for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-tumbling-window-stream-only`,
  "Unsupported 'functionResponseTypes' parameter for given event source mapping type.":
    `${PREFLIGHT}/pf-lambda-esm-function-response-types-mq-docdb`,
  'Unsupported ScalingConfig parameter for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-scaling-config-sqs-only`,
  'Unsupported ProvisionedPollerConfig parameter for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-provisioned-poller-source-support`,
  'Unsupported LoggingConfig parameter for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-logging-config-kafka-only`,
  "Unsupported 'startingPosition' parameter for given event source mapping type.":
    `${PREFLIGHT}/pf-lambda-esm-mq-starting-position-unsupported`,
  "Unsupported 'startingPositionTimestamp' parameter for given event source mapping type.":
    `${PREFLIGHT}/pf-lambda-esm-starting-position-timestamp-mq-unsupported`,
  'Timestamp is not valid for SQS event sources.':
    `${PREFLIGHT}/pf-lambda-esm-starting-position-timestamp-sqs-unsupported`,
  'Timestamp only valid with StartingPosition AT_TIMESTAMP':
    `${PREFLIGHT}/pf-lambda-esm-starting-position-timestamp-requires-at-timestamp`,
  'Invalid parameters: filterCriteria':
    `${PREFLIGHT}/pf-lambda-esm-filter-criteria-docdb-unsupported`,
  'MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)':
    'hashicorp/terraform-provider-aws/pull/16113',
  "The service specified by the TargetArn isn't supported as a destination.":
    `${PREFLIGHT}/pf-lambda-esm-on-failure-destination-service`,
  "FIFO-type Amazon SQS queues aren't supported as a destination.":
    `${PREFLIGHT}/pf-lambda-esm-ddb-destination-standard-only`,
  "Required 'topics' parameter is missing.":
    `${PREFLIGHT}/pf-lambda-esm-msk-topics-required`,
  'Invalid parameters: sourceAccessConfigurations, sourceAccessConfigurations':
    `${PREFLIGHT}/pf-lambda-esm-docdb-basic-auth-required`,
  'Invalid parameters: databaseName':
    `${PREFLIGHT}/pf-lambda-esm-docdb-database-name-required`,
  'Unsupported source access configurations type for given event source mapping type.':
    `${PREFLIGHT}/pf-lambda-esm-client-certificate-kafka-only`,
  'MinimumPollers must be less than or equal to MaximumPollers.':
    `${PREFLIGHT}/pf-lambda-esm-pollers-max-ge-min`,
  'MinimumPollers should be between [2, 200] and MaximumPollers should be between [MinimumPollers, 10000]':
    `${PREFLIGHT}/pf-lambda-esm-sqs-minimum-pollers-min`,
  'Invalid parameter: pollerGroupName':
    `${PREFLIGHT}/pf-lambda-esm-poller-group-name-kafka-only`,
  'Provisioned mode for SQS ESM does not support maximum concurrency feature. Use MaximumPollers as the control mechanism and remove maximum concurrency.':
    `${PREFLIGHT}/pf-lambda-esm-scaling-provisioned-mutually-exclusive`,
  'Event source region must match Lambda region us-east-1':
    `${PREFLIGHT}/pf-lambda-esm-sqs-same-region`,
  'Invalid EventSourceMapping metrics. Expected values: [EventCount]':
    `${PREFLIGHT}/pf-lambda-esm-metrics-error-count-kafka-only`,
  'MaximumConcurrency: 100 is greater than Function Reserved Concurrency: 5':
    `${PREFLIGHT}/pf-lambda-esm-max-concurrency-vs-reserved`,
};

/** Each answer that a rule quotes, with the rule. */
const QUOTED = CATALOG.flatMap(({ id, answers = [] }) => answers.map((answer): [string, string] => [id, answer]));

test('answers that were reported elsewhere are quoted by a rule', () => {
  expect(Object.keys(REPORTED).filter((answer) => QUOTED.every(([, quoted]) => quoted !== answer))).toEqual([]);
});

test('rules about aliases and concurrency quote what AWS answers', () => {
  expect(QUOTED.length).toBeGreaterThanOrEqual(14);
});

if (!fs.existsSync(RECORDED)) {
  test('the recorded answers are not here, and no quotation is compared with them', () => {
    console.log(`recorded answers absent: ${QUOTED.length} quotations not compared`);
  });
} else {
  describe('what a rule quotes was recorded, word for word', () => {
    const [header, ...rows] = fs.readFileSync(RECORDED, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
    const messages = rows.map((row) => row[header.indexOf('message')]);

    test('there are answers', () => {
      expect(messages.length).toBeGreaterThan(300);
    });

    // Spaces around an answer are not quoted, nor what one is to do then.
    test.each(QUOTED.filter(([, answer]) => !REPORTED[answer]))('%s: %s', (_, answer) => {
      expect(messages.filter((message) => message.trim().startsWith(answer))).not.toEqual([]);
    });
  });
}
