import { Names } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { mayInvoke } from './invoking-role';
import { PushSourceBase } from './push-source-base';
import { graphqlResolverEvent } from './samples/graphql-resolver';
import { GRAPHQL_NAME, GRAPHQL_RESOLVER, RESOLVER_BATCH } from '../../limits/sources/graphql-resolver';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which field of a GraphQL API a function resolves. */
export interface GraphqlResolverSourceOptions {
  /**
   * Type of the schema that the field is of: `Query`, `Mutation` or a type of your own. Only together with `fieldName`.
   *
   * @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_Resolver.html
   * @default - the function is a data source alone, for resolvers of your own
   */
  readonly typeName?: string;

  /**
   * Field that the function resolves. Only together with `typeName`.
   *
   * @default - the function is a data source alone, for resolvers of your own
   */
  readonly fieldName?: string;

  /**
   * Name of the data source, and its id below the API: letters, digits and underscores, a digit not first. One function is one data
   * source, however many fields it resolves.
   *
   * @default - a name made of the path of the function
   */
  readonly dataSourceName?: string;

  /**
   * Hand at most so many fields of one request to the function at once: from 0 to 2,000. With it, the handler gets a list of
   * events and returns a list.
   *
   * @see https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-lambda-resolvers.html
   * @default - one field at a time
   */
  readonly maxBatchSize?: number;

  /**
   * Code of a resolver that makes the event and the answer.
   *
   * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-lambda-js.html
   * @default - the function gets the whole context of the field, and what it returns is the field
   */
  readonly code?: appsync.Code;

  /**
   * How long answers are kept, and by what they are told apart. Has an effect if the API has a cache.
   *
   * @default - answers are not kept
   */
  readonly cachingConfig?: appsync.CachingConfig;
}

/** A GraphQL API that invokes a function. Made by `PushSource.graphqlResolver()`. */
export class GraphqlResolverPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = GRAPHQL_RESOLVER;

  /** @internal */
  constructor(private readonly api: appsync.IGraphqlApi, private readonly options: GraphqlResolverSourceOptions) {
    super();
    this.checkField();
    this.checkResolver();
    for (const property of ['typeName', 'fieldName', 'dataSourceName'] as const) this.checkName(property, options[property]);
    checkWholeNumber(api, options.maxBatchSize, RESOLVER_BATCH, {
      code: 'GraphqlBatchOutOfRange', property: 'maxBatchSize', fix: 'leave it out to get one field at a time',
    });
  }

  /** Called by `addEventSource()`: makes the function a data source of the API, with a role that may invoke it, and the resolver. */
  public bind(target: lambda.IFunction): void {
    const { typeName, fieldName, code, maxBatchSize, cachingConfig } = this.options;
    const dataSource = this.dataSourceOf(target);
    if (typeName === undefined || fieldName === undefined) return;
    const runtime = code && appsync.FunctionRuntime.JS_1_0_0;
    dataSource.createResolver(`${typeName}${fieldName}Resolver`, { typeName, fieldName, code, runtime, maxBatchSize, cachingConfig });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { typeName, fieldName } = this.options;
    return graphqlResolverEvent(isKnown(typeName) ? typeName : undefined, isKnown(fieldName) ? fieldName : undefined);
  }

  /** The data source of a function, which several sources share. */
  private dataSourceOf(target: lambda.IFunction): appsync.LambdaDataSource {
    const name = this.options.dataSourceName ?? Names.uniqueResourceName(target, { maxLength: 64, allowedSpecialCharacters: '_' });
    const api = this.api as unknown as Construct;
    const sources = dataSources.get(this.api) ?? new Map<string, lambda.IFunction>();
    dataSources.set(this.api, sources);
    if (sources.has(name)) return this.shared(name, sources.get(name) as lambda.IFunction, target);
    sources.set(name, target);
    const role = new iam.Role(api, `${name}Role`, { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com') });
    mayInvoke(role, target);
    // The CDK grants more than that to a role that can be changed.
    const source = new appsync.LambdaDataSource(api, name, { api: this.api, name, lambdaFunction: target, serviceRole: role.withoutPolicyUpdates() });
    source.ds.node.addDependency(role);
    return source;
  }

  private shared(name: string, owner: lambda.IFunction, target: lambda.IFunction): appsync.LambdaDataSource {
    if (owner === target) return (this.api as unknown as Construct).node.findChild(name) as appsync.LambdaDataSource;
    throw mistake(this.api, {
      code: 'GraphqlDataSourceOfOther',
      property: 'dataSourceName',
      allowed: 'a name of its own for each function',
      got: name,
      fix: `leave it out, or give another one: it is that of ${owner.node.path}`,
    });
  }

  private checkField(): void {
    const { typeName, fieldName } = this.options;
    if ((typeName === undefined) === (fieldName === undefined)) return;
    throw mistake(this.api, {
      code: 'GraphqlFieldIncomplete',
      property: typeName === undefined ? 'typeName' : 'fieldName',
      allowed: `given when '${typeName === undefined ? 'fieldName' : 'typeName'}' is`,
      got: undefined,
      fix: 'give both to resolve a field, or none for a data source alone',
    });
  }

  private checkResolver(): void {
    const { fieldName, code, maxBatchSize, cachingConfig } = this.options;
    const useless = Object.entries({ code, maxBatchSize, cachingConfig }).find(([, value]) => value !== undefined);
    if (fieldName !== undefined || !useless) return;
    throw mistake(this.api, {
      code: 'GraphqlOptionWithoutField',
      property: useless[0],
      allowed: "left out when 'fieldName' is",
      got: useless[0] === 'maxBatchSize' ? maxBatchSize : 'a value',
      fix: "it is about the resolver of a field: give 'typeName' and 'fieldName'",
    });
  }

  private checkName(property: string, name: string | undefined): void {
    if (!isKnown(name) || GRAPHQL_NAME.test(name)) return;
    throw mistake(this.api, {
      code: 'GraphqlNameMalformed',
      property,
      allowed: 'letters, digits and underscores, a digit not first',
      got: name,
      fix: 'write it as the schema does',
    });
  }
}

/** The functions that data sources are of, by name, of each API. */
const dataSources = new WeakMap<appsync.IGraphqlApi, Map<string, lambda.IFunction>>();
