import { arnOf, fn, LIVE, onSuccess, ORDERS, ORDERS_ARN, settings } from './examples';
import { Destination, destinationsOf } from '../../model/destinations';
import type { Resource } from '../../model/resource';
import { calledFunction } from '../../model/triggers/called';
import { sameQualifier } from '../../model/triggers/permitted';
import { Target } from '../../model/wiring';
import { Rule } from '../rule';

/** A destination that is a function. */
interface Step extends Destination {
  readonly to: Target;
}

const SHIP = fn();

function backToOrders(condition: 'OnSuccess' | 'OnFailure', qualifier = '$LATEST') {
  return settings({ DestinationConfig: { [condition]: { Destination: ORDERS_ARN } } }, qualifier, { Ref: 'Ship' });
}

/**
 * Only circles of one kind: what was shipped is billed is shipped. That the function for failures hands back what it
 * repaired is a circle as well, and meant.
 */
export const destinationsFormNoCircle: Rule = {
  id: 'destinations-form-no-circle',
  title: 'Functions do not send records to each other in a circle',
  severity: 'warning',
  why: 'each success (or failure) invokes the next function, round and round, until Lambda stops it after about 16 rounds; where `RecursiveLoop` allows it, it goes on and is paid for',
  fix: 'end the chain with a queue or topic; if the loop is meant, allow it on each function with `recursiveLoop`',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  since: '0.1.0',

  valid: [
    { title: 'a chain', resources: { Orders: ORDERS, Async: onSuccess(arnOf('Ship')), Ship: SHIP } },
    { title: 'what failed is repaired and handed back', resources: { Orders: ORDERS, Async: onSuccess(arnOf('Ship')), Ship: SHIP, Back: backToOrders('OnFailure') } },
    { title: 'another qualifier is invoked', resources: { Orders: ORDERS, Async: onSuccess(arnOf('Ship')), Ship: SHIP, Back: backToOrders('OnSuccess', 'live') } },
    { title: 'a loop that is meant', resources: { Orders: fn({ RecursiveLoop: 'Allow' }), Async: onSuccess(arnOf('Ship')), Ship: fn({ RecursiveLoop: 'Allow' }), Back: backToOrders('OnSuccess') } },
    { title: 'a qualifier that a parameter names', resources: { Orders: ORDERS, Live: LIVE, Async: onSuccess(arnOf('Ship'), { Ref: 'Orders' }, { Ref: 'Stage' }), Ship: SHIP, Back: backToOrders('OnSuccess') } },
  ],
  invalid: [
    { title: 'two functions for successes', at: 'Async/Properties/DestinationConfig/OnSuccess/Destination', resources: { Orders: ORDERS, Async: onSuccess(arnOf('Ship')), Ship: SHIP, Back: backToOrders('OnSuccess') } },
    { title: 'two functions for failures', at: 'Async/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: ORDERS, Async: settings({ DestinationConfig: { OnFailure: { Destination: arnOf('Ship') } } }), Ship: SHIP, Back: backToOrders('OnFailure') } },
    {
      title: 'three, one with an alias',
      at: 'Async/Properties/DestinationConfig/OnSuccess/Destination',
      resources: {
        Orders: ORDERS,
        Live: LIVE,
        Async: onSuccess(arnOf('Ship'), { Ref: 'Orders' }, 'live'),
        Ship: SHIP,
        Next: onSuccess(arnOf('Bill'), { Ref: 'Ship' }),
        Bill: SHIP,
        Last: onSuccess({ Ref: 'Live' }, { Ref: 'Bill' }),
      },
    },
  ],

  * check(app) {
    const steps = destinationsOf(app).flatMap((destination): Step[] => {
      const to = calledFunction(destination.json, destination.resource.stack);
      const isRecord = destination.sent !== 'dead letters' && (destination.service === 'lambda' || destination.reference);
      // a function that is its own destination is refused by another rule
      return isRecord && to && to.fn !== destination.fn ? [{ ...destination, to }] : [];
    });
    const told = new Set<Step>();
    for (const first of steps) {
      const circle = told.has(first) ? undefined : circleOf(first, steps);
      if (!circle || circle.some((step) => isMeant(step.fn))) continue;
      circle.forEach((step) => told.add(step));
      const round = [...circle, first].map((step) => step.fn.label).join(' -> ');
      yield { resource: first.resource, path: first.path, message: `destinations for ${first.sent} must be a chain that ends, got ${round}` };
    }
  },
};

/** The steps that lead back to where the first one began. Of each qualifier there is one setting, so that there is one way. */
function circleOf(first: Step, steps: readonly Step[]): Step[] | undefined {
  const way: Step[] = [];
  for (let step: Step | undefined = first; step && !way.includes(step); step = nextOf(step, steps)) way.push(step);
  const last = way[way.length - 1];
  return nextOf(last, steps) === first ? way : undefined;
}

function nextOf({ sent, to }: Step, steps: readonly Step[]): Step | undefined {
  return steps.find((step) => step.sent === sent && step.fn === to.fn && sameQualifier(step.qualifier!, to.qualifier) === 'yes');
}

/** Whether a function may be part of a loop, or may be allowed to. */
function isMeant(owner: Resource): boolean {
  const loop = owner.text('RecursiveLoop');
  return loop.kind === 'unknown' || (loop.kind === 'known' && loop.value === 'Allow');
}
