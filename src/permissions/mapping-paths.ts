import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InvocationKind, InvocationPath } from './invocation-path';

/**
 * The sources that Lambda polls for a function, by whichever construct the mapping was made: by a source, by `lambda.EventSourceMapping`, or
 * by hand. Found by the function's own name and ARN.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export function mappingPaths(fn: lambda.IFunction, qualifier: string): InvocationPath[] {
  const names = [fn.functionName, fn.functionArn];
  return fn.node.root.node.findAll().filter((construct) => construct instanceof lambda.CfnEventSourceMapping)
    .filter(({ functionName }) => names.includes(functionName))
    .map((mapping) => {
      const { scope } = mapping.node;
      const made = scope instanceof lambda.EventSourceMapping ? scope : mapping;
      return { kind: InvocationKind.PULL, caller: 'lambda.amazonaws.com', source: sourceOf(mapping), qualifier, statement: made.node.path };
    });
}

/** Brokers that AWS does not run have no ARN. */
function sourceOf({ eventSourceArn, selfManagedEventSource }: lambda.CfnEventSourceMapping): string | undefined {
  const { endpoints } = (selfManagedEventSource ?? {}) as lambda.CfnEventSourceMapping.SelfManagedEventSourceProperty;
  const { kafkaBootstrapServers } = (endpoints ?? {}) as lambda.CfnEventSourceMapping.EndpointsProperty;
  return eventSourceArn ?? kafkaBootstrapServers?.join(', ');
}
