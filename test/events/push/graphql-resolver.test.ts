import * as path from 'path';
import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppSyncResolverEvent } from 'aws-lambda';
import { EventFunction, GraphqlResolverSourceOptions, InvocationMode, PushSource } from '../../../src';
import { graphqlResolverEvent } from '../../../src/events/push/samples/graphql-resolver';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const FIELD = { typeName: 'Query', fieldName: 'orders' };
const SOURCE = 'AWS::AppSync::DataSource';
const RESOLVER = 'AWS::AppSync::Resolver';

function apiIn(stack: Stack) {
  const definition = appsync.Definition.fromFile(path.join(__dirname, '../../rules/permissions/schema.graphql'));
  return new appsync.GraphqlApi(stack, 'Api', { name: 'shop', definition });
}

function resolved(options: GraphqlResolverSourceOptions = FIELD) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.graphqlResolver(apiIn(stack), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const invokes = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
  .filter(({ Action }) => Action === 'lambda:InvokeFunction');

describe('defaults', () => {
  test('the function resolves the field, with the whole context', () => {
    const stack = resolved();
    const { Properties } = only(stack, SOURCE);
    expect(Properties).toMatchObject({ Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: aliasRef(stack) } });
    expect(only(stack, RESOLVER).Properties).toEqual({
      ApiId: Properties.ApiId, DataSourceName: Properties.Name, FieldName: 'orders', Kind: 'UNIT', TypeName: 'Query',
    });
  });

  test('without a field, the function is a data source', () => {
    const stack = resolved({});
    expect(ofType(stack, SOURCE)).toHaveLength(1);
    expect(ofType(stack, RESOLVER)).toEqual([]);
  });

  test('the template', () => {
    expect(Template.fromStack(resolved()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('a batch, a cache and a name', () => {
    const stack = resolved({ ...FIELD, maxBatchSize: 10, cachingConfig: { ttl: Duration.minutes(1) }, dataSourceName: 'Orders' });
    expect(only(stack, RESOLVER).Properties).toMatchObject({ MaxBatchSize: 10, CachingConfig: { Ttl: 60 }, DataSourceName: 'Orders' });
    expect(only(stack, SOURCE).Properties.Name).toBe('Orders');
  });

  test('code runs in the JavaScript of AppSync', () => {
    const stack = resolved({ ...FIELD, code: appsync.Code.fromInline('export function request(ctx) {}') });
    expect(only(stack, RESOLVER).Properties).toMatchObject({ Code: 'export function request(ctx) {}', Runtime: { Name: 'APPSYNC_JS' } });
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.graphqlResolver(apiIn(stack), FIELD)] });
    const arn = stack.resolve(fn.functionArn);
    expect(only(stack, SOURCE).Properties.LambdaConfig.LambdaFunctionArn).toEqual(arn);
    expect(invokes(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: arn }]);
  });

  test('a function that resolves two fields is one data source', () => {
    const stack = stackWith();
    const api = apiIn(stack);
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const fieldName of ['orders', 'returns']) fn.addEventSource(PushSource.graphqlResolver(api, { typeName: 'Query', fieldName }));
    expect(ofType(stack, RESOLVER)).toHaveLength(2);
    expect(ofType(stack, SOURCE)).toHaveLength(1);
  });

  test('one source object makes two functions data sources', () => {
    const stack = stackWith();
    const source = PushSource.graphqlResolver(apiIn(stack));
    for (const id of ['Orders', 'Returns']) new EventFunction(stack, id, MINIMAL).addEventSource(source);
    expect(new Set(ofType(stack, SOURCE).map(({ Name }) => Name)).size).toBe(2);
  });
});

describe('permissions', () => {
  test('the role of the data source may invoke the alias, and nothing else', () => {
    const stack = resolved();
    expect(invokes(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: aliasRef(stack) }]);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toEqual([]);
  });

  test('AppSync alone assumes it', () => {
    const stack = resolved();
    const role = only(stack, SOURCE).Properties.ServiceRoleArn['Fn::GetAtt'][0];
    expect(resourcesOf(stack)[role].Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'appsync.amazonaws.com' } },
    ]);
  });

  test('the data source waits for what the role may do', () => {
    const stack = resolved();
    const [policy] = Object.entries(resourcesOf(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('InvokeFunction'));
    expect(only(stack, SOURCE).DependsOn).toContain(policy[0]);
  });

  test('nothing is kept of failed requests: the client gets the error', () => {
    expect(ofType(resolved(), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('validation', () => {
  test.each<[string, GraphqlResolverSourceOptions, string]>([
    ['GraphqlFieldIncomplete', { typeName: 'Query' }, "'fieldName' must be given when 'typeName' is, got undefined; give both to resolve a field, or none for a data source alone [GraphqlFieldIncomplete at Shop/Api]"],
    ['GraphqlFieldIncomplete', { fieldName: 'orders' }, "'typeName' must be given when 'fieldName' is"],
    ['GraphqlOptionWithoutField', { maxBatchSize: 5 }, "'maxBatchSize' must be left out when 'fieldName' is, got 5"],
    ['GraphqlOptionWithoutField', { code: appsync.Code.fromInline('//') }, "'code' must be left out when 'fieldName' is, got \"a value\""],
    ['GraphqlNameMalformed', { typeName: 'Query', fieldName: 'my-orders' }, "'fieldName' must be letters, digits and underscores, a digit not first, got \"my-orders\"; write it as the schema does"],
    ['GraphqlNameMalformed', { typeName: '', fieldName: 'orders' }, "'typeName' must be"],
    ['GraphqlNameMalformed', { dataSourceName: '1st' }, "'dataSourceName' must be"],
    ['GraphqlBatchOutOfRange', { ...FIELD, maxBatchSize: 2001 }, "'maxBatchSize' must be between 0 and 2000 fields (a whole number), got 2001; leave it out to get one field at a time"],
    ['GraphqlBatchOutOfRange', { ...FIELD, maxBatchSize: NaN }, 'got NaN'],
    ['GraphqlBatchOutOfRange', { ...FIELD, maxBatchSize: -1 }, 'got -1'],
  ])('fails if %s', (code, options, message) => {
    const api = apiIn(stackWith());
    expect(() => PushSource.graphqlResolver(api, options)).toThrow(message);
    expect(() => PushSource.graphqlResolver(api, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test('fails if two functions have one name as data sources', () => {
    const stack = stackWith();
    const source = PushSource.graphqlResolver(apiIn(stack), { dataSourceName: 'Orders' });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    const second = new EventFunction(stack, 'Returns', MINIMAL);
    const message = "'dataSourceName' must be a name of its own for each function, got \"Orders\"; leave it out, or give another one: it is that of Shop/Orders [GraphqlDataSourceOfOther at Shop/Api]";
    expect(() => second.addEventSource(source)).toThrow(message);
    expect(() => second.addEventSource(source)).toThrow(expect.objectContaining({ name: 'GraphqlDataSourceOfOther' }));
  });
});

test('tokens are never checked', () => {
  const stack = stackWith();
  const later = Lazy.string({ produce: () => 'orders' });
  const options = { typeName: 'Query', fieldName: later, maxBatchSize: Lazy.number({ produce: () => 5 }) };
  expect(() => PushSource.graphqlResolver(apiIn(stack), options)).not.toThrow();
});

test('an imported API gets its data source beside it', () => {
  const stack = stackWith();
  const api = appsync.GraphqlApi.fromGraphqlApiAttributes(stack, 'Theirs', { graphqlApiId: 'abc' });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.graphqlResolver(api, FIELD));
  expect(only(stack, SOURCE).Properties.ApiId).toBe('abc');
  expect(only(stack, RESOLVER).Properties.ApiId).toBe('abc');
});

describe('an imported function', () => {
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs';

  test('is invoked by its ARN; of what may be another account, it lets the role in, too', () => {
    const stack = stackWith();
    lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn, sameEnvironment: true }).addEventSource(PushSource.graphqlResolver(apiIn(stack), FIELD));
    expect(invokes(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: functionArn }]);
    const [permission] = ofType(stack, 'AWS::Lambda::Permission');
    expect(permission).toMatchObject({ FunctionName: functionArn, Principal: only(stack, SOURCE).Properties.ServiceRoleArn });
  });

  test('fails if nobody says whose it is: one of another account has to let the role in', () => {
    const stack = stackWith();
    const theirs = lambda.Function.fromFunctionArn(stack, 'Theirs', functionArn);
    expect(() => theirs.addEventSource(PushSource.graphqlResolver(apiIn(stack), FIELD))).toThrow(expect.objectContaining({ name: 'CannotModifyLambdaPermission' }));
  });
});

test('an API of another stack has data source, role and resolver there, without a circle', () => {
  const app = new App();
  const [edge, service] = [new Stack(app, 'Edge'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.graphqlResolver(apiIn(edge), FIELD));
  expect(JSON.stringify(invokes(edge))).toContain('Aliaslive');
  expect(JSON.stringify(only(edge, SOURCE).Properties)).toContain('Aliaslive');
  expect(ofType(service, SOURCE)).toEqual([]);
});

test('ids are a contract', () => {
  const stack = resolved();
  expect(only(stack, SOURCE)).toMatchObject({ logicalId: 'ApiShopOrdersA8B1F509C29835C9', Properties: { Name: 'ShopOrdersA8B1F509' } });
  expect(only(stack, RESOLVER).logicalId).toBe('ApiQueryordersResolver27762E87');
});

describe('the event', () => {
  test('is that of a resolver', () => {
    const event: AppSyncResolverEvent<{ [name: string]: unknown }> = graphqlResolverEvent();
    expect(event.info).toMatchObject({ parentTypeName: 'Query', fieldName: 'getPost' });
  });

  test('has the field of the source, and what is overridden', () => {
    const source = PushSource.graphqlResolver(apiIn(stackWith()), FIELD);
    expect(source.sampleEvent({ arguments: { id: '7' } })).toMatchObject({ arguments: { id: '7' }, info: { parentTypeName: 'Query', fieldName: 'orders' } });
    expect(PushSource.graphqlResolver(apiIn(stackWith())).sampleEvent().info.fieldName).toBe('getPost');
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.graphqlResolver(apiIn(stackWith()));
    expect(semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, assumesRole: 'appsync.amazonaws.com' });
    expect(semantics.principal).toBeUndefined();
  });
});
