import * as path from 'path';
import { App, Aspects, CfnParameter, CfnResource, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction, EventFunctionProps, ImageEventFunction, NodejsEventFunction, WrapOptions } from '../../../src';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { summarize } from '../../../src/report/summary';
import { MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith, TemplateResource } from '../../function/functions';
import { built } from '../../function/images';
import { appOf, findingsIn } from '../../role/findings';

const PROVIDER = 'CustomPrunedVersionsCustomResourceProvider';

function orders(props: Partial<EventFunctionProps> = { keepVersions: 3 }, stack = stackWith()) {
  return { stack, fn: new EventFunction(stack, 'Orders', { ...MINIMAL, ...props }) };
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const pruned = (stack: Stack) => ofType(stack, 'Custom::PrunedVersions');

/** The policy of the provider. */
function statementsOf(stack: Stack): any[] {
  const [policy] = Object.entries(resourcesOf(stack)).filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith(PROVIDER));
  return policy[1].Properties.PolicyDocument.Statement;
}

const allowing = (stack: Stack, action: string) => statementsOf(stack).filter(({ Action }) => [Action].flat().includes(action));

describe('defaults', () => {
  test('without it all versions are kept, and nothing is made for it', () => {
    const { stack } = orders({});
    expect(Object.keys(resourcesOf(stack)).filter((id) => id.startsWith('Custom'))).toEqual([]);
  });

  test.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('what is made for it, %s', (_, context) => {
    const { stack } = orders({ keepVersions: 3 }, stackWith(context));
    expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
  });

  test('nothing of the function changes: all is added', () => {
    const [before, after] = [resourcesOf(orders({}).stack), resourcesOf(orders().stack)];
    expect(after).toMatchObject(before);
    const added = Object.keys(after).filter((id) => !(id in before));
    expect(added.every((id) => id.startsWith(PROVIDER))).toBe(true);
    expect(added.map((id) => after[id].Type).sort()).toEqual([
      'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::PrunedVersions',
    ]);
  });

  test('no rule has anything to say', () => {
    for (const context of [NO_FLAGS, NEW_APP]) {
      expect(findingsIn(appOf(orders({ keepVersions: 3 }, stackWith(context)).stack))).toEqual([]);
    }
  });
});

describe('mapping', () => {
  test('function, version and number', () => {
    const { stack } = orders();
    const { logicalId: version } = only(stack, 'AWS::Lambda::Version');
    expect(pruned(stack)[0].Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${PROVIDER}Handler[0-9A-F]{8}$`)), 'Arn'] },
      ServiceTimeout: '600',
      FunctionArn: { 'Fn::GetAtt': ['OrdersA9B65338', 'Arn'] },
      Version: { 'Fn::GetAtt': [version, 'Version'] },
      Keep: 3,
    });
  });

  test('it waits for all aliases of the function in the stack, whoever made them', () => {
    const { stack, fn } = orders();
    fn.addAlias('second');
    new lambda.Alias(stack, 'Third', { aliasName: 'third', version: fn.currentVersion });
    new lambda.CfnAlias(stack, 'Fourth', { name: 'fourth', functionName: fn.function.functionName, functionVersion: '4' });
    new EventFunction(stack, 'Other', MINIMAL);
    new lambda.CfnAlias(stack, 'Foreign', { name: 'foreign', functionName: 'orders', functionVersion: '1' });
    expect(pruned(stack)[0].DependsOn).toEqual(['Fourth', 'OrdersAliasliveD9288011', 'OrdersAliassecondDE954C6B', 'Third1125870F']);
  });

  test('it tells which other versions the aliases name, also with a weight', () => {
    const { stack, fn } = orders();
    new lambda.CfnAlias(stack, 'Pinned', { name: 'pinned', functionName: fn.function.functionArn, functionVersion: '4' });
    new lambda.CfnAlias(stack, 'Again', { name: 'again', functionName: fn.function.functionName, functionVersion: '4' });
    new lambda.CfnAlias(stack, 'Weighted', {
      name: 'weighted',
      functionName: fn.function.functionName,
      functionVersion: fn.currentVersion.version,
      routingConfig: { additionalVersionWeights: [{ functionVersion: '7', functionWeight: 0.1 }] },
    });
    expect(pruned(stack)[0].Properties.Aliases.sort()).toEqual(['4', '7']);
  });

  test('versions are retained, of wrapped functions as well', () => {
    const stack = stackWith();
    EventFunction.wrap(stack, 'Live', new lambda.Function(stack, 'Theirs', MINIMAL), { keepVersions: 2 });
    expect(only(stack, 'AWS::Lambda::Version')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test.each<[string, (stack: Stack, options: WrapOptions) => void]>([
    ['ImageEventFunction', (stack, options) => new ImageEventFunction(stack, 'Orders', { code: built(), ...options })],
    ['NodejsEventFunction', (stack, options) => {
      stack.node.setContext('cdk-event-functions:bundle-cache', false);
      new NodejsEventFunction(stack, 'Orders', { runtime: MINIMAL.runtime, entry: path.join(__dirname, '../../fixtures/handler/index.js'), ...options });
    }],
    ['EventFunction.wrap()', (stack, options) => EventFunction.wrap(stack, 'Live', new lambda.Function(stack, 'Orders', MINIMAL), options)],
  ])('%s has it, too', (_, make) => {
    const stack = stackWith();
    make(stack, { keepVersions: 4 });
    expect(pruned(stack).map(({ Properties }) => [Properties.FunctionArn, Properties.Keep])).toEqual([[{ 'Fn::GetAtt': ['OrdersA9B65338', 'Arn'] }, 4]]);
    expect(findingsIn(appOf(stack))).toEqual([]);
  });
});

describe('a new version', () => {
  const template = (code: string) => {
    const stack = stackWith(NEW_APP);
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, code: lambda.Code.fromInline(code), keepVersions: 3 });
    fn.addAlias('second');
    return Template.fromStack(stack).toJSON().Resources as Record<string, TemplateResource>;
  };

  test('changes nothing but itself, the aliases, and the number that is told', () => {
    const [before, after] = [template('exports.handler = async () => 1;'), template('exports.handler = async () => 2;')];
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id])).map((id) => (after[id] ?? before[id]).Type);
    expect(changed.sort()).toEqual([
      'AWS::Lambda::Alias', 'AWS::Lambda::Alias', 'AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::Version', 'Custom::PrunedVersions',
    ]);
    const [id] = Object.keys(before).filter((key) => before[key].Type === 'Custom::PrunedVersions');
    const { Version: _, ...rest } = before[id].Properties;
    expect(after[id].Properties).toMatchObject(rest);
  });

  test('without one nothing changes', () => {
    expect(template('exports.handler = async () => 1;')).toEqual(template('exports.handler = async () => 1;'));
  });
});

describe('permissions', () => {
  test('versions may be deleted, the function may not', () => {
    const { stack } = orders();
    expect(allowing(stack, 'lambda:DeleteFunction').map(({ Resource }) => Resource)).toEqual([
      { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['OrdersA9B65338', 'Arn'] }, ':*']] },
    ]);
  });

  test('all else is reading, and writing the log', () => {
    const { stack } = orders();
    const actions = statementsOf(stack).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/^lambda:(List|Get)/.test(action)).sort()).toEqual(['lambda:DeleteFunction', 'logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(statementsOf(stack).filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual(['lambda:ListEventSourceMappings']);
  });

  test('every call of the handler is allowed, on what it names', () => {
    const { stack } = orders();
    const arn = { 'Fn::GetAtt': ['OrdersA9B65338', 'Arn'] };
    const onVersions = { 'Fn::Join': ['', [arn, ':*']] };
    for (const action of ['ListVersionsByFunction', 'ListAliases', 'ListProvisionedConcurrencyConfigs']) {
      expect(allowing(stack, `lambda:${action}`).map(({ Resource }) => Resource)).toEqual([arn]);
    }
    for (const action of ['GetPolicy', 'ListDurableExecutionsByFunction', 'DeleteFunction']) {
      expect(allowing(stack, `lambda:${action}`).map(({ Resource }) => Resource)).toEqual([onVersions]);
    }
  });

  test('no AWS managed policy, and Lambda alone may assume the role', () => {
    const { stack } = orders();
    const [role] = Object.entries(resourcesOf(stack)).filter(([id, { Type }]) => Type === 'AWS::IAM::Role' && id.startsWith(PROVIDER)).map(([, { Properties }]) => Properties);
    expect(role).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }],
      },
    });
  });

  test('two functions share one provider, which may prune these two and no other', () => {
    const { stack } = orders();
    new EventFunction(stack, 'Bills', { ...MINIMAL, keepVersions: 5 });
    new EventFunction(stack, 'Kept', MINIMAL);
    expect(pruned(stack).map(({ Properties }) => Properties.Keep)).toEqual([3, 5]);
    expect(ofType(stack, 'AWS::Lambda::Function')).toHaveLength(4);
    const [{ Resource }] = allowing(stack, 'lambda:DeleteFunction');
    expect(JSON.stringify(Resource).match(/\w+(?=","Arn)/g)).toEqual(['OrdersA9B65338', expect.stringMatching(/^Bills/)]);
  });

  test('the function gets none of it, nor does its deployer: provider and resource are no part of it', () => {
    const statements = (props: Partial<EventFunctionProps>) => {
      const { stack, fn } = orders(props);
      return [fn.deployPermissions().map((statement) => stack.resolve(statement.toStatementJson())), fn.invocationPaths()];
    };
    expect(statements({ keepVersions: 3 })).toEqual(statements({}));
  });
});

describe('no circle comes of it', () => {
  test('when pruned functions call and wait for each other', () => {
    const { stack, fn } = orders();
    const caller = new EventFunction(stack, 'Caller', { ...MINIMAL, keepVersions: 3, environment: { ORDERS: fn.functionArn } });
    fn.grantInvoke(caller);
    caller.node.addDependency(fn);
    const last = new EventFunction(stack, 'Last', { ...MINIMAL, keepVersions: 3 });
    last.function.node.addDependency(caller);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

test('no more than four functions are pruned at a time', () => {
  const stack = stackWith();
  for (const id of 'ABCDEFGHI') new EventFunction(stack, id, { ...MINIMAL, keepVersions: 2 });
  const waits = pruned(stack).map(({ DependsOn }) => DependsOn!.filter((id) => id.startsWith(PROVIDER)).map((id) => id.slice(`${PROVIDER}Of`.length, -8)));
  expect(waits).toEqual([[], [], [], [], ['A'], ['B'], ['C'], ['D'], ['E']]);
});

describe('validation', () => {
  test.each([2, 3, 1000])('%d versions may be kept', (keepVersions) => {
    expect(pruned(orders({ keepVersions }).stack)[0].Properties.Keep).toBe(keepVersions);
  });

  test.each([1, 0, -1, 2.5, NaN, Infinity, 1001, '3', null])('fails if it is %p', (keepVersions) => {
    expect(() => orders({ keepVersions: keepVersions as number })).toThrow(
      `'keepVersions' must be between 2 and 1000 versions (a whole number), got ${typeof keepVersions === 'number' ? keepVersions : JSON.stringify(keepVersions)}; `
      + 'a failed deployment goes back to the version before, so two are the least; leave it out to keep all [KeepVersionsOutOfRange at Shop/Orders]',
    );
  });

  test('fails if it is refused, before anything is made', () => {
    const stack = stackWith();
    expect(() => orders({ keepVersions: 1 }, stack)).toThrow();
    expect(stack.node.findAll().filter(CfnResource.isCfnResource)).toEqual([]);
  });

  test('fails if CloudFormation is to delete versions', () => {
    expect(() => orders({ keepVersions: 3, currentVersionOptions: { removalPolicy: RemovalPolicy.DESTROY } })).toThrow(
      "'keepVersions' must be left out when the removal policy of versions is DESTROY, with which CloudFormation keeps one only, got 3; "
      + "drop the removal policy from 'currentVersionOptions' [VersionsNotRetained at Shop/Orders]",
    );
  });

  test('fails if a wrapped function is to have its versions deleted', () => {
    const stack = stackWith();
    const theirs = new lambda.Function(stack, 'Theirs', { ...MINIMAL, currentVersionOptions: { removalPolicy: RemovalPolicy.DESTROY } });
    expect(() => EventFunction.wrap(stack, 'Live', theirs, { keepVersions: 3 })).toThrow('[VersionsNotRetained at Shop/Live]');
  });

  test('another removal policy that retains is left as it is', () => {
    const { stack } = orders({ keepVersions: 3, currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } });
    expect(only(stack, 'AWS::Lambda::Version').DeletionPolicy).toBe('RetainExceptOnCreate');
  });
});

describe('tokens', () => {
  test('a number that the deployment decides is handed on', () => {
    const stack = stackWith();
    orders({ keepVersions: new CfnParameter(stack, 'Keep', { type: 'Number', default: 5 }).valueAsNumber }, stack);
    expect(pruned(stack)[0].Properties.Keep).toEqual({ Ref: 'Keep' });
  });

  test('an alias name and a function name that are decided then', () => {
    const stack = stackWith();
    const name = (id: string) => new CfnParameter(stack, id).valueAsString;
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, keepVersions: 3, aliasName: name('Alias'), functionName: name('Name') });
    expect(pruned(stack)[0].DependsOn).toEqual([stack.resolve((fn.alias.node.defaultChild as CfnResource).logicalId)]);
  });
});

describe('stacks', () => {
  test('each has a provider of its own, and a nested stack too', () => {
    const app = new App();
    const [one, two] = ['One', 'Two'].map((id) => new Stack(app, id));
    const nested = new NestedStack(two, 'Nested');
    for (const stack of [one, two, nested]) orders({ keepVersions: 3 }, stack);
    for (const stack of [one, two, nested]) {
      expect(pruned(stack)).toHaveLength(1);
      expect(ofType(stack, 'AWS::Lambda::Function')).toHaveLength(2);
      expect(pruned(stack)[0].DependsOn).toHaveLength(1);
    }
    expect(findingsIn(app)).toEqual([]);
  });

  test('it is where the function is, if a wrapper of another stack asks for it', () => {
    const app = new App();
    const [theirs, ours] = ['Theirs', 'Ours'].map((id) => new Stack(app, id));
    EventFunction.wrap(ours, 'Live', new lambda.Function(theirs, 'Orders', MINIMAL), { keepVersions: 3 });
    expect(pruned(theirs)).toHaveLength(1);
    expect(pruned(ours)).toEqual([]);
  });

  test('an alias of another stack is not waited for', () => {
    const { stack, fn } = orders();
    const other = new Stack(appOf(stack), 'Other');
    new lambda.Alias(other, 'Canary', { aliasName: 'canary', version: fn.currentVersion });
    expect(pruned(stack)[0].DependsOn).toEqual(['OrdersAliasliveD9288011']);
  });

  test('the template is the same in each stage', () => {
    const app = new App();
    const [dev, prod] = ['Dev', 'Prod'].map((id) => new Stack(new Stage(app, id), 'Shop'));
    orders({ keepVersions: 3 }, dev);
    orders({ keepVersions: 3 }, prod);
    expect(resourcesOf(dev)).toEqual(resourcesOf(prod));
  });

  test('the function may have a role that cannot be changed', () => {
    const stack = stackWith();
    orders({ keepVersions: 3, role: iam.Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::111122223333:role/Given', { mutable: false }) }, stack);
    expect(allowing(stack, 'lambda:DeleteFunction')).toHaveLength(1);
  });
});

describe('ids', () => {
  test('of all that is made', () => {
    expect(Object.keys(resourcesOf(orders().stack)).filter((id) => id.startsWith(PROVIDER))).toEqual([
      `${PROVIDER}Logs2075A6E8`,
      `${PROVIDER}RoleC19BAD71`,
      `${PROVIDER}RoleDefaultPolicyAB773E97`,
      `${PROVIDER}Handler45CADD02`,
      expect.stringMatching(new RegExp(`^${PROVIDER}OfOrders[0-9A-F]{8}$`)),
    ]);
  });

  test('functions may be called as the parts of the provider', () => {
    const stack = stackWith();
    for (const id of ['Handler', 'Role', 'Logs', 'Default', 'Of']) new EventFunction(stack, id, { ...MINIMAL, keepVersions: 2 });
    expect(pruned(stack)).toHaveLength(5);
  });

  test('the summary lists the provider as a helper', () => {
    const { stack } = orders();
    const [summary] = summarize(readAssembly(appOf(stack).synth().directory)).stacks;
    expect(summary.functions.map(({ name }) => name)).toEqual(['Shop/Orders']);
    expect(summary.helpers).toEqual(['Shop/Custom::PrunedVersionsCustomResourceProvider/Handler']);
  });
});

test('aspects that visit everything find nothing odd', () => {
  const { stack } = orders();
  Aspects.of(stack).add({ visit: (node) => CfnResource.isCfnResource(node) && node.addMetadata('seen', true) });
  expect(() => Template.fromStack(stack)).not.toThrow();
});
