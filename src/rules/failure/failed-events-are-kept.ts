import { arnOf, LIVE, mapping, onFailure, ORDERS, ORDERS_ARN, QUEUE, rule, settings, withDeadLetters } from './examples';
import { InvocationMode } from '../../limits/invocation-mode';
import type { AppModel } from '../../model/app';
import { wiringOf } from '../../model/iam/resource-policy';
import type { Resource } from '../../model/resource';
import { modeOf } from '../../model/triggers/modes';
import { sameQualifier } from '../../model/triggers/permitted';
import { callsOf, Use } from '../../model/triggers/uses';
import { valueOf } from '../../model/value';
import { callsInWords } from '../release/words';
import { Rule } from '../rule';

/**
 * Secrets Manager begins a rotation again that failed; the action of a pipeline fails where people see it, and its event holds credentials,
 * which are better not kept.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
 */
const BEGIN_AGAIN = new Set(['AWS::CodePipeline::Pipeline', 'AWS::SecretsManager::RotationSchedule']);

/**
 * Functions that constructs of the CDK make for calls of their own, and that nobody can give a destination: `AwsApi` of
 * aws-events-targets, and the hook that drains an instance of Amazon ECS.
 */
const OF_THE_CDK = /(^|\/)(AWSb4cf1abd4e4f4bc699441af7ccd9ec37|DrainECSHook\/Function)$/;

const CDK_PATH = { Orders: 'Shop/AWSb4cf1abd4e4f4bc699441af7ccd9ec37/Resource' };

export const failedEventsAreKept: Rule = {
  id: 'failed-events-are-kept',
  title: 'Events that nobody waits for are kept if the function fails',
  severity: 'warning',
  why: 'Lambda tries an event three times in all and then drops it: nobody gets an error, and nothing is left to try again',
  fix: 'give the alias that is invoked an on-failure destination (`onFailure`), or the function a dead-letter queue',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  since: '0.1.0',

  valid: [
    { title: 'a destination for failures', resources: { Orders: ORDERS, Nightly: rule(), Async: onFailure(arnOf('Failed')), Failed: QUEUE } },
    { title: 'a dead-letter queue', resources: { Orders: withDeadLetters(arnOf('Failed')), Live: LIVE, Nightly: rule({ Ref: 'Live' }), Failed: QUEUE } },
    { title: 'what calls waits', resources: { Orders: ORDERS, Poll: mapping(), Returns: QUEUE } },
    { title: 'nothing of this app calls', resources: { Orders: ORDERS } },
    { title: 'a destination of a qualifier that a parameter names', resources: { Orders: ORDERS, Live: LIVE, Nightly: rule({ Ref: 'Live' }), Async: onFailure(arnOf('Failed'), { Ref: 'Stage' }), Failed: QUEUE } },
    { title: 'settings of a function that a parameter names', resources: { Orders: ORDERS, Nightly: rule(), Async: settings({ DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } } }, '$LATEST', { Ref: 'Name' }), Failed: QUEUE } },
    { title: 'a function that the CDK makes for itself', constructPaths: CDK_PATH, resources: { Orders: ORDERS, Nightly: rule(), Stage: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Name' } } } } },
  ],
  invalid: [
    { title: 'a rule, and nothing keeps its events', at: 'Orders/Properties/DeadLetterConfig', resources: { Orders: ORDERS, Nightly: rule() } },
    { title: 'a schedule of Scheduler', at: 'Orders/Properties/DeadLetterConfig', resources: { Orders: ORDERS, May: { Type: 'AWS::IAM::Role', Properties: {} }, Nightly: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: ORDERS_ARN, RoleArn: arnOf('May') } } } } },
    { title: 'a destination of another qualifier', at: 'Orders/Properties/DeadLetterConfig', resources: { Orders: ORDERS, Live: LIVE, Nightly: rule({ Ref: 'Live' }), Async: onFailure(arnOf('Failed')), Failed: QUEUE } },
    { title: 'settings without a destination', at: 'Orders/Properties/DeadLetterConfig', resources: { Orders: ORDERS, Nightly: rule(), Hourly: rule(), Async: settings({ MaximumRetryAttempts: 0 }) } },
    { title: 'a destination for successes', at: 'Orders/Properties/DeadLetterConfig', resources: { Orders: ORDERS, Inbox: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'lambda', Endpoint: ORDERS_ARN, TopicArn: 'arn:aws:sns:eu-west-1:111122223333:inbox' } }, Async: settings({ DestinationConfig: { OnSuccess: { Destination: arnOf('Done') } } }), Done: QUEUE } },
  ],

  * check(app) {
    for (const owner of app.ofType('AWS::Lambda::Function')) {
      if (owner.value('DeadLetterConfig').kind !== 'absent' || OF_THE_CDK.test(owner.label)) continue;
      const lost = callsOf(owner).filter((use) => isHandedOver(use) && !isKept(use, owner));
      if (lost.length === 0 || hasStraySettings(app, owner)) continue;
      yield { resource: owner, path: 'Properties/DeadLetterConfig', message: `failed events of ${owner.label} must be kept, got neither a dead-letter queue nor an on-failure destination for ${callsInWords(lost)}` };
    }
  },
};

function isHandedOver(use: Use): boolean {
  return modeOf(use) === InvocationMode.ASYNCHRONOUS && !BEGIN_AGAIN.has(use.resource.type);
}

/** Whether the qualifier that is called has, or may have, a destination for failures. */
function isKept({ qualifier }: Use, owner: Resource): boolean {
  return wiringOf(owner.stack.app).asyncConfigs(owner).some((config) => (
    sameQualifier(config.qualifier, qualifier) !== 'no' && config.resource.value('DestinationConfig.OnFailure.Destination').kind !== 'absent'
  ));
}

/** Whether there are settings of a function that the deployment names: they may be those of this one. */
function hasStraySettings(app: AppModel, owner: Resource): boolean {
  const own = valueOf(owner.text('FunctionName'));
  return app.ofType('AWS::Lambda::EventInvokeConfig').some((config) => {
    if (config.reference('FunctionName')) return false;
    const named = valueOf(config.text('FunctionName'));
    return named === undefined || own === undefined || named.includes(own);
  });
}
