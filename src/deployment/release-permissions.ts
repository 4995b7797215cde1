import { ArnFormat, CfnResource, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { allow, deployPermissions, roleArn } from './deploy-permissions';
import { arnIn, nameBefore } from './names';
import { ALARM, CODEDEPLOY, ROLE } from './resource-handlers';
import { isKnown } from '../support/tokens';

/** Letters of names of CodeDeploy, and of alarms. */
const LONGEST = { codeDeploy: 100, alarm: 255 };

/** What it takes to make a release, which is in one construct, and to deploy with it. */
export function releasePermissions(release: IConstruct): iam.PolicyStatement[] {
  const all = release.node.findAll();
  return [
    ...all.filter((construct) => construct instanceof codedeploy.LambdaDeploymentGroup).flatMap(deployWith),
    ...makeAlarms(all.filter(cloudwatch.CfnAlarm.isCfnAlarm)),
    // A function of the release is deployed as any other, with the role and the log group beside it.
    ...all.filter((construct) => construct instanceof lambda.Function)
      .flatMap((fn) => deployPermissions({ fn, within: [fn.node.scope!], elsewhere: [] })),
  ];
}

function deployWith(group: codedeploy.LambdaDeploymentGroup): iam.PolicyStatement[] {
  const stack = Stack.of(group);
  const own = group.application.node.defaultChild as CfnResource | undefined;
  const given = group.application.applicationName;
  const application = own && codedeploy.CfnApplication.isCfnApplication(own) ? nameBefore(own, own.applicationName, LONGEST.codeDeploy) : given;
  const resource = group.node.defaultChild as codedeploy.CfnDeploymentGroup;
  const name = nameBefore(resource, resource.deploymentGroupName, LONGEST.codeDeploy);
  const applicationBefore = arnOf(stack, 'application', own || isKnown(given) ? application : '*');
  const before = arnOf(stack, 'deploymentgroup', `${own || isKnown(given) ? application : '*'}/${name}`);
  const isOwn = own !== undefined && group.node.findAll().includes(own);
  return [
    allow([...isOwn ? CODEDEPLOY.application : [], ...CODEDEPLOY.revision], [arnIn(stack, group.application.applicationArn, applicationBefore)]),
    allow(CODEDEPLOY.group, [arnIn(stack, group.deploymentGroupArn, before)]),
    useConfig(stack, group.deploymentConfig),
    ...makeServiceRole(group),
  ];
}

function useConfig(stack: Stack, config: codedeploy.ILambdaDeploymentConfig): iam.PolicyStatement {
  // One of AWS is no construct of the app: asking for its node is an error.
  if (!(config instanceof codedeploy.LambdaDeploymentConfig)) return allow(CODEDEPLOY.anyConfig, [config.deploymentConfigArn]);
  const resource = config.node.defaultChild as codedeploy.CfnDeploymentConfig;
  const before = arnOf(stack, 'deploymentconfig', nameBefore(resource, resource.deploymentConfigName, LONGEST.codeDeploy));
  return allow([...CODEDEPLOY.anyConfig, ...CODEDEPLOY.ownConfig], [arnIn(stack, config.deploymentConfigArn, before)]);
}

function makeServiceRole(group: codedeploy.LambdaDeploymentGroup): iam.PolicyStatement[] {
  const arns = [roleArn(group, group.role)];
  const isOwn = group.node.findAll().includes(group.role);
  return [
    allow(['iam:PassRole'], arns, { StringEquals: { 'iam:PassedToService': 'codedeploy.amazonaws.com' } }),
    ...isOwn ? [allow([...ROLE.itself, ...ROLE.withPolicies, ...ROLE.withManagedPolicies], arns)] : [],
  ];
}

function makeAlarms(alarms: cloudwatch.CfnAlarm[]): iam.PolicyStatement[] {
  return alarms.length === 0 ? [] : [allow(ALARM.itself, alarms.map(alarmArn))];
}

function alarmArn(alarm: cloudwatch.CfnAlarm): string {
  const stack = Stack.of(alarm);
  const resourceName = nameBefore(alarm, alarm.alarmName, LONGEST.alarm);
  return arnIn(stack, alarm.attrArn, stack.formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }));
}

function arnOf(stack: Stack, resource: string, resourceName: string): string {
  return stack.formatArn({ service: 'codedeploy', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
