import { durableNeeds, insightsNeeds, logNeeds, mountNeeds, traceNeeds } from './function';
import { Need } from './need';
import { networkNeeds } from './network';
import { pollingNeeds } from './polling';
import { sendingNeeds } from './sending';
import { wiringOf } from '../iam/resource-policy';
import type { Resource } from '../resource';

/** All that a function needs its execution role for, besides what its code does. */
export function needsOf(fn: Resource): Need[] {
  const wiring = wiringOf(fn.stack.app);
  return [
    ...logNeeds(fn),
    ...traceNeeds(fn),
    ...networkNeeds(fn),
    ...sendingNeeds(fn, wiring),
    ...pollingNeeds(fn, wiring),
    ...mountNeeds(fn),
    ...durableNeeds(fn),
    ...insightsNeeds(fn),
  ];
}
