import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BudgetOnDemand, budgetOfPass, expectOneMore } from './budget-of-pass';
import type { EventFunctionBase } from './event-function-base';
import { budgetIfAny, leftByOthers } from '../concurrency/left-by-others';
import { boundOf, mappingsOf } from '../concurrency/mapped-source';
import { numberSaid, SaidNumber } from '../concurrency/said-so-far';
import { trafficMistakes, warnOfTraffic } from '../concurrency/traffic-checks';
import { TrafficConditions, TrafficEstimate } from '../concurrency/traffic-estimate';
import { TrafficProfile } from '../concurrency/traffic-profile';
import { InvocationMode } from '../limits/invocation-mode';
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
  expectOneMore(owner);
  let isWarned = false;
  owner.node.addValidation({
    validate: () => {
      const conditions = conditionsOf(owner, budgetOfPass(owner));
      const { quota, takenByOthers } = conditions;
      const estimate = profile.estimate(conditions);
      const serving = { profile, estimate, timeout: timeoutOf(owner), quotaIsKnown: quota !== undefined, takenByOthers };
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
  const { notes, ...estimate } = profile.estimate(conditionsOf(owner, () => budgetIfAny(Stack.of(owner))));
  const isUndecided = reservedOf(owner) === 'unknown';
  return { ...estimate, notes: [...isUndecided ? ['the reserved concurrency is decided at deployment: there may be less'] : [], ...notes] };
}

function resourceOf(owner: EventFunctionBase): lambda.CfnFunction {
  return owner.function.node.defaultChild as lambda.CfnFunction;
}

function reservedOf(owner: EventFunctionBase): SaidNumber {
  return numberSaid(resourceOf(owner), 'ReservedConcurrentExecutions');
}

/** What the function and its account have, as far as that is known. The budget is asked for only where the function shares it. */
function conditionsOf(owner: EventFunctionBase, budget: BudgetOnDemand): TrafficConditions {
  const mappings = mappingsOf(Stack.of(owner), [resourceOf(owner), owner.alias.node.defaultChild as CfnResource]);
  const invocation = invocationOf(owner, mappings.length > 0);
  const reserved = reservedOf(owner);
  const provisioned = provisionedOf(owner);
  return {
    invocation,
    ...typeof reserved === 'number' ? { reservedConcurrency: reserved } : leftByOthers(Stack.of(owner.function), budget(), provisioned),
    provisionedConcurrency: provisioned,
    ...invocation === InvocationMode.POLLED && { sources: mappings.map(boundOf) },
  };
}

/** Callers of whom nothing is known wait for the answer: that is held back soonest. */
function invocationOf(owner: EventFunctionBase, isPolled: boolean): InvocationMode {
  const callers = owner.invocationPaths().filter(({ kind }) => kind !== InvocationKind.PULL);
  if (callers.length === 0) return isPolled ? InvocationMode.POLLED : InvocationMode.SYNCHRONOUS;
  const allHandOver = callers.every(({ kind, caller }) => kind === InvocationKind.PUSH && isAsynchronous(caller));
  return allHandOver ? InvocationMode.ASYNCHRONOUS : InvocationMode.SYNCHRONOUS;
}

function provisionedOf(owner: EventFunctionBase): number {
  const amount = numberSaid(owner.alias.node.defaultChild as CfnResource, 'ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions');
  return typeof amount === 'number' ? amount : 0;
}

function timeoutOf(owner: EventFunctionBase): Duration | undefined {
  const seconds = resourceOf(owner).timeout;
  if (seconds === undefined) return DEFAULT_TIMEOUT;
  return isKnown(seconds) ? Duration.seconds(seconds) : undefined;
}
