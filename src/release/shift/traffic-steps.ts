import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import { Construct, IConstruct } from 'constructs';
import { SHIFTED_PERCENT, SHIFTING_TIME } from '../../limits/release';
import { checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';

/** Ways in which CodeDeploy moves traffic. */
export enum TrafficKind { ALL_AT_ONCE = 'AllAtOnce', CANARY = 'Canary', LINEAR = 'Linear' }

/** Traffic that moves in steps. */
export interface Steps {
  readonly kind: TrafficKind.CANARY | TrafficKind.LINEAR;
  readonly percent: number;
  readonly interval: Duration;
}

/** How traffic moves. */
export type Traffic = Steps | { readonly kind: TrafficKind.ALL_AT_ONCE };

/**
 * What AWS brings along. Of other configurations an account can have 50, all functions of all apps together.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
const { LambdaDeploymentConfig: AWS } = codedeploy;
const PREDEFINED: Readonly<Record<string, codedeploy.ILambdaDeploymentConfig | undefined>> = {
  Canary10Percent5Minutes: AWS.CANARY_10PERCENT_5MINUTES,
  Canary10Percent10Minutes: AWS.CANARY_10PERCENT_10MINUTES,
  Canary10Percent15Minutes: AWS.CANARY_10PERCENT_15MINUTES,
  Canary10Percent30Minutes: AWS.CANARY_10PERCENT_30MINUTES,
  Linear10Percent1Minutes: AWS.LINEAR_10PERCENT_EVERY_1MINUTE,
  Linear10Percent2Minutes: AWS.LINEAR_10PERCENT_EVERY_2MINUTES,
  Linear10Percent3Minutes: AWS.LINEAR_10PERCENT_EVERY_3MINUTES,
  Linear10Percent10Minutes: AWS.LINEAR_10PERCENT_EVERY_10MINUTES,
};

/** Refuses steps that CodeDeploy would refuse. Tokens pass. */
export function checkTraffic(scope: IConstruct, traffic: Traffic): void {
  if (traffic.kind === TrafficKind.ALL_AT_ONCE) return;
  const { percent, interval } = traffic;
  checkWholeNumber(scope, percent, SHIFTED_PERCENT, {
    code: 'ReleasePercentOutOfRange',
    property: 'release.percent',
    fix: '10 percent is 10; Release.allAtOnce() moves all traffic in one step',
  });
  if (interval.isUnresolved()) return;
  const steps = traffic.kind === TrafficKind.LINEAR && !Token.isUnresolved(percent) ? Math.ceil(100 / percent) - 1 : 1;
  const max = Math.floor(SHIFTING_TIME.max / steps);
  const minutes = interval.toMilliseconds() / 60_000;
  if (Number.isInteger(minutes) && minutes >= SHIFTING_TIME.min && minutes <= max) return;
  throw mistake(scope, {
    code: 'ReleaseIntervalOutOfRange',
    property: 'release.interval',
    allowed: `between ${SHIFTING_TIME.min} and ${max} minutes (a whole number)${steps > 1 ? ` for ${steps + 1} steps` : ''}`,
    got: `${minutes} minutes`,
    fix: 'CodeDeploy counts in minutes, and the last step has to come within 48 hours of the first',
  });
}

/** The configuration for steps: AWS's own, or one that all functions of a stack share. */
export function deploymentConfig(scope: Construct, traffic: Traffic): codedeploy.ILambdaDeploymentConfig {
  if (traffic.kind === TrafficKind.ALL_AT_ONCE) return AWS.ALL_AT_ONCE;
  const { kind, percent, interval } = traffic;
  const trafficRouting = kind === TrafficKind.CANARY
    ? codedeploy.TrafficRouting.timeBasedCanary({ percentage: percent, interval })
    : codedeploy.TrafficRouting.timeBasedLinear({ percentage: percent, interval });
  // What is a token has no place in an id.
  if (interval.isUnresolved() || Token.isUnresolved(percent)) return new AWS(scope, 'Config', { trafficRouting });
  const name = `${kind}${percent}Percent${interval.toMinutes()}Minutes`;
  const stack = Stack.of(scope);
  const shared = stack.node.tryFindChild(`Release${name}`) as codedeploy.LambdaDeploymentConfig | undefined;
  return PREDEFINED[name] ?? shared ?? new AWS(stack, `Release${name}`, { trafficRouting });
}
