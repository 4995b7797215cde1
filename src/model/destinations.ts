import { wiringOf } from './iam/resource-policy';
import { Text, textOf } from './iam/text';
import { serviceIn } from './needs/need';
import { oncePerApp } from './once-per-app';
import { Reference, referenceIn } from './reference';
import type { Resource } from './resource';
import { isNoValue, Json } from './template';

/** What is sent: records of asynchronous invocations, or the events themselves that failed. */
export type Sent = 'success' | 'failure' | 'dead letters';

/** Where a function has what became of an asynchronous invocation sent. */
export interface Destination {
  readonly fn: Resource;

  /** The qualifier whose invocations are meant; dead letters are those of all. */
  readonly qualifier?: string;
  readonly sent: Sent;

  /** The resource that says so, and where in it. */
  readonly resource: Resource;
  readonly path: string;
  readonly json: Json;

  /** The ARN as far as it is known, the service in it, and the resource of this app that it is of. */
  readonly arn: Text;
  readonly service?: string;
  readonly reference?: Reference;
}

/** The destinations of the asynchronous invocations of an app's functions, in the order of the functions. */
export const destinationsOf = oncePerApp((app): readonly Destination[] => app.ofType('AWS::Lambda::Function').flatMap((fn) => [
  ...destinationAt({ fn, sent: 'dead letters', resource: fn }, 'DeadLetterConfig.TargetArn'),
  ...wiringOf(app).asyncConfigs(fn).flatMap(({ resource, qualifier }) => [
    ...destinationAt({ fn, qualifier, sent: 'success', resource }, 'DestinationConfig.OnSuccess.Destination'),
    ...destinationAt({ fn, qualifier, sent: 'failure', resource }, 'DestinationConfig.OnFailure.Destination'),
  ]),
]));

function destinationAt(about: Pick<Destination, 'fn' | 'qualifier' | 'sent' | 'resource'>, path: string): Destination[] {
  const { resource } = about;
  const raw = resource.raw(path);
  // without a text, Lambda takes a setting away
  if (raw.kind !== 'known' || isNoValue(raw.value) || raw.value === '') return [];
  const arn = textOf(raw.value, resource.stack);
  const reference = referenceIn(raw.value, resource.stack);
  return [{ ...about, path: `Properties/${path.replaceAll('.', '/')}`, json: raw.value, arn, service: serviceIn(arn), reference: reference?.exact ? reference : undefined }];
}
