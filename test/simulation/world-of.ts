import { QueueWorld } from './queue-simulator';
import { StreamWorld } from './stream-simulator';

/** A template, as it is deployed: what is not in it is AWS's default. */
export interface DeployedTemplate {
  readonly Resources: Record<string, { readonly Type: string; Properties?: any }>;
}

const DAY = 86_400;

/** The properties of the only resource of a type. */
function propertiesOf({ Resources }: DeployedTemplate, type: string): any {
  const found = Object.values(Resources).filter(({ Type }) => Type === type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0].Properties ?? {};
}

/** The queue of the only mapping of a template, as AWS runs it. */
export function queueWorldOf(template: DeployedTemplate): QueueWorld {
  const mapping = propertiesOf(template, 'AWS::Lambda::EventSourceMapping');
  const fn = propertiesOf(template, 'AWS::Lambda::Function');
  const queueOf = (arn: any) => template.Resources[arn['Fn::GetAtt'][0]].Properties ?? {};
  const queue = queueOf(mapping.EventSourceArn);
  const redrive = queue.RedrivePolicy;
  return {
    visibility: queue.VisibilityTimeout ?? 30,
    retention: queue.MessageRetentionPeriod ?? 4 * DAY,
    ...redrive && {
      deadLetters: { maxReceiveCount: redrive.maxReceiveCount, retention: queueOf(redrive.deadLetterTargetArn).MessageRetentionPeriod ?? 4 * DAY },
    },
    batchSize: mapping.BatchSize ?? 10,
    window: mapping.MaximumBatchingWindowInSeconds ?? 0,
    most: mapping.ScalingConfig?.MaximumConcurrency ?? 1250,
    reportsFailures: reportsFailures(mapping),
    timeout: fn.Timeout ?? 3,
    reserved: fn.ReservedConcurrentExecutions,
  };
}

/** The stream of the only mapping of a template, as AWS runs it. */
export function streamWorldOf(template: DeployedTemplate): StreamWorld {
  const mapping = propertiesOf(template, 'AWS::Lambda::EventSourceMapping');
  const fn = propertiesOf(template, 'AWS::Lambda::Function');
  const stream = template.Resources[mapping.EventSourceArn['Fn::GetAtt'][0]].Properties ?? {};
  const destination = mapping.DestinationConfig?.OnFailure?.Destination;
  const isBucket = destination?.['Fn::GetAtt'] && template.Resources[destination['Fn::GetAtt'][0]].Type === 'AWS::S3::Bucket';
  const orEndless = (value: number = -1) => value === -1 ? Infinity : value;
  return {
    lanes: (stream.ShardCount ?? 1) * (mapping.ParallelizationFactor ?? 1),
    retention: (stream.RetentionPeriodHours ?? 24) * 3600,
    batchSize: mapping.BatchSize ?? 100,
    isHalved: mapping.BisectBatchOnFunctionError ?? false,
    reportsFailures: reportsFailures(mapping),
    retries: orEndless(mapping.MaximumRetryAttempts),
    recordAge: orEndless(mapping.MaximumRecordAgeInSeconds),
    destination: destination === undefined ? 'absent' : isBucket ? 'records' : 'told',
    startsWithLatest: mapping.StartingPosition === 'LATEST',
    reserved: fn.ReservedConcurrentExecutions,
  };
}

function reportsFailures(mapping: any): boolean {
  return (mapping.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures');
}

/** The properties of the first resource of a type that is meant, to change them. */
export function propertiesIn({ Resources }: DeployedTemplate, type: string, isMeant: (properties: any) => boolean = () => true): any {
  return Object.values(Resources).find((resource) => resource.Type === type && isMeant(resource.Properties))!.Properties;
}
