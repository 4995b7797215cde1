import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Topic rules of AWS IoT Core. */
export const IOT_RULE: SourceSemantics = {
  service: 'AWS IoT Core',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'iot.amazonaws.com',
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  retries: ASYNCHRONOUS_RETRIES,
  failedEvents: ASYNCHRONOUS_FAILURES,
  limits: [
    // https://docs.aws.amazon.com/general/latest/gr/iot-core.html#message-broker-limits
    { name: 'bytes of the message', value: 131_072, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'IoTEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-iot.html',
};
