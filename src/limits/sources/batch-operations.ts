import { EventTypeNames, SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

const PAGE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html';

/**
 * Jobs of Amazon S3 Batch Operations. AWS documents no condition keys for who assumes their role: it is held by `iam:PassRole`, which
 * whoever creates a job needs.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html
 */
export const BATCH_OPERATIONS: SourceSemantics = {
  service: 'Amazon S3 Batch Operations',
  invocation: InvocationMode.SYNCHRONOUS,
  assumesRole: 'batchoperations.s3.amazonaws.com',
  conditionKeys: [],
  retries: 'Amazon S3 tries tasks again that the function answers with TemporaryFailure, not those with PermanentFailure',
  failedEvents: 'in the report of the job, if there is one',
  limits: [],
  eventType: { typescript: 'S3BatchEvent', python: 'S3BatchOperationEvent', go: 'S3BatchJobEvent' },
  documentation: PAGE,
};

/** The types of events of version 2.0, for which `@types/aws-lambda` has none. */
export const BATCH_OPERATIONS_V2_TYPE: EventTypeNames = { python: 'S3BatchOperationEvent', go: 'S3BatchJobEventV2' };

/**
 * What a job hands to the function with each object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_LambdaInvokeOperation.html
 */
export const USER_ARGUMENTS = { most: 10, name: 64, value: 1024 } as const;

/**
 * The format of reports.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_JobReport.html
 */
export const JOB_REPORT_FORMAT = 'Report_CSV_20180820';
