import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackendStack } from '../backend-stack';
import * as cdkJson from '../cdk.json';

/** The template as `cdk synth` makes it, with the feature flags of cdk.json. */
const template = Template.fromStack(new BackendStack(new App({ context: cdkJson.context }), 'Backend'));

const logicalId = (type: string, start: string) => Object.keys(template.findResources(type)).find((id) => id.startsWith(start))!;
const live = (start: string) => ({ Ref: logicalId('AWS::Lambda::Alias', start) });
const only = (type: string) => {
  const found = Object.entries(template.findResources(type));
  expect(found).toHaveLength(1);
  return { id: found[0][0], properties: found[0][1].Properties };
};
const statementsOf = (start: string) => Object.entries(template.findResources('AWS::IAM::Policy'))
  .filter(([id]) => id.startsWith(`${start}ServiceRole`))
  .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
  .flatMap(({ Action }) => Action);

test('the template', () => {
  expect(template.toJSON()).toMatchSnapshot();
});

test('each route asks the authorizer', () => {
  const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);
  expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(['GET /notes/{id}', 'POST /notes']);
  for (const route of routes) {
    expect(route).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: only('AWS::ApiGatewayV2::Authorizer').id } });
  }
});

test('the API invokes the live alias of the authorizer, and is permitted to as this authorizer only', () => {
  const authorizer = only('AWS::ApiGatewayV2::Authorizer');
  expect(authorizer.properties).toMatchObject({ AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true });
  expect(JSON.stringify(authorizer.properties.AuthorizerUri)).toContain(JSON.stringify(live('Authorizer')));
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission', { Properties: { FunctionName: live('Authorizer') } }));
  expect(permissions).toHaveLength(1);
  expect(permissions[0].Properties.Principal).toBe('apigateway.amazonaws.com');
  const [, arn] = permissions[0].Properties.SourceArn['Fn::Join'];
  expect(arn.slice(-4)).toEqual([':', { Ref: only('AWS::ApiGatewayV2::Api').id }, '/authorizers/', { Ref: authorizer.id }]);
});

test('each function may do what it does, and nothing else', () => {
  const logging = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  expect(statementsOf('Notes').filter((action) => !logging.includes(action))).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem']);
  expect(statementsOf('Authorizer').filter((action) => !logging.includes(action)))
    .toEqual(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue']);
});

test('a new version of the notes gets a tenth of the traffic first, and goes back by itself', () => {
  const group = only('AWS::CodeDeploy::DeploymentGroup');
  expect(group.properties).toMatchObject({
    DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    AutoRollbackConfiguration: { Enabled: true, Events: expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']) },
    AlarmConfiguration: { Enabled: true },
  });
  expect(group.properties.AlarmConfiguration.Alarms).toHaveLength(2);
  template.hasResource('AWS::Lambda::Alias', { UpdatePolicy: { CodeDeployLambdaAliasUpdate: { DeploymentGroupName: { Ref: group.id } } } });
});
