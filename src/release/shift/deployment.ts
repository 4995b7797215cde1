import { Annotations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { makeAlarms } from './release-alarms';
import { addHook, HookMoment } from './release-hooks';
import { ReleaseOptions } from './release-options';
import { RELEASE_ID, ReleaseTarget } from './release-target';
import { SmokeTestHook } from './smoke-test';
import { checkTraffic, deploymentConfig, Traffic, TrafficKind } from './traffic-steps';
import { ALARMS_SURELY_TAKEN } from '../../limits/release';
import { mistake } from '../../support/errors';
import { retainUnlessSaid } from '../aliases/live-alias';

/**
 * Lets CodeDeploy move the traffic of an alias.
 *
 * Nothing that is made here names the alias's version but the smoke test, and nothing refers to the alias, which refers to
 * the deployment group: a new version changes the version, the alias and the variable of the smoke test.
 */
export function deployGradually(target: ReleaseTarget, traffic: Traffic, options: ReleaseOptions): void {
  const { scope, fn, alias } = target;
  checkTraffic(scope, traffic);
  checkTogether(target, options);
  // Else CloudFormation deletes the version before, when the release is done: there would be none to go back to.
  retainUnlessSaid(fn);
  const within = new Construct(scope, RELEASE_ID);
  const alarms = alarmsOf(within, target, traffic.kind, options);
  checkRollback(target, options, alarms);
  const group = new codedeploy.LambdaDeploymentGroup(within, 'Group', {
    alias,
    alarms,
    application: options.application,
    role: options.role,
    deploymentConfig: deploymentConfig(within, traffic),
    ignoreAlarmConfiguration: options.ignoreAlarms,
    // Where there is an alarm, the CDK adds that it is gone back on.
    autoRollback: { failedDeployment: true, stoppedDeployment: true, ...options.autoRollback },
  });
  const { smokeTest, preTraffic, postTraffic } = options;
  if (smokeTest) group.addPreHook(new SmokeTestHook(within, 'SmokeTest', { test: smokeTest, target }).function);
  if (preTraffic) addHook({ group, target, within }, HookMoment.PRE_TRAFFIC, preTraffic);
  if (postTraffic) addHook({ group, target, within }, HookMoment.POST_TRAFFIC, postTraffic);
  // The alias refers to the group and the hooks, but not to the policies with which CodeDeploy may invoke them.
  (alias.node.defaultChild as lambda.CfnAlias).node.addDependency(within);
}

/** What is watched. Traffic that moves at once leaves no time in which a new version could ring an alarm. */
function alarmsOf(within: Construct, target: ReleaseTarget, kind: TrafficKind, options: ReleaseOptions): cloudwatch.IAlarm[] {
  const isWatched = kind !== TrafficKind.ALL_AT_ONCE || options.defaultAlarms !== undefined;
  const own = isWatched ? makeAlarms(within, target, options.defaultAlarms ?? {}) : [];
  const alarms = [...new Set([...own, ...options.alarms ?? []])];
  if (alarms.length > ALARMS_SURELY_TAKEN) {
    Annotations.of(target.scope).addWarningV2(
      'cdk-event-functions:release-alarms-fit',
      `'release.alarms' must be at most ${ALARMS_SURELY_TAKEN}, default alarms included, got ${alarms.length}; `
      + 'the quotas of CodeDeploy say 50, its API says 10: combine some of them in a composite alarm',
    );
  }
  return alarms;
}

function checkRollback({ scope }: ReleaseTarget, { autoRollback }: ReleaseOptions, alarms: readonly cloudwatch.IAlarm[]): void {
  if (!autoRollback?.deploymentInAlarm || alarms.length > 0) return;
  throw mistake(scope, {
    code: 'ReleaseGoesBackOnNoAlarm',
    property: 'release.autoRollback.deploymentInAlarm',
    allowed: 'left out without an alarm',
    got: true,
    fix: "give 'alarms' or 'defaultAlarms'",
  });
}

function checkTogether({ scope, aliasOptions = {} }: ReleaseTarget, { smokeTest, preTraffic }: ReleaseOptions): void {
  if (smokeTest && preTraffic) {
    throw mistake(scope, {
      code: 'ReleaseHasTwoPreTrafficHooks',
      property: 'release.preTraffic',
      allowed: "left out with 'smokeTest'",
      got: preTraffic.node.path,
      fix: 'CodeDeploy calls one function before traffic moves: let that one invoke the new version, too',
    });
  }
  if ((aliasOptions.additionalVersions ?? []).length > 0) {
    throw mistake(scope, {
      code: 'ReleaseMovesWeights',
      property: 'aliasOptions.additionalVersions',
      allowed: 'left out when CodeDeploy moves the traffic',
      got: aliasOptions.additionalVersions!.map(({ weight }) => weight),
      fix: 'CodeDeploy sets the weights of the alias; drop them, or use Release.weighted() in place of CodeDeploy',
    });
  }
  if (aliasOptions.provisionedConcurrentExecutions) {
    Annotations.of(scope).addWarningV2(
      'cdk-event-functions:release-changes-no-provisioned-concurrency',
      "'aliasOptions.provisionedConcurrentExecutions' must be left out when CodeDeploy moves the traffic, if it is ever to change together "
      + 'with the version: Lambda takes no such change as long as the alias has weights, and people report that it is then left out '
      + '(https://github.com/aws/serverless-application-model/issues/1298); change it in a deployment of its own',
    );
  }
}
