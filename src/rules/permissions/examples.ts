import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of several rules are made of. */

export const ORDERS: JsonObject = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x' } };

export const LIVE: JsonObject = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };

export const ORDERS_ARN: JsonObject = { 'Fn::GetAtt': ['Orders', 'Arn'] };

export function permission(principal: Json, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Orders' }, Principal: principal, ...properties } };
}

/** A whole document, about the function unless another ARN is given. */
export function document(statements: JsonObject[], arn: Json = ORDERS_ARN): JsonObject {
  return { Type: 'AWS::Lambda::ResourcePolicy', Properties: { ResourceArn: arn, PolicyDocument: { Version: '2012-10-17', Statement: statements } } };
}

export function allow(principal: Json, more: JsonObject = {}): JsonObject {
  return { Effect: 'Allow', Principal: principal, Action: 'lambda:InvokeFunction', Resource: ORDERS_ARN, ...more };
}

/** A rule of EventBridge that calls the function, or its alias. */
export function rule(arn: Json = ORDERS_ARN, target: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Orders', Arn: arn, ...target }] } };
}

/** A distribution that signs its calls of the URL `Url`, with the access control that makes it do so. */
export const BEHIND_CLOUDFRONT: JsonObject = {
  Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ORDERS_ARN, AuthType: 'AWS_IAM' } },
  Control: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: 'orders', OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always', SigningProtocol: 'sigv4' } } },
  Shop: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [{ Id: 'orders', DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }] }] }, OriginAccessControlId: { Ref: 'Control' } }],
      },
    },
  },
};

/** A distribution of the example, as a source of calls. */
export const OF_DISTRIBUTION: JsonObject = { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Shop}' } };

/** The ARN of another resource of the example. */
export function arnOf(logicalId: string): JsonObject {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] };
}
