import { distribution, fn, VERSION } from './examples';
import { EDGE_LIMITS, EdgeLimits } from '../../limits/edge';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { EdgeCall, edgeCalls } from '../../model/triggers/edge';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

/** A function that CloudFront runs for an event. */
function edge(event: string, properties: JsonObject) {
  return { Orders: fn(properties), V1: VERSION, Shop: distribution({ Ref: 'V1' }, event) };
}

export const edgeFunctionFitsItsEvent: Rule = {
  id: 'edge-function-fits-its-event',
  title: 'Functions that CloudFront runs have no more time and memory than their event allows',
  severity: 'fatal',
  why: 'CloudFront refuses the distribution: a function for events of the viewer has 128 MB and 5 seconds, one for events of the origin 30 seconds',
  fix: 'give the function less, or run it for an event of the origin',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge',
  answers: [
    'The function memory size is larger than the maximum allowed size for functions that are triggered by a CloudFront event: 1024 Max allowed: 128',
    'The function timeout is larger than the maximum allowed for functions that are triggered by a CloudFront event: 30 Max allowed: 5',
  ],
  since: '0.1.0',

  valid: [
    { title: 'what Lambda gives to all functions', resources: edge('viewer-request', {}) },
    { title: 'as much as there is for the viewer', resources: edge('viewer-response', { Timeout: 5, MemorySize: 128 }) },
    { title: 'as much as there is for the origin', resources: edge('origin-request', { Timeout: 30, MemorySize: 1024 }) },
    { title: 'a timeout that a parameter names', resources: edge('viewer-request', { Timeout: { Ref: 'Seconds' } }) },
    { title: 'an event that a parameter names', resources: { Orders: fn({ Timeout: 30 }), V1: VERSION, Shop: distribution({ Ref: 'V1' }, { Ref: 'Event' }) } },
  ],
  invalid: [
    { title: 'it runs too long for the viewer', at: 'Orders/Properties/Timeout', resources: edge('viewer-request', { Timeout: 30 }) },
    { title: 'it has too much memory for the viewer', at: 'Orders/Properties/MemorySize', resources: edge('viewer-response', { MemorySize: 256 }) },
    { title: 'it runs too long for the origin', at: 'Orders/Properties/Timeout', resources: edge('origin-response', { Timeout: 31 }) },
  ],

  * check(app) {
    const strictest = new Map<Resource, EdgeCall>();
    for (const call of edgeCalls(app)) {
      const known = strictest.get(call.fn);
      if (limitsOf(call) && (!known || limitsOf(call)!.seconds < limitsOf(known)!.seconds)) strictest.set(call.fn, call);
    }
    for (const [resource, call] of strictest) {
      const { seconds, memory } = limitsOf(call)!;
      const what = `${resource.label}, which CloudFront runs for ${call.event} of ${call.resource.label},`;
      const [timeout, size] = [valueOf(resource.number('Timeout')), valueOf(resource.number('MemorySize'))];
      if (timeout !== undefined && timeout > seconds) yield { resource, path: 'Properties/Timeout', message: `timeout of ${what} must be at most ${seconds} seconds, got ${timeout}` };
      if (size !== undefined && memory !== undefined && size > memory) {
        yield { resource, path: 'Properties/MemorySize', message: `memory of ${what} must be at most ${memory} MB, got ${size}` };
      }
    }
  },
};

function limitsOf({ event }: EdgeCall): EdgeLimits | undefined {
  const kind = event?.match(/^(viewer|origin)-re(quest|sponse)$/)?.[1];
  return kind === undefined ? undefined : EDGE_LIMITS[kind];
}
