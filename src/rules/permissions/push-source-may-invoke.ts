import { allow, arnOf, BEHIND_CLOUDFRONT, document, LIVE, OF_DISTRIBUTION, ORDERS, permission, rule } from './examples';
import { inWords, qualifierInWords, targetInWords } from './words';
import { literal } from '../../model/iam/text';
import { JsonObject } from '../../model/template';
import { mayAsk, refusalOf } from '../../model/triggers/permitted';
import { pushTriggers } from '../../model/triggers/push-triggers';
import type { Trigger } from '../../model/triggers/trigger';
import { Rule } from '../rule';

const EVENTS = 'events.amazonaws.com';

const API_URI: JsonObject = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations' };

/** An API with the method `GET /{id}`. */
const API: JsonObject = {
  Orders: ORDERS,
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'shop' } },
  One: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: { Ref: 'Api' }, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: '{id}' } },
  Get: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: 'One' },
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: API_URI },
    },
  },
};

/** A bot whose draft a function answers, and a WebSocket API with one route for all messages. */
const BOT: JsonObject = {
  Type: 'AWS::Lex::Bot',
  Properties: {
    TestBotAliasSettings: {
      BotAliasLocaleSettings: [{
        LocaleId: 'en_US',
        BotAliasLocaleSetting: { Enabled: true, CodeHookSpecification: { LambdaCodeHook: { CodeHookInterfaceVersion: '1.0', LambdaArn: arnOf('Orders') } } },
      }],
    },
  },
};
const CHAT: JsonObject = {
  Orders: ORDERS,
  Chat: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'Chat' }, IntegrationType: 'AWS_PROXY', IntegrationUri: API_URI } },
  All: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Chat' }, RouteKey: '$default', Target: { 'Fn::Sub': 'integrations/${Integration}' } } },
};

export const pushSourceMayInvoke: Rule = {
  id: 'push-source-may-invoke',
  title: 'What calls a function is permitted to, on the alias or version that it calls',
  severity: 'error',
  why: 'the call is refused: EventBridge, SNS and S3 drop the event, API Gateway and load balancers answer with an error, and no log of the function tells of it',
  fix: 'permit it on what is called, function, alias and version each having a policy of its own: `alias.addPermission(id, { principal, sourceArn })`, or hand the alias to the construct that calls it',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  since: '0.1.0',

  valid: [
    { title: 'a rule with a permission', resources: { Orders: ORDERS, Nightly: rule(), Permission: permission(EVENTS, { SourceArn: arnOf('Nightly') }) } },
    { title: 'a permission for all rules', resources: { Orders: ORDERS, Nightly: rule(), Permission: permission(EVENTS, { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/*' } }) } },
    { title: 'a permission on the alias that is called', resources: { Orders: ORDERS, Live: LIVE, Nightly: rule({ Ref: 'Live' }), Permission: permission(EVENTS, { FunctionName: { Ref: 'Live' }, SourceArn: arnOf('Nightly') }) } },
    { title: 'a whole document', resources: { Orders: ORDERS, Nightly: rule(), Policy: document([allow({ Service: EVENTS }, { Condition: { ArnLike: { 'aws:SourceArn': arnOf('Nightly') } } })]) } },
    { title: 'a rule with a role needs none', resources: { Orders: ORDERS, Nightly: rule(undefined, { RoleArn: 'arn:aws:iam::111122223333:role/caller' }) } },
    { title: 'the function is not in this app', resources: { Nightly: rule({ Ref: 'OrdersArn' }) } },
    { title: 'a permission that may be for this function', resources: { Orders: ORDERS, Nightly: rule(), Permission: permission(EVENTS, { FunctionName: { Ref: 'Name' } }) } },
    { title: 'a method of an API, with a path parameter', resources: { ...API, Permission: permission('apigateway.amazonaws.com', { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/*' } }) } },
    { title: 'a path parameter by its name', resources: { ...API, Permission: permission('apigateway.amazonaws.com', { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/{id}' } }) } },
    { title: 'a distribution that signs its calls of a URL', resources: { Orders: ORDERS, ...BEHIND_CLOUDFRONT, Permission: permission('cloudfront.amazonaws.com', { Action: 'lambda:*', ...OF_DISTRIBUTION }) } },
    { title: 'messages of any kind', resources: { ...CHAT, Permission: permission('apigateway.amazonaws.com', { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Chat}/*$default' } }) } },
    { title: 'the test alias of a bot', resources: { Orders: ORDERS, Bot: BOT, Permission: permission('lexv2.amazonaws.com', { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:lex:${AWS::Region}:${AWS::AccountId}:bot-alias/${Bot.Id}/TSTALIASID' } }) } },
    { title: 'a distribution that signs nothing that is known', resources: { Orders: ORDERS, ...BEHIND_CLOUDFRONT, Control: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Ref: 'Config' } } } } },
  ],
  invalid: [
    { title: 'there is no permission', at: 'Nightly/Properties/Targets/0/Arn', resources: { Orders: ORDERS, Nightly: rule() } },
    { title: 'the permission is on the function and its alias is called', at: 'Nightly/Properties/Targets/0/Arn', resources: { Orders: ORDERS, Live: LIVE, Nightly: rule({ Ref: 'Live' }), Permission: permission(EVENTS) } },
    { title: 'the permission is on the alias and the function is called', at: 'Nightly/Properties/Targets/0/Arn', resources: { Orders: ORDERS, Live: LIVE, Nightly: rule(), Permission: permission(EVENTS, { FunctionName: { Ref: 'Live' } }) } },
    { title: 'the permission is for another rule', at: 'Nightly/Properties/Targets/0/Arn', resources: { Orders: ORDERS, Nightly: rule(), Hourly: { Type: 'AWS::Events::Rule', Properties: {} }, Permission: permission(EVENTS, { SourceArn: arnOf('Hourly') }) } },
    { title: 'the permission is for another service', at: 'Nightly/Properties/Targets/0/Arn', resources: { Orders: ORDERS, Nightly: rule(), Permission: permission('scheduler.amazonaws.com', { SourceArn: arnOf('Nightly') }) } },
    { title: 'EventBridge names no account', at: 'Nightly/Properties/Targets/0/Arn', resources: { Orders: ORDERS, Nightly: rule(), Permission: permission(EVENTS, { SourceArn: arnOf('Nightly'), SourceAccount: { Ref: 'AWS::AccountId' } }) } },
    { title: 'the permission is for one value of a path parameter', at: 'Get/Properties/Integration/Uri', resources: { ...API, Permission: permission('apigateway.amazonaws.com', { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/42' } }) } },
    { title: 'the permission is for another kind of API', at: 'Get/Properties/Integration/Uri', resources: { ...API, Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shop', ProtocolType: 'HTTP' } }, Permission: permission('apigateway.amazonaws.com', { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Http}/*' } }) } },
    { title: 'the permission is for another distribution than that of the URL', at: 'Shop/Properties/DistributionConfig/Origins/0/DomainName', resources: { Orders: ORDERS, ...BEHIND_CLOUDFRONT, Permission: permission('cloudfront.amazonaws.com', { Action: 'lambda:*', SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Other}' } }), Other: { Type: 'AWS::CloudFront::Distribution' } } },
    { title: 'the permission is for clients that connect, not for messages of any kind', at: 'All/Properties/Target', resources: { ...CHAT, Permission: permission('apigateway.amazonaws.com', { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Chat}/*/$connect' } }) } },
    { title: 'the test alias of a bot has none', at: 'Bot/Properties/TestBotAliasSettings/BotAliasLocaleSettings/0/BotAliasLocaleSetting/CodeHookSpecification/LambdaCodeHook/LambdaArn', resources: { Orders: ORDERS, Bot: BOT } },
    { title: 'a statement of the document denies it', at: 'Nightly/Properties/Targets/0/Arn', resources: { Orders: ORDERS, Nightly: rule(), Policy: document([allow({ Service: EVENTS }), allow('*', { Effect: 'Deny' })]) } },
  ],

  * check(app) {
    for (const trigger of pushTriggers(app)) {
      if (mayAsk(trigger, trigger.requests) !== 'no') continue;
      const { resource, path } = trigger;
      yield { resource, path, message: `the policy of ${targetInWords(trigger)} must be open to ${callerInWords(trigger)}, got ${gotInWords(trigger)}` };
    }
  },
};

function callerInWords({ caller, source }: Trigger): string {
  return `${caller === '*' ? 'anyone, by its URL' : caller}${source ? ` for ${inWords(source)}` : ''}`;
}

function gotInWords(trigger: Trigger): string {
  const { reason, statement } = refusalOf(trigger);
  if (!statement) return 'no permission for that';
  const where = `only (${statement.resource.label})`;
  const values = (key: string) => statement.conditions.filter((condition) => condition.key === key).flatMap((condition) => condition.values.map(inWords)).join(', ');
  switch (reason) {
    case 'denied': return `a statement that denies it (${statement.resource.label})`;
    case 'other qualifier': return `one for ${qualifierInWords(statement.qualifier)} ${where}`;
    case 'other account': return `one for source account ${values('aws:sourceaccount')}${literalAccount(trigger)} ${where}`;
    case 'other source': return `one for source ${values('aws:sourcearn')} ${where}`;
    default: return `one for ${statement.principal.map(({ name }) => inWords(name)).join(', ')} ${where}`;
  }
}

/** That the service never names an account is the only reason why the right one is wrong. */
function literalAccount({ requests }: Trigger): string {
  const [likeliest] = requests;
  const account = likeliest.context['aws:sourceaccount'];
  if (account === undefined) return ', which this service never names,';
  return literal(account) === undefined ? '' : `, not ${literal(account)},`;
}
