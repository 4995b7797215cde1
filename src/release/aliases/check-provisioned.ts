import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { ProvisionedConcurrency, ProvisionedSchedule, ProvisionedTargetTrackingOptions } from './provisioned-concurrency';
import {
  COOLDOWN, DEFAULT_UTILIZATION, PROVISIONED_CONCURRENCY, SCALED_PROVISIONED_CONCURRENCY, UTILIZATION,
} from '../../limits/provisioned-concurrency';
import { Range } from '../../limits/range';
import { checkSeconds, checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** What was asked for; all that scales has bounds. */
export interface ProvisionedPlan {
  readonly fixed?: number;
  readonly min?: number;
  readonly max?: number;
  readonly schedules?: readonly ProvisionedSchedule[];
  readonly tracking?: ProvisionedTargetTrackingOptions;
}

/** Refuses a plan that AWS would refuse, or that provisions nothing. */
export function checkPlan(scope: IConstruct, plan: ProvisionedPlan): void {
  const { fixed, min, max, schedules, tracking } = plan;
  if (max === undefined) return checkFixed(scope, fixed, 'provisionedConcurrency');
  checkBounds(scope, 'provisionedConcurrency', { min, max });
  if (!tracking || schedules !== undefined) checkSchedules(scope, schedules ?? [], max);
  if (tracking) checkTracking(scope, tracking);
  return checkNotIdle(scope, plan);
}

/** The CDK's own property, and its value. */
interface GivenNumber { readonly property: string; readonly number?: number }

/** Refuses what was said about the provisioned concurrency of an alias, in our words or as the CDK's number. */
export function checkProvisioned(scope: IConstruct, plan: ProvisionedConcurrency | undefined, given: GivenNumber): void {
  if (plan && given.number !== undefined) {
    throw mistake(scope, {
      code: 'ProvisionedGivenTwice',
      property: given.property,
      allowed: "left out when 'provisionedConcurrency' is given",
      got: given.number,
      fix: 'use ProvisionedConcurrency.fixed() for a number',
    });
  }
  plan?._check(scope);
  // The CDK takes 0 for none.
  if (given.number !== 0) checkFixed(scope, given.number, given.property);
}

function checkFixed(scope: IConstruct, executions: number | undefined, property: string): void {
  checkWholeNumber(scope, executions, PROVISIONED_CONCURRENCY, {
    code: 'ProvisionedConcurrencyOutOfRange',
    property,
    fix: 'leave it out for none',
  });
}

function checkBounds(scope: IConstruct, property: string, { min, max }: { readonly min?: number; readonly max?: number }, most?: number): void {
  const code = 'ProvisionedConcurrencyOutOfRange';
  checkWholeNumber(scope, min, SCALED_PROVISIONED_CONCURRENCY, { code, property: `${property}.min`, fix: 'choose how many are always ready' });
  const range: Range = isKnown(most) ? { ...SCALED_PROVISIONED_CONCURRENCY, max: most } : SCALED_PROVISIONED_CONCURRENCY;
  const fix = isKnown(most) ? "raise the 'max' of the plan, or lower this one" : 'choose the most that you want to pay for';
  checkWholeNumber(scope, max, range, { code, property: `${property}.max`, fix });
  if (!isKnown(min) || !isKnown(max) || min <= max) return;
  throw mistake(scope, {
    code: 'ProvisionedBoundsCrossed',
    property: `${property}.min`,
    allowed: `at most 'max', which is ${max}`,
    got: min,
    fix: "lower it, or raise 'max'",
  });
}

function checkSchedules(scope: IConstruct, schedules: readonly ProvisionedSchedule[], max: number): void {
  if (schedules.length === 0) {
    throw mistake(scope, {
      code: 'ProvisionedSchedulesEmpty',
      property: 'provisionedConcurrency.schedules',
      allowed: 'at least one schedule',
      got: [],
      fix: 'say when there is to be how much, or use ProvisionedConcurrency.fixed() or .targetTracking() without schedules',
    });
  }
  schedules.forEach((schedule, index) => checkBounds(scope, `provisionedConcurrency.schedules[${index}]`, { ...schedule, max: schedule.max ?? max }, max));
}

function checkTracking(scope: IConstruct, { utilization, scaleInCooldown, scaleOutCooldown }: ProvisionedTargetTrackingOptions): void {
  // Written so that NaN is refused, too.
  if (isKnown(utilization) && !(utilization >= UTILIZATION.min && utilization <= UTILIZATION.max)) {
    throw mistake(scope, {
      code: 'ProvisionedUtilizationOutOfRange',
      property: 'provisionedConcurrency.utilization',
      allowed: `between ${UTILIZATION.min} and ${UTILIZATION.max}`,
      got: utilization,
      fix: `leave it out for ${DEFAULT_UTILIZATION}`,
    });
  }
  for (const [name, cooldown] of Object.entries({ scaleInCooldown, scaleOutCooldown })) {
    checkSeconds(scope, cooldown, COOLDOWN, { code: 'ProvisionedCooldownOutOfRange', property: `provisionedConcurrency.${name}`, fix: 'choose whole seconds' });
  }
}

/** What is sure to provision nothing is refused; of target tracking nobody says that it never begins by itself. */
function checkNotIdle(scope: IConstruct, { min, max, schedules = [], tracking }: ProvisionedPlan): void {
  if (tracking) {
    if ([min, ...schedules.map((schedule) => schedule.min)].every((start) => start === 0)) warnOfIdleTracking(scope);
    return;
  }
  if (max !== 0) return;
  throw mistake(scope, {
    code: 'ProvisionedNever',
    property: 'provisionedConcurrency.max',
    allowed: 'at least 1',
    got: max,
    fix: "leave 'provisionedConcurrency' out for none: like this nothing is ever provisioned",
  });
}

/** The utilization is that of what is provisioned: of nothing there is none. */
function warnOfIdleTracking(scope: IConstruct): void {
  const warning = mistake(scope, {
    code: 'ProvisionedTrackingIdle',
    property: 'provisionedConcurrency.min',
    allowed: 'at least 1, or 0 with a schedule that begins with more',
    got: 0,
    fix: 'where nothing is provisioned no utilization is measured, so that the tracking may never begin',
  });
  Annotations.of(scope).addWarningV2(`cdk-event-functions:${warning.code}`, warning.message);
}
