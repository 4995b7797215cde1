import { CODE_DEPLOY, ORDERS, shifted, version } from './examples';
import { placeInPolicy, TrafficShift, trafficShifts } from '../../model/traffic-shifts';
import { Finding, Rule } from '../rule';

const BASE = { Orders: ORDERS, V1: version(), Live: shifted() };

export const trafficShiftIsForLambda: Rule = {
  id: 'traffic-shift-is-for-lambda',
  title: 'The deployment group that shifts the traffic of an alias is one of an application for Lambda',
  severity: 'warning',
  why: 'the first deployment goes well, since nothing is shifted, and the next one fails',
  fix: 'give the application the compute platform Lambda, and the alias a deployment group of this application; `LambdaDeploymentGroup` does both',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-application.html',
  since: '0.1.0',

  valid: [
    { title: 'a group of an application for Lambda', resources: { ...BASE, ...CODE_DEPLOY } },
    { title: 'an application that is not in this app', resources: { ...BASE, Live: shifted({ ApplicationName: 'shop', DeploymentGroupName: { Ref: 'GroupName' } }) } },
    { title: 'a platform that a parameter decides', resources: { ...BASE, ...CODE_DEPLOY, Shop: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform: { Ref: 'Platform' } } } } },
  ],
  invalid: [
    { title: 'the application is for servers', at: 'Live/UpdatePolicy/CodeDeployLambdaAliasUpdate/ApplicationName', resources: { ...BASE, ...CODE_DEPLOY, Shop: { Type: 'AWS::CodeDeploy::Application', Properties: { ComputePlatform: 'Server' } } } },
    { title: 'the group is of another application', at: 'Live/UpdatePolicy/CodeDeployLambdaAliasUpdate/DeploymentGroupName', resources: { ...BASE, ...CODE_DEPLOY, Other: CODE_DEPLOY.Shop, Live: shifted({ ApplicationName: { Ref: 'Other' } }) } },
  ],

  check: (app) => trafficShifts(app).flatMap((shift) => [...ofOtherPlatform(shift), ...ofOtherApplication(shift)]),
};

function ofOtherPlatform({ alias, application }: TrafficShift): Finding[] {
  const platform = application?.text('ComputePlatform');
  if (!application || platform?.kind !== 'known' || platform.value === 'Lambda') return [];
  return [{ resource: alias, path: placeInPolicy('ApplicationName'), message: `the compute platform of application ${application.label} must be Lambda, got ${platform.value}` }];
}

function ofOtherApplication({ alias, application, group }: TrafficShift): Finding[] {
  const reference = group?.reference('ApplicationName');
  if (!application || !group || !reference?.exact || reference.resource === application) return [];
  if (reference.resource.type !== 'AWS::CodeDeploy::Application') return [];
  return [{ resource: alias, path: placeInPolicy('DeploymentGroupName'), message: `the deployment group must be one of application ${application.label}, got ${group.label} of ${reference.resource.label}` }];
}
