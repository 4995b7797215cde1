import { App, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CodeCommitTriggerEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, PushSource, RepositorySourceOptions, ResourcePolicyMode } from '../../../src';
import { repositoryEvent } from '../../../src/events/push/samples/repository';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const REPOSITORY = 'AWS::CodeCommit::Repository';
const { ALL, CREATE_REF, UPDATE_REF } = codecommit.RepositoryEventTrigger;

const shop = (stack: Stack, repositoryName = 'shop') => new codecommit.Repository(stack, 'Repository', { repositoryName });

function pushedTo(options?: RepositorySourceOptions, context = NO_FLAGS) {
  const stack = stackWith(context);
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.repository(shop(stack), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const triggers = (stack: Stack) => only(stack, REPOSITORY).Properties.Triggers;

describe('defaults', () => {
  test('the function is invoked for all events', () => {
    const stack = pushedTo();
    expect(triggers(stack)).toEqual([{ DestinationArn: aliasRef(stack), Events: ['all'], Name: expect.stringMatching(/^Shop-Orders-[0-9A-F]+$/) }]);
  });

  test('the template', () => {
    expect(Template.fromStack(pushedTo()).toJSON()).toMatchSnapshot();
  });

  test('failed events are kept, unless told otherwise', () => {
    expect(ofType(pushedTo(), 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ofType(pushedTo({ keepFailedEvents: false }), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('mapping', () => {
  test('everything that can be said of the trigger', () => {
    expect(triggers(pushedTo({ events: [CREATE_REF, UPDATE_REF], branches: ['main', 'live'], customData: 'shop', triggerName: 'tell' })))
      .toMatchObject([{ Events: ['createReference', 'updateReference'], Branches: ['main', 'live'], CustomData: 'shop', Name: 'tell' }]);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.repository(shop(stack))] });
    expect(triggers(stack)[0].DestinationArn).toEqual(stack.resolve(fn.functionArn));
    expect(only(stack, 'AWS::Lambda::Permission').Properties.Principal).toBe('codecommit.amazonaws.com');
  });

  test('one source object serves two functions, and one function several triggers', () => {
    const stack = stackWith();
    const repository = shop(stack);
    const source = PushSource.repository(repository);
    const orders = new EventFunction(stack, 'Orders', MINIMAL);
    for (const fn of [orders, new EventFunction(stack, 'Returns', MINIMAL)]) fn.addEventSource(source);
    orders.addEventSource(PushSource.repository(repository, { triggerName: 'made', events: [CREATE_REF] }));
    expect(triggers(stack)).toHaveLength(3);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toHaveLength(2);
  });
});

describe('permissions', () => {
  const ARN = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':codecommit:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':shop']] };

  test.each([NO_FLAGS, NEW_APP])('the repository, in this account, may invoke the alias', (context) => {
    const stack = pushedTo({}, context);
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'codecommit.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: ARN,
    });
  });

  test('the repository waits for the permission, which does not wait for the repository', () => {
    const stack = pushedTo();
    const { logicalId, Properties } = only(stack, 'AWS::Lambda::Permission');
    const repository = only(stack, REPOSITORY);
    expect(repository.DependsOn).toEqual([logicalId]);
    expect(JSON.stringify(Properties)).not.toContain(repository.logicalId);
  });

  test('a document may hold it as well', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    fn.addEventSource(PushSource.repository(shop(stack)));
    expect(JSON.stringify(only(stack, 'AWS::Lambda::ResourcePolicy').Properties)).toContain('codecommit.amazonaws.com');
  });

  test('the way in is listed', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PushSource.repository(shop(stack)));
    expect(fn.invocationPaths()).toMatchObject([{ kind: 'push', caller: 'codecommit.amazonaws.com', qualifier: 'live' }]);
  });
});

describe('validation', () => {
  test.each<[string, RepositorySourceOptions, string]>([
    ['RepositoryEventsMalformed', { events: [] }, "'events' must be at least one event, and no other beside 'all', got []; leave it out for all events, or name those that are meant [RepositoryEventsMalformed at Shop/Repository]"],
    ['RepositoryEventsMalformed', { events: [ALL, CREATE_REF] }, 'got ["all","createReference"]'],
    ['RepositoryBranchesEmpty', { branches: [] }, "'branches' must be at least one branch, got []; leave it out for all branches and tags"],
    ['RepositoryTriggerNameMalformed', { triggerName: 'tell all' }, "'triggerName' must be 1 to 100 letters, digits, and any of ._-, got \"tell all\"; leave it out for a name made of the path of the function"],
    ['RepositoryTriggerNameMalformed', { triggerName: '' }, 'got ""'],
    ['RepositoryCustomDataLength', { customData: 'x'.repeat(1001) }, "'customData' must be at most 1,000 characters, got 1001; put it into a parameter or an object, and its name here"],
  ])('fails if %s', (code, options, message) => {
    const repository = shop(stackWith());
    expect(() => PushSource.repository(repository, options)).toThrow(message);
    expect(() => PushSource.repository(repository, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test('fails if a trigger of the repository has the name', () => {
    const stack = stackWith();
    const source = PushSource.repository(shop(stack), { triggerName: 'tell' });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    const returns = new EventFunction(stack, 'Returns', MINIMAL);
    expect(() => returns.addEventSource(source)).toThrow("'triggerName' must be different for each trigger of the repository, got \"tell\"; give each a 'triggerName' [RepositoryTriggerTwice at Shop/Repository]");
  });

  test('fails if there are more than ten', () => {
    const stack = stackWith();
    const repository = shop(stack);
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const add = (count: number) => fn.addEventSource(PushSource.repository(repository, { triggerName: `n${count}` }));
    for (let count = 1; count <= 10; count++) add(count);
    expect(() => add(11)).toThrow("'repository' must be invoking by at most 10 triggers, got 11; use PushSource.eventBridge() for the others: { source: ['aws.codecommit'] } [RepositoryTriggersTooMany at Shop/Repository]");
  });

  test('what only the deployment knows is taken as it is', () => {
    const stack = stackWith();
    const repository = shop(stack, new CfnParameter(stack, 'Name').valueAsString);
    const later = Lazy.string({ produce: () => 'later' });
    const source = PushSource.repository(repository, { customData: later, triggerName: later, branches: [later] });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    expect(source.sampleEvent()).toEqual(repositoryEvent());
    expect(triggers(stack)).toMatchObject([{ Branches: ['later'], CustomData: 'later', Name: 'later' }]);
    expect(JSON.stringify(only(stack, 'AWS::Lambda::Permission').Properties.SourceArn)).toContain('{"Ref":"Name"}');
  });
});

test('an imported function is invoked', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  fn.addEventSource(PushSource.repository(shop(stack)));
  expect(triggers(stack)[0].DestinationArn).toBe('arn:aws:lambda:eu-west-1:111122223333:function:theirs');
});

test('a repository of another stack is permitted there, without a circle', () => {
  const app = new App();
  const [code, service] = [new Stack(app, 'Code'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.repository(shop(code)));
  app.synth();
  expect(JSON.stringify(only(code, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
  expect(code.dependencies).toEqual([service]);
});

test('ids are a contract', () => {
  expect(only(pushedTo(), 'AWS::Lambda::Permission').logicalId).toMatch(/^RepositoryAllowInvokeShopOrdersA8B1F509\w{8}$/);
});

describe('the event', () => {
  test('is that of a trigger', () => {
    const event: CodeCommitTriggerEvent = repositoryEvent();
    expect(event.Records).toHaveLength(1);
  });

  test('has the repository, the branch and the data, and what is overridden', () => {
    const source = PushSource.repository(shop(stackWith()), { branches: ['live'], customData: 'shop' });
    expect(source.sampleEvent({ Records: [{ eventId: '7' }] }).Records).toMatchObject([{
      eventId: '7', customData: 'shop', codecommit: { references: [{ ref: 'refs/heads/live' }] }, eventSourceARN: 'arn:aws:codecommit:us-east-2:123456789012:shop',
    }]);
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.repository(shop(stackWith()));
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, principal: 'codecommit.amazonaws.com' });
  });
});
