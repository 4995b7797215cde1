import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { freeId } from './free-id';
import { mayInvoke } from './invoking-role';
import { PushSourceBase } from './push-source-base';
import { batchOperationsEvent, batchOperationsEventV2 } from './samples/batch-operations';
import { BATCH_OPERATIONS, BATCH_OPERATIONS_V2_TYPE, JOB_REPORT_FORMAT, USER_ARGUMENTS } from '../../limits/sources/batch-operations';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** The form in which a job of S3 Batch Operations hands an object to a function. */
export enum BatchOperationsSchema {
  /** With the ARN of the bucket. */
  V1_0 = '1.0',

  /** With the name of the bucket and the arguments of the job; for directory buckets the only one. */
  V2_0 = '2.0',
}

/** Where the jobs find their objects, and what they tell. */
export interface BatchOperationsSourceOptions {
  /** Bucket of the manifests: the lists of the objects that jobs go through. */
  readonly manifestBucket: s3.IBucket;

  /**
   * Key of the manifest, or of several with `*` for any text. Of an inventory also its data files.
   *
   * @default '*'
   */
  readonly manifestKey?: string;

  /**
   * Bucket that jobs write their reports to.
   *
   * @default - jobs write no report
   */
  readonly reportBucket?: s3.IBucket;

  /**
   * Folder of the reports, without a slash at its end. Only together with `reportBucket`.
   *
   * @default - reports are at the top of the bucket
   */
  readonly reportPrefix?: string;

  /**
   * The form of the event. A function must be written for it.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_LambdaInvokeOperation.html
   * @default - BatchOperationsSchema.V2_0 with `userArguments`, otherwise BatchOperationsSchema.V1_0
   */
  readonly schema?: BatchOperationsSchema;

  /**
   * What the function gets with each object: up to 10 values of at most 1,024 characters, under names of 1 to 64. Only with
   * BatchOperationsSchema.V2_0.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_LambdaInvokeOperation.html
   * @default - the function gets its objects alone
   */
  readonly userArguments?: { [name: string]: string };
}

/** Jobs of S3 Batch Operations that invoke a function. Made by `PushSource.batchOperations()`. */
export class BatchOperationsPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics;

  private readonly schema: BatchOperationsSchema;
  private readonly roles = new Map<lambda.IFunction, iam.Role>();

  /** @internal */
  constructor(private readonly options: BatchOperationsSourceOptions) {
    super();
    const { userArguments, schema } = options;
    this.schema = schema ?? (userArguments ? BatchOperationsSchema.V2_0 : BatchOperationsSchema.V1_0);
    this.semantics = this.schema === BatchOperationsSchema.V2_0 ? { ...BATCH_OPERATIONS, eventType: BATCH_OPERATIONS_V2_TYPE } : BATCH_OPERATIONS;
    this.checkKeys();
    this.checkArguments();
  }

  /** Called by `addEventSource()`: makes a role for jobs, which may invoke the function, read manifests and write reports. */
  public bind(target: lambda.IFunction): void {
    if (this.roles.has(target)) return;
    const { manifestBucket, manifestKey = '*', reportBucket, reportPrefix } = this.options;
    const scope = target as unknown as Construct;
    const role = new iam.Role(scope, freeId(scope, 'BatchOperationsRole'), { assumedBy: new iam.ServicePrincipal('batchoperations.s3.amazonaws.com') });
    mayInvoke(role, target);
    const allow = (actions: string[], resource: string) => role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource] }));
    allow(['s3:GetObject', 's3:GetObjectVersion'], manifestBucket.arnForObjects(manifestKey));
    if (reportBucket) allow(['s3:PutObject'], reportBucket.arnForObjects(reportPrefix === undefined ? '*' : `${reportPrefix}/*`));
    const keys = new Set([manifestBucket.encryptionKey, reportBucket?.encryptionKey]);
    for (const key of keys) key?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    this.roles.set(target, role);
  }

  /**
   * The role with which jobs invoke a function: the `RoleArn` of `CreateJob`.
   *
   * @param target the function that the source was added to; fails for others
   */
  public roleOf(target: lambda.IFunction): iam.Role {
    const role = this.roles.get(target);
    if (role) return role;
    throw mistake(target, {
      code: 'BatchOperationsRoleMissing',
      property: 'target',
      allowed: 'a function that this source was added to',
      got: target.node.path,
      fix: 'call addEventSource() of the function with this source before',
    });
  }

  /**
   * What `CreateJob` needs to know of the function, under the names of its request: account, operation, role and report. For the environment
   * of a function that creates jobs (`stack.toJsonString()`) or for a custom resource. Left to whoever creates a job: its manifest,
   * priority and token.
   *
   * @param target the function that the source was added to; fails for others
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateJob.html
   */
  public jobParameters(target: lambda.IFunction): { [name: string]: any } {
    const { reportBucket, reportPrefix, userArguments } = this.options;
    const LambdaInvoke = {
      FunctionArn: target.functionArn,
      InvocationSchemaVersion: this.schema,
      ...userArguments && { UserArguments: { ...userArguments } },
    };
    const Report = reportBucket
      ? { Enabled: true, Bucket: reportBucket.bucketArn, Format: JOB_REPORT_FORMAT, ReportScope: 'AllTasks', ...reportPrefix !== undefined && { Prefix: reportPrefix } }
      : { Enabled: false };
    return { AccountId: Stack.of(target).account, Operation: { LambdaInvoke }, RoleArn: this.roleOf(target).roleArn, Report };
  }

  /**
   * Lets a role or user create jobs that invoke a function: `s3:CreateJob`, and `iam:PassRole` for the role of the jobs.
   *
   * @param target the function that the source was added to; fails for others
   * @param grantee who creates jobs
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html
   */
  public grantCreateJob(target: lambda.IFunction, grantee: iam.IGrantable): iam.Grant {
    const passing = this.roleOf(target).grantPassRole(grantee.grantPrincipal);
    return iam.Grant.addToPrincipal({ grantee, actions: ['s3:CreateJob'], resourceArns: ['*'] }).combine(passing);
  }

  /** @internal */
  protected _sampleEvent(): object {
    return this.schema === BatchOperationsSchema.V2_0 ? batchOperationsEventV2(this.options.userArguments) : batchOperationsEvent();
  }

  private checkKeys(): void {
    const { manifestBucket, manifestKey, reportBucket, reportPrefix } = this.options;
    const wrong = manifestKey === '' ? 'manifestKey' : reportPrefix !== undefined && (!reportBucket || /^$|\/$/.test(reportPrefix)) ? 'reportPrefix' : undefined;
    if (wrong === undefined) return;
    const isOfNothing = wrong === 'reportPrefix' && !reportBucket;
    throw mistake(manifestBucket, {
      code: isOfNothing ? 'BatchOperationsNoReport' : 'BatchOperationsKeyMalformed',
      property: wrong,
      allowed: isOfNothing ? "left out when 'reportBucket' is" : wrong === 'manifestKey' ? 'at least one character' : 'a folder, without a slash at its end',
      got: this.options[wrong],
      fix: isOfNothing ? 'name the bucket that reports are written to' : "leave it out for all of the bucket, or write it as 'jobs/orders'",
    });
  }

  private checkArguments(): void {
    const { userArguments, manifestBucket } = this.options;
    if (userArguments === undefined) return;
    const { most, name: longestName, value: longestValue } = USER_ARGUMENTS;
    const entries = Object.entries(userArguments);
    const fits = entries.every(([name, value]) => (
      (!isKnown(name) || (name.length > 0 && name.length <= longestName)) && (!isKnown(value) || value.length <= longestValue)
    ));
    if (this.schema === BatchOperationsSchema.V2_0 && fits && entries.length <= most) return;
    const isOld = this.schema === BatchOperationsSchema.V1_0;
    throw mistake(manifestBucket, {
      code: isOld ? 'BatchOperationsArgumentsOfOldSchema' : 'BatchOperationsArguments',
      property: 'userArguments',
      allowed: isOld ? 'left out with BatchOperationsSchema.V1_0' : `up to ${most} values of at most ${longestValue} characters, with names of 1 to ${longestName}`,
      got: userArguments,
      fix: isOld ? "leave 'schema' out: events of version 1.0 have no arguments" : 'put what is longer into an object, and name that',
    });
  }
}
