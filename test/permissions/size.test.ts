import { App, Stack, StackProps, Stage } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { circle } from './circle';
import { said } from './said';
import { wireAll } from './wired';
import { EventFunction, ResourcePolicyMode } from '../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { MAX_RESOURCE_POLICY_BYTES } from '../../src/limits/resource-policy';
import { resourcePolicySizes } from '../../src/model/iam/resource-policy-sizes';
import { resourcePolicyFits } from '../../src/rules/permissions/resource-policy-fits';
import { resourcePolicyHasRoom } from '../../src/rules/permissions/resource-policy-has-room';
import { MINIMAL, resourcesOf } from '../function/functions';

const { PERMISSIONS, DOCUMENT } = ResourcePolicyMode;
const ENV = { account: '111122223333', region: 'eu-central-1' };

function orders(resourcePolicyMode: ResourcePolicyMode, props: StackProps = { env: ENV }) {
  const app = new App({ context: { 'cdk-event-functions:rules': false } });
  const stack = new Stack(app, 'Shop', props);
  return { app, stack, fn: new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode }) };
}

function addRules(stack: Stack, fn: lambda.IFunction, count: number): void {
  for (let index = 0; index < count; index++) {
    new events.Rule(stack, `Rule${index}`, { eventPattern: { source: [`shop.${index}`] }, targets: [new targets.LambdaFunction(fn)] });
  }
}

/** What the rules say of an app about the size of its resource policies. */
function findings(app: App) {
  const model = readAssembly(app.synth().directory);
  return {
    sizes: resourcePolicySizes(model),
    tooLong: [...resourcePolicyFits.check(model)].map(({ message }) => message),
    nearlyFull: [...resourcePolicyHasRoom.check(model)].map(({ message }) => message),
  };
}

describe('rules of EventBridge for one function', () => {
  test('200 fit into a document, whose length is counted by its text', () => {
    const { app, stack, fn } = orders(DOCUMENT);
    addRules(stack, fn, 200);
    expect(fn.resourcePolicy.statements).toHaveLength(200);
    expect(said(stack)).toHaveLength(200);
    expect(circle(resourcesOf(stack))).toBeUndefined();
    const { sizes, tooLong } = findings(app);
    expect(tooLong).toEqual([]);
    expect(sizes).toHaveLength(1);
    expect(sizes[0].statements).toHaveLength(1);
    expect(fn.resourcePolicy.estimatedBytes).toBeLessThanOrEqual(MAX_RESOURCE_POLICY_BYTES);
  });

  test('with plain permissions that is far too much, and said so with a table', () => {
    const { app, stack, fn } = orders(PERMISSIONS);
    addRules(stack, fn, 200);
    const { tooLong, nearlyFull } = findings(app);
    expect([...tooLong, ...nearlyFull]).toHaveLength(1);
    expect([...tooLong, ...nearlyFull][0]).toMatch(/events\.amazonaws\.com/);
    expect(fn.resourcePolicy.estimatedBytes).toBeGreaterThan(MAX_RESOURCE_POLICY_BYTES);
  });
});

describe('estimatedBytes', () => {
  test.each([PERMISSIONS, DOCUMENT])('is what the rules count in the finished app, in %s', (mode) => {
    const { app, stack, fn } = orders(mode);
    wireAll(stack, fn);
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    fn.grantInvoke(new iam.AccountPrincipal('444455556666'));
    const estimated = fn.resourcePolicy.estimatedBytes;
    const { sizes } = findings(app);
    expect(sizes).toHaveLength(1);
    const { bytes: { least, likely } } = sizes[0];
    expect(estimated).toBeGreaterThanOrEqual(least);
    // The model knows names and forms of ARNs that the construct has to reckon with the usual length of.
    expect(Math.abs(estimated / likely - 1)).toBeLessThan(0.15);
  });

  test.each([PERMISSIONS, DOCUMENT])('grows with each statement, in %s', (mode) => {
    const { fn } = orders(mode);
    let before = fn.resourcePolicy.estimatedBytes;
    for (const account of ['444455556666', '777788889999']) {
      fn.grantInvoke(new iam.AccountPrincipal(account));
      expect(fn.resourcePolicy.estimatedBytes).toBeGreaterThan(before);
      before = fn.resourcePolicy.estimatedBytes;
    }
  });

  test('is exact where nothing is left to the deployment', () => {
    const { fn } = orders(DOCUMENT);
    fn.resourcePolicy.allow('Partner', { principal: new iam.ArnPrincipal('arn:aws:iam::444455556666:role/caller') });
    const policy = {
      Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/caller' }, Resource: '' }],
      Version: '2012-10-17',
    };
    const arn = fn.resourcePolicy.estimatedBytes - JSON.stringify(policy).length;
    // arn:aws:lambda:eu-central-1:111122223333:function:Shop-OrdersA9B65338-abcdefghijkl:live
    expect(arn).toBeGreaterThan(60);
    expect(arn).toBeLessThan(110);
  });

  test('works in any environment', () => {
    const { stack, fn } = orders(DOCUMENT, {});
    addRules(stack, fn, 3);
    expect(fn.resourcePolicy.estimatedBytes).toBeGreaterThan(300);
  });
});

describe('sources of other stacks', () => {
  const rule = (stack: Stack, fn: lambda.IFunction) => addRules(stack, fn, 1);

  test('permissions are written beside their sources, and no circle closes', () => {
    const { app, stack, fn } = orders(PERMISSIONS);
    const other = new Stack(app, 'Sources', { env: ENV });
    rule(other, fn);
    expect(Object.values(resourcesOf(other)).map(({ Type }) => Type)).toContain('AWS::Lambda::Permission');
    expect(stack.dependencies).toEqual([]);
    expect(other.dependencies).toEqual([stack]);
  });

  test('fails if a document would close a circle, and says what to do', () => {
    const { app, fn } = orders(DOCUMENT);
    const other = new Stack(app, 'Sources', { env: ENV });
    expect(() => rule(other, fn)).toThrow(
      "'resourcePolicyMode' for statement 'AllowEventRuleShopOrdersA8B1F509' must be ResourcePolicyMode.PERMISSIONS when a source is in another stack ('Sources'; the function is in 'Shop'), got \"DOCUMENT\"; "
      + "'Sources' names the function, and the policy document in 'Shop' would name the source: use PERMISSIONS for this function or alias, put both into one stack, or give the source a fixed name and its ARN as text (Stack.formatArn) [DocumentWouldCloseCycle at Shop/Orders]");
    expect(fn.resourcePolicy.statements).toEqual([]);
  });

  test.each([['that is known', { env: ENV }], ['of any account and Region', {}]])('a source with a name is taken, in an environment %s: that closes no circle', (_, props) => {
    const { app, stack, fn } = orders(DOCUMENT, props);
    const other = new Stack(app, 'Sources', props);
    const sourceArn = other.formatArn({ service: 'events', resource: 'rule', resourceName: 'nightly' });
    fn.resourcePolicy.allow('Nightly', { scope: other, principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn });
    expect(said(stack)[0].conditions['ArnLike aws:SourceArn']).toMatch(/:rule\/nightly$/);
    expect(stack.dependencies).toEqual([]);
  });

  test('functions of two stages have a policy each', () => {
    const app = new App({ context: { 'cdk-event-functions:rules': false } });
    for (const name of ['Test', 'Prod']) {
      const stack = new Stack(new Stage(app, name, { env: ENV }), 'Shop');
      addRules(stack, new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: DOCUMENT }), 2);
    }
    expect(findings(app).sizes.map(({ isDocument, statements }) => [isDocument, statements.length])).toEqual([[true, 1], [true, 1]]);
  });
});
