import { CfnResource, Duration, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { EventFunctionBase } from './event-function-base';
import { boundOf, mappingsOf } from '../concurrency/mapped-source';
import { saidQuota } from '../concurrency/said-quota';
import { trafficMistakes, warnOfTraffic } from '../concurrency/traffic-checks';
import { TrafficConditions, TrafficEstimate, TrafficInvocation } from '../concurrency/traffic-estimate';
import { TrafficProfile } from '../concurrency/traffic-profile';
import { isAsynchronous } from '../limits/invocation-modes';
import { InvocationKind } from '../permissions/invocation-path';
import { isKnown } from '../support/tokens';

/** The traffic that functions were given, by function. */
const profiles = new WeakMap<EventFunctionBase, TrafficProfile>();

const DEFAULT_TIMEOUT = Duration.seconds(3);

/** Compares what a function is to serve with what it can, when everything is wired. */
export function expectTraffic(owner: EventFunctionBase, profile?: TrafficProfile): void {
  if (!profile) return;
  profiles.set(owner, profile);
  let isWarned = false;
  owner.node.addValidation({
    validate: () => {
      const conditions = conditionsOf(owner);
      const serving = { profile, estimate: profile.estimate(conditions), timeout: timeoutOf(owner), quotaIsKnown: conditions.quota !== undefined };
      // an app may be synthesized more than once
      if (!isWarned) warnOfTraffic(owner, serving);
      isWarned = true;
      return trafficMistakes(owner, serving);
    },
  });
}

/** What becomes of the traffic that a function was given, as it is wired now. */
export function trafficEstimateOf(owner: EventFunctionBase): TrafficEstimate | undefined {
  const profile = profiles.get(owner);
  if (!profile) return undefined;
  const conditions = conditionsOf(owner);
  const { notes, ...estimate } = profile.estimate(conditions);
  const isUndecided = Token.isUnresolved(resourceOf(owner).reservedConcurrentExecutions);
  return { ...estimate, notes: [...isUndecided ? ['the reserved concurrency is decided at deployment: there may be less'] : [], ...notes] };
}

function resourceOf(owner: EventFunctionBase): lambda.CfnFunction {
  return owner.function.node.defaultChild as lambda.CfnFunction;
}

/** What the function and its account have, as far as that is known. */
function conditionsOf(owner: EventFunctionBase): TrafficConditions {
  const mappings = mappingsOf(Stack.of(owner), [resourceOf(owner), owner.alias.node.defaultChild as CfnResource]);
  const invocation = invocationOf(owner, mappings.length > 0);
  const reserved = resourceOf(owner).reservedConcurrentExecutions;
  return {
    invocation,
    ...isKnown(reserved) && { reservedConcurrency: reserved },
    quota: saidQuota(Stack.of(owner)),
    provisionedConcurrency: provisionedOf(owner),
    ...invocation === TrafficInvocation.POLLED && { sources: mappings.map(boundOf) },
  };
}

/** Callers of whom nothing is known wait for the answer: that is held back soonest. */
function invocationOf(owner: EventFunctionBase, isPolled: boolean): TrafficInvocation {
  const callers = owner.invocationPaths().filter(({ kind }) => kind !== InvocationKind.PULL);
  if (callers.length === 0) return isPolled ? TrafficInvocation.POLLED : TrafficInvocation.SYNCHRONOUS;
  const allHandOver = callers.every(({ kind, caller }) => kind === InvocationKind.PUSH && isAsynchronous(caller));
  return allHandOver ? TrafficInvocation.ASYNCHRONOUS : TrafficInvocation.SYNCHRONOUS;
}

function provisionedOf(owner: EventFunctionBase): number {
  const config = (owner.alias.node.defaultChild as lambda.CfnAlias).provisionedConcurrencyConfig;
  const amount = config && 'provisionedConcurrentExecutions' in config ? config.provisionedConcurrentExecutions : undefined;
  return isKnown(amount) ? amount : 0;
}

function timeoutOf(owner: EventFunctionBase): Duration | undefined {
  const seconds = resourceOf(owner).timeout;
  if (seconds === undefined) return DEFAULT_TIMEOUT;
  return isKnown(seconds) ? Duration.seconds(seconds) : undefined;
}
