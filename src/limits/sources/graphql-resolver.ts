import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { Range } from '../range';

/** Resolvers of GraphQL APIs of AWS AppSync. */
export const GRAPHQL_RESOLVER: SourceSemantics = {
  service: 'AWS AppSync (GraphQL)',
  invocation: InvocationMode.SYNCHRONOUS,
  assumesRole: 'appsync.amazonaws.com',
  conditionKeys: [],
  retries: 'nobody tries again, unless the client does',
  failedEvents: 'nowhere: the field is null, and the client gets an error beside it',
  limits: [
    // https://docs.aws.amazon.com/general/latest/gr/appsync.html#limits_appsync: the whole request, of which a resolver is a part
    { name: 'time until the answer', value: 30, unit: 'seconds' },
  ],
  eventType: {
    typescript: 'AppSyncResolverEvent',
    python: 'AppSyncResolverEvent',
    dotnet: 'Amazon.Lambda.AppSyncEvents.AppSyncResolverEvent`1',
  },
  documentation: 'https://docs.aws.amazon.com/appsync/latest/devguide/direct-lambda-reference.html',
};

/** Fields of one batch. */
export const RESOLVER_BATCH: Range = {
  min: 0, max: 2000, unit: 'fields', source: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_Resolver.html',
};

/** A name in a schema. @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_Resolver.html */
export const GRAPHQL_NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;
