import { fn, httpApi, httpIntegration, method, openApi, ORDERS_ARN, restApi } from './examples';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { Waiting, waitingFor } from '../../model/triggers/waiting';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const pool = (config: JsonObject): JsonObject => ({ Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig: config } });
const mail = (type: string): JsonObject => ({
  Type: 'AWS::SES::ReceiptRule',
  Properties: { RuleSetName: 'inbox', Rule: { Actions: [{ LambdaAction: { FunctionArn: ORDERS_ARN, InvocationType: type } }] } },
});
const GRAPHQL: JsonObject = { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: 'api', Name: 'orders', Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: ORDERS_ARN } } };
const ALEXA: JsonObject = { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Orders' }, Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'skill' } };

function bot(intent: JsonObject): JsonObject {
  const locale = { LocaleId: 'en_US', Intents: [{ Name: 'Order', ...intent }] };
  const setting = { Enabled: true, CodeHookSpecification: { LambdaCodeHook: { LambdaArn: ORDERS_ARN, CodeHookInterfaceVersion: '1.0' } } };
  return {
    Bot: { Type: 'AWS::Lex::Bot', Properties: { BotLocales: [locale] } },
    Alias: { Type: 'AWS::Lex::BotAlias', Properties: { BotId: { Ref: 'Bot' }, BotAliasLocaleSettings: [{ LocaleId: 'en_US', BotAliasLocaleSetting: setting }] } },
  };
}

const UPDATES = { FulfillmentCodeHook: { Enabled: true, FulfillmentUpdatesSpecification: { Active: true, TimeoutInSeconds: 600 } } };

export const functionAnswersInTime: Rule = {
  id: 'function-answers-in-time',
  title: 'What waits for a function waits as long as the function may take',
  severity: 'warning',
  why: 'the caller has given up and got an error while the function runs on, is paid for, and does what the caller may ask for a second time',
  fix: 'give the function no more `timeout` than the caller waits, and let what takes longer be done by another function that nobody waits for',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  since: '0.1.0',

  valid: [
    { title: 'a method of a REST API', resources: { Orders: fn({ Timeout: 29 }), Api: restApi(), Get: method() } },
    { title: 'a REST API that waits longer', resources: { Orders: fn({ Timeout: 60 }), Api: restApi('REGIONAL'), Get: method({ TimeoutInMillis: 60_000 }) } },
    { title: 'a timeout that a parameter names', resources: { Orders: fn({ Timeout: { Ref: 'Seconds' } }), Api: restApi(), Get: method() } },
    { title: 'a time to wait that a parameter names', resources: { Orders: fn({ Timeout: 60 }), Api: restApi(), Get: method({ TimeoutInMillis: { Ref: 'Milliseconds' } }) } },
    { title: 'a request that is only handed over', resources: { Orders: fn({ Timeout: 600 }), Api: restApi(), Get: method({ Type: 'AWS', RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" } }) } },
    { title: 'an answer that is streamed', resources: { Orders: fn({ Timeout: 600 }), Api: restApi(), Get: method({ ResponseTransferMode: 'STREAM', TimeoutInMillis: 600_000 }) } },
    { title: 'an HTTP API', resources: { Orders: fn({ Timeout: 30 }), Api: httpApi('HTTP'), Route: httpIntegration() } },
    { title: 'a trigger of a user pool', resources: { Orders: fn({ Timeout: 5 }), Users: pool({ PreSignUp: ORDERS_ARN }) } },
    { title: 'what sends the messages of a user pool', resources: { Orders: fn({ Timeout: 60 }), Users: pool({ CustomEmailSender: { LambdaArn: ORDERS_ARN, LambdaVersion: 'V1_0' } }) } },
    { title: 'an e-mail that is handed over', resources: { Orders: fn({ Timeout: 60 }), Mail: mail('Event') } },
    { title: 'a bot whose intents tell how far they are', resources: { Orders: fn({ Timeout: 600 }), ...bot(UPDATES) } },
    { title: 'the timeout that Lambda gives', resources: { Orders: fn(), Users: pool({ PreSignUp: ORDERS_ARN }) } },
  ],
  invalid: [
    { title: 'a REST API waits for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 60 }), Api: restApi(), Get: method() } },
    { title: 'a method is set to wait for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 10 }), Api: restApi(), Get: method({ TimeoutInMillis: 5000 }) } },
    { title: 'an OpenAPI document does not say otherwise', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 60 }), Api: openApi({}) } },
    { title: 'an HTTP API waits for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 31 }), Api: httpApi('HTTP'), Route: httpIntegration() } },
    { title: 'a WebSocket API waits for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 30 }), Api: httpApi('WEBSOCKET'), Route: httpIntegration() } },
    { title: 'a user pool waits for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 10 }), Users: pool({ PreTokenGenerationConfig: { LambdaArn: ORDERS_ARN, LambdaVersion: 'V2_0' } }) } },
    { title: 'several wait for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 60 }), Api: restApi(), Get: method(), Post: method(), Users: pool({ PreSignUp: ORDERS_ARN }) } },
    { title: 'AppSync waits for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 60 }), Resolver: GRAPHQL } },
    { title: 'an e-mail waits for the decision', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 60 }), Mail: mail('RequestResponse') } },
    { title: 'Alexa waits for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 10 }), Alexa: ALEXA } },
    { title: 'a bot waits for less', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 60 }), ...bot({}) } },
  ],

  * check(app) {
    const impatient = new Map<Resource, Waiting[]>();
    for (const waiting of waitingFor(app)) {
      const timeout = valueOf(waiting.fn.number('Timeout'));
      if (timeout !== undefined && timeout > waiting.seconds) impatient.set(waiting.fn, [...impatient.get(waiting.fn) ?? [], waiting]);
    }
    for (const [resource, all] of impatient) {
      const least = all.reduce((one, other) => other.seconds < one.seconds ? other : one);
      const others = new Set(all.map((waiting) => waiting.resource)).size - 1;
      const who = `${least.service} (${least.resource.label}${others > 0 ? ` and ${others} more` : ''})`;
      yield { resource, path: 'Properties/Timeout', message: `timeout of ${resource.label} must be at most ${least.seconds} seconds, because ${who} waits no longer, got ${valueOf(resource.number('Timeout'))}` };
    }
  },
};
