import { JsonObject } from '../../../src/model/template';
import { edgeFunctionFitsEdge } from '../../../src/rules/events/edge-function-fits-edge';
import { edgeFunctionFitsItsEvent } from '../../../src/rules/events/edge-function-fits-its-event';
import { distribution, fn, VERSION } from '../../../src/rules/events/examples';
import { appOf } from '../../model/app-of';

function messages(properties: JsonObject): string[] {
  return [...edgeFunctionFitsEdge.check(appOf({ Orders: fn(properties), V1: VERSION, Shop: distribution() }))].map(({ message }) => message);
}

test('a variable counts that is there whatever the deployment decides', () => {
  const either: JsonObject = { 'Fn::If': ['IsEdge', { Ref: 'AWS::NoValue' }, 'orders'] };
  expect(messages({ Environment: { Variables: { TABLE: either } } })).toEqual([]);
  expect(messages({ Environment: { Variables: { TABLE: either, STAGE: { Ref: 'Stage' } } } })).toEqual([expect.stringMatching(/must be left out, got STAGE$/)]);
});

test('each thing that edge locations have not is a finding of its own', () => {
  expect(messages({ Architectures: ['arm64'], EphemeralStorage: { Size: 1024 }, TracingConfig: { Mode: 'Active' } })).toHaveLength(3);
});

test('the strictest event of several counts', () => {
  const check = (...events: string[]) => {
    const shops = Object.fromEntries(events.map((event, index) => [`Shop${index}`, distribution({ Ref: 'V1' }, event)]));
    const app = appOf({ Orders: fn({ Timeout: 10, MemorySize: 512 }), V1: VERSION, ...shops });
    return [...edgeFunctionFitsItsEvent.check(app)].map(({ path }) => path);
  };
  expect(check('origin-request', 'origin-response')).toEqual([]);
  for (const events of [['origin-request', 'viewer-request'], ['viewer-request', 'origin-request']]) {
    expect(check(...events)).toEqual(['Properties/Timeout', 'Properties/MemorySize']);
  }
});
