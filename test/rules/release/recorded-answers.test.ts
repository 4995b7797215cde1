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
  'Please provide a source for function code.':
    `${PREFLIGHT}/pf-lambda-zip-no-imageuri`,
  'Please do not provide other FunctionCode parameters when providing a ZipFile.':
    `${PREFLIGHT}/pf-lambda-code-zipfile-exclusive`,
  'S3 Bucket and Key are required for uploading with S3 parameters.':
    `${PREFLIGHT}/pf-lambda-code-s3-pair`,
  'The ImageConfig parameter is not supported for functions created with deployment packages.':
    `${PREFLIGHT}/pf-lambda-imageconfig-requires-image`,
  'ImageUri is required.':
    `${PREFLIGHT}/pf-lambda-image-requires-imageuri`,
  'Code signing is not supported for functions created with container images.':
    `${PREFLIGHT}/pf-lambda-code-signing-zip-only`,
  'Do not include S3ObjectStorageMode when the function PackageType is Image.':
    `${PREFLIGHT}/pf-lambda-s3-storage-mode-zip-only`,
  'Invalid dead letter queue ARN: FIFO SQS queue is not supported for dead letter configuration':
    `${PREFLIGHT}/pf-lambda-dlq-no-fifo`,
  "FIFO-type Amazon SNS topics aren't supported as a destination.":
    `${PREFLIGHT}/pf-lambda-eic-destination-no-sns-fifo`,
  'The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=), onFailure=OnFailure(destination=arn:aws:sqs:us-east-1:214794239830:q.fifo)) is invalid.':
    `${PREFLIGHT}/pf-lambda-eic-destination-no-sqs-fifo`,
  'Invalid dead letter queue ARN: The service specified by the TargetArn is not supported for dead letter configuration.':
    `${PREFLIGHT}/pf-lambda-dlq-service`,
  'The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:s3:::my-bucket), onFailure=OnFailure(destination=)) is invalid.':
    `${PREFLIGHT}/pf-lambda-eic-onsuccess-no-s3`,
  "Invalid dead letter queue ARN: The resource specified by the TargetArn must be in the same region as the Lambda function it's associated with.":
    `${PREFLIGHT}/pf-lambda-dlq-region`,
  'The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=), onFailure=OnFailure(destination=arn:aws:sqs:eu-west-1:111122223333:q)) is invalid.':
    `${PREFLIGHT}/pf-lambda-eic-destination-region`,
  'Source image public.ecr.aws/lambda/python:3.12 is not valid. Provide a valid source image.':
    `${PREFLIGHT}/pf-lambda-image-uri-private-ecr`,
  'because no resource-based policy allows the lambda:GetLayerVersion action':
    `${PREFLIGHT}/pf-lambda-layer-arn-region`,
  'Function URL is not supported for functions enabled with tenancy configuration.':
    `${PREFLIGHT}/pf-lambda-tenancy-no-function-url`,
  'Provisioned concurrency is not supported for functions enabled with tenancy configuration.':
    `${PREFLIGHT}/pf-lambda-tenancy-no-provisioned-concurrency`,
  'SnapStart is not supported for functions enabled with tenancy configuration.':
    `${PREFLIGHT}/pf-lambda-tenancy-no-snapstart`,
  'The final policy size (21573) is bigger than the limit (20480).':
    `${PREFLIGHT}/pf-lambda-perm-policy-size`,
  'SubnetIds and SecurityIds must coexist or be both empty list.':
    `${PREFLIGHT}/pf-lambda-vpc-non-empty`,
  'Subnets and Security Groups must belong to the same VPC.':
    `${PREFLIGHT}/pf-lambda-vpc-same-vpc`,
  'Lambda only supports default tenancy VPCs.':
    `${PREFLIGHT}/pf-lambda-vpc-no-dedicated-tenancy`,
  'Function must be configured to execute in a VPC to reference access point':
    `${PREFLIGHT}/pf-lambda-efs-requires-vpc`,
  'has mount targets created in all availability zones the function will execute in, but not all are in the available life cycle state yet. Please wait for them to become available and try the request again.':
    `${PREFLIGHT}/pf-lambda-efs-mount-target-dependson`,
  'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.':
    `${PREFLIGHT}/pf-lambda-loglevel-requires-json`,
  'Log groups starting with AWS/ are reserved for AWS. Update the LogGroup value and try again.':
    `${PREFLIGHT}/pf-lambda-loggroup-no-aws-prefix`,
  "1 validation error detected: Value 'my group!' at 'loggingConfig.logGroup' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+":
    `${PREFLIGHT}/pf-lambda-loggroup-pattern`,
  'Missing runtime version ARN. A runtime version ARN is required when UpdateRuntimeVersionOn=Manual. Provide a valid runtime version ARN and retry the request.':
    `${PREFLIGHT}/pf-lambda-runtime-manual-requires-arn`,
  'Unexpected runtime version ARN when UpdateRuntimeVersionOn=Auto. Remove the runtime version ARN and retry the request.':
    `${PREFLIGHT}/pf-lambda-runtime-arn-manual-only`,
  'The KMS key must reside in the same region as the function.':
    `${PREFLIGHT}/pf-lambda-durable-kms-key-region`,
  'Capacity provider arn invalid: capacity-provider:arn:aws:lambda:eu-west-1:':
    `${PREFLIGHT}/pf-lambda-capacity-provider-arn-region`,
  'Invalid runtime version ARN (arn:aws:lambda:eu-west-1::runtime:8b993aab9f05546fb8bbd006aab4afa21b3df8ffc81cb18683800e55613267c7). Check the runtime version ARN and retry the request.':
    `${PREFLIGHT}/pf-lambda-runtime-version-arn-region`,
  "Functions from 'us-west-2' are not reachable in this region ('us-east-1')":
    `${PREFLIGHT}/pf-lambda-perm-cross-region-function`,
  'Runtime Enum python3.12 does not support specified feature: Lambda Managed Instances':
    `${PREFLIGHT}/pf-lambda-capacity-provider-runtime`,
  'PublishToLatestPublished or FunctionScalingConfig cannot be specified unless creating a Lambda Managed Instance function':
    `${PREFLIGHT}/pf-lambda-scaling-min-max-pair`,
  "1 validation error detected: Value 's3 .amazonaws.com' at 'principal' failed to satisfy constraint: Member must satisfy regular expression pattern: [^\\s]+":
    `${PREFLIGHT}/pf-lambda-perm-principal-whitespace`,
  'We currently do not support adding policies for $LATEST.':
    `${PREFLIGHT}/pf-lambda-perm-function-name-latest`,
  'FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action':
    `${PREFLIGHT}/pf-lambda-perm-url-auth-action`,
  "You can't specify additional fields for AllowOrigins because you already specified the wildcard character (*).":
    `${PREFLIGHT}/pf-lambda-url-cors-allow-origins-wildcard-mix`,
  "You can't specify additional fields for AllowMethods because you already specified the wildcard character (*).":
    `${PREFLIGHT}/pf-lambda-url-cors-allow-methods-wildcard-mix`,
  "1 validation error detected: Value 'cdkpf.layer' at 'layerName' failed to satisfy constraint: Member must satisfy regular expression pattern":
    `${PREFLIGHT}/pf-lambda-layer-name-pattern`,
  'If organization id is specified then principal should be *':
    `${PREFLIGHT}/pf-lambda-layerperm-organization-id-needs-wildcard-principal`,
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
