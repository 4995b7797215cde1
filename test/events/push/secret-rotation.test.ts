import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SecretsManagerRotationEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, PushSource, SecretRotationSourceOptions } from '../../../src';
import { secretRotationEvent } from '../../../src/events/push/samples/secret-rotation';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const SCHEDULE = 'AWS::SecretsManager::RotationSchedule';
const PERMISSION = 'AWS::Lambda::Permission';
const ACTIONS = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map((name) => `secretsmanager:${name}`);

function rotated(options?: SecretRotationSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.secretRotation(new secretsmanager.Secret(stack, 'Password'), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const statements = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const rotations = (stack: Stack) => statements(stack).filter(({ Action }) => JSON.stringify(Action) === JSON.stringify(ACTIONS));

describe('defaults', () => {
  test('the function rotates the secret every 30 days', () => {
    const stack = rotated();
    expect(only(stack, SCHEDULE).Properties).toEqual({
      RotationLambdaARN: aliasRef(stack),
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
      SecretId: { Ref: only(stack, 'AWS::SecretsManager::Secret').logicalId },
    });
  });

  test('failed events are kept', () => {
    expect(ofType(rotated(), 'AWS::SQS::Queue')).toHaveLength(1);
  });

  test('the template', () => {
    expect(Template.fromStack(rotated()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('interval and first rotation', () => {
    const { Properties } = only(rotated({ automaticallyAfter: Duration.hours(12), rotateImmediatelyOnUpdate: false }), SCHEDULE);
    expect(Properties).toMatchObject({ RotationRules: { ScheduleExpression: 'rate(12 hours)' }, RotateImmediatelyOnUpdate: false });
  });

  test('an interval of 0 rotates on demand', () => {
    expect(only(rotated({ automaticallyAfter: Duration.days(0) }), SCHEDULE).Properties.RotationRules).toBeUndefined();
  });

  test('failed events are not kept if that is not wanted', () => {
    expect(ofType(rotated({ keepFailedEvents: false }), 'AWS::SQS::Queue')).toEqual([]);
  });

  test('a dead-letter queue of the function takes the place of the queue', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, deadLetterQueue: new sqs.Queue(stack, 'Dead') });
    fn.addEventSource(PushSource.secretRotation(new secretsmanager.Secret(stack, 'Password')));
    expect(ofType(stack, 'AWS::SQS::Queue')).toHaveLength(1);
  });

  test('one function rotates two secrets', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const id of ['Password', 'Token']) fn.addEventSource(PushSource.secretRotation(new secretsmanager.Secret(stack, id)));
    expect(ofType(stack, SCHEDULE)).toHaveLength(2);
    expect(ofType(stack, PERMISSION)).toHaveLength(1);
  });
});

describe('permissions', () => {
  test('Secrets Manager, for secrets of this account, may invoke the alias', () => {
    const stack = rotated();
    expect(only(stack, PERMISSION).Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });

  test('a plain lambda.Function is held to this account, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.secretRotation(new secretsmanager.Secret(stack, 'Password'))] });
    expect(only(stack, PERMISSION).Properties).toMatchObject({ SourceAccount: { Ref: 'AWS::AccountId' } });
  });

  test('permissions that others wrote stay as they are', () => {
    const stack = stackWith();
    const plain = new lambda.Function(stack, 'Plain', MINIMAL);
    const other = new lambda.CfnPermission(plain, 'Other', { action: 'lambda:InvokeFunction', functionName: plain.functionName, principal: 'sns.amazonaws.com' });
    plain.addEventSource(PushSource.secretRotation(new secretsmanager.Secret(stack, 'Password')));
    expect(other.sourceAccount).toBeUndefined();
  });

  test('the schedule waits for the permission: Secrets Manager asks for it', () => {
    const stack = rotated();
    expect(only(stack, SCHEDULE).DependsOn).toContain(only(stack, PERMISSION).logicalId);
  });

  test('the function may rotate this secret only', () => {
    const stack = rotated();
    const secret = { Ref: only(stack, 'AWS::SecretsManager::Secret').logicalId };
    expect(rotations(stack)).toEqual([{ Action: ACTIONS, Effect: 'Allow', Resource: secret }]);
    expect(statements(stack)).toContainEqual({ Action: 'secretsmanager:GetRandomPassword', Effect: 'Allow', Resource: '*' });
  });

  test('the function may use the key of the secret: by the policy of the key', () => {
    const stack = stackWith();
    const secret = new secretsmanager.Secret(stack, 'Password', { encryptionKey: new kms.Key(stack, 'Key') });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.secretRotation(secret));
    expect(JSON.stringify(only(stack, 'AWS::KMS::Key').Properties.KeyPolicy)).toContain('OrdersServiceRole');
    expect(JSON.stringify(statements(stack))).not.toContain('kms:');
  });

  test('the function may use an imported key: by the policy of its role', () => {
    const stack = stackWith();
    const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const secret = new secretsmanager.Secret(stack, 'Password', { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', keyArn) });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.secretRotation(secret));
    expect(statements(stack)).toContainEqual({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
      Effect: 'Allow',
      Resource: keyArn,
    });
  });
});

describe('validation', () => {
  test.each<[Duration, string]>([
    [Duration.hours(3), "'automaticallyAfter' must be 0, or whole hours from 4 to 24000 (1,000 days), got \"3 hours\"; leave it out for 30 days [RotationIntervalOutOfRange at Shop/Password]"],
    [Duration.minutes(250), 'got "4.166666666666667 hours"'],
    [Duration.days(1001), 'got "24024 hours"'],
  ])('fails if the interval is %s', (automaticallyAfter, message) => {
    const secret = new secretsmanager.Secret(stackWith(), 'Password');
    expect(() => PushSource.secretRotation(secret, { automaticallyAfter })).toThrow(message);
    expect(() => PushSource.secretRotation(secret, { automaticallyAfter })).toThrow(expect.objectContaining({ name: 'RotationIntervalOutOfRange' }));
  });

  test.each([Duration.hours(4), Duration.days(1000), Duration.minutes(300)])('%s passes', (automaticallyAfter) => {
    expect(ofType(rotated({ automaticallyAfter }), SCHEDULE)).toHaveLength(1);
  });

  test('fails if two functions rotate a secret', () => {
    const stack = stackWith();
    const source = PushSource.secretRotation(new secretsmanager.Secret(stack, 'Password'));
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    const second = new EventFunction(stack, 'Returns', MINIMAL);
    const message = "'secret' must be rotated by one function, got \"Shop/Orders and Shop/Returns\"; a secret has one rotation: give each function a secret of its own [SecretRotatedTwice at Shop/Password]";
    expect(() => second.addEventSource(source)).toThrow(message);
    expect(() => second.addEventSource(source)).toThrow(expect.objectContaining({ name: 'SecretRotatedTwice' }));
  });
});

test('tokens are never checked', () => {
  const automaticallyAfter = Duration.days(Lazy.number({ produce: () => 7 }));
  expect(() => PushSource.secretRotation(new secretsmanager.Secret(stackWith(), 'Password'), { automaticallyAfter })).not.toThrow();
});

describe('imported resources', () => {
  test('a secret that is known by name is met with any suffix', () => {
    const stack = stackWith();
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Theirs', 'shop/password');
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.secretRotation(secret));
    expect(JSON.stringify(rotations(stack)[0].Resource)).toContain(':secret:shop/password-??????');
  });

  test('a function gets its permission, and the schedule waits for it', () => {
    const stack = stackWith();
    const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs';
    const theirs = lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn, sameEnvironment: true });
    theirs.addEventSource(PushSource.secretRotation(new secretsmanager.Secret(stack, 'Password')));
    const { Properties, logicalId } = only(stack, PERMISSION);
    expect(Properties).toMatchObject({ FunctionName: functionArn, Principal: 'secretsmanager.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } });
    expect(only(stack, SCHEDULE).DependsOn).toContain(logicalId);
  });
});

describe('a secret of another stack', () => {
  function across(encrypted: boolean) {
    const app = new App();
    const [storage, service] = [new Stack(app, 'Storage'), new Stack(app, 'Service')];
    const secret = new secretsmanager.Secret(storage, 'Password', { encryptionKey: encrypted ? new kms.Key(storage, 'Key') : undefined });
    new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.secretRotation(secret));
    return { storage, service };
  }

  test('is rotated by a schedule beside the function, without a circle', () => {
    const { storage, service } = across(false);
    expect(only(service, SCHEDULE).DependsOn).toContain(only(service, PERMISSION).logicalId);
    expect(ofType(storage, SCHEDULE)).toEqual([]);
  });

  test('may have a key of its own: the role may use it, the policy of the key is left alone', () => {
    const { storage, service } = across(true);
    expect(ofType(service, SCHEDULE)).toHaveLength(1);
    expect(statements(service)).toContainEqual(expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }));
    expect(rotations(service)).toHaveLength(1);
    expect(JSON.stringify(resourcesOf(storage))).not.toContain('OrdersServiceRole');
    expect(ofType(storage, 'AWS::SecretsManager::ResourcePolicy')).toHaveLength(1);
  });
});

test('ids are a contract: those of addRotationSchedule()', () => {
  expect(only(rotated(), SCHEDULE).logicalId).toBe('PasswordRotationA8E0082A');
});

describe('the event', () => {
  test('is that of a rotation', () => {
    const event: SecretsManagerRotationEvent = secretRotationEvent();
    expect(event.Step).toBe('createSecret');
  });

  test('has the secret, if its ARN is known, and what is overridden', () => {
    const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf';
    const known = PushSource.secretRotation(secretsmanager.Secret.fromSecretCompleteArn(stackWith(), 'Theirs', secretArn));
    expect(known.sampleEvent({ Step: 'finishSecret' })).toMatchObject({ SecretId: secretArn, Step: 'finishSecret' });
    const own = PushSource.secretRotation(new secretsmanager.Secret(stackWith(), 'Password'));
    expect(own.sampleEvent().SecretId).toBe(secretRotationEvent().SecretId);
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.secretRotation(new secretsmanager.Secret(stackWith(), 'Password'));
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, principal: 'secretsmanager.amazonaws.com' });
  });
});
