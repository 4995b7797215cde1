import { Stack } from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { SCALING } from './resource-handlers';

const DIMENSION = 'lambda:function:ProvisionedConcurrency';

/** The service that scales, by the name that its own role trusts. */
const SCALER = 'lambda.application-autoscaling.amazonaws.com';
const OWN_ROLE = `aws-service-role/${SCALER}/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency`;

/**
 * What it takes to have provisioned concurrency scaled, where something of that is among the resources. What is asked for on
 * the alias itself, each deployer of an alias has.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html
 */
export function scalingPermissions(resources: readonly IConstruct[]): iam.PolicyStatement[] {
  const target = resources.filter(appscaling.CfnScalableTarget.isCfnScalableTarget).find(({ scalableDimension }) => scalableDimension === DIMENSION);
  if (!target) return [];
  const stack = Stack.of(target);
  const role = stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: OWN_ROLE });
  const hasPolicies = resources.some(appscaling.CfnScalingPolicy.isCfnScalingPolicy);
  return [
    // Targets have ids that the service makes up. It is asked for those of one dimension only.
    allow([...SCALING.target, ...hasPolicies ? SCALING.policy : []], stack.formatArn({ service: 'application-autoscaling', resource: 'scalable-target', resourceName: '*' }), {
      'application-autoscaling:service-namespace': 'lambda',
      'application-autoscaling:scalable-dimension': DIMENSION,
    }),
    // The first target of an account brings the role. The template names it, and it can be given to nobody else.
    allow(SCALING.makeRole, role, { 'iam:AWSServiceName': SCALER }),
    allow(SCALING.useRole, role),
    allow([...SCALING.all, ...hasPolicies ? SCALING.allWithPolicy : []], '*'),
  ];
}

function allow(actions: readonly string[], resource: string, equals?: Record<string, string>): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: [...actions].sort(), resources: [resource], ...equals && { conditions: { StringEquals: equals } } });
}
