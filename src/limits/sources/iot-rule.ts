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
  // https://docs.aws.amazon.com/iot/latest/developerguide/rule-error-handling.html
  failedEvents: `${ASYNCHRONOUS_FAILURES}; what could not be handed over, at the error action of the rule`,
  limits: [
    // https://docs.aws.amazon.com/general/latest/gr/iot-core.html#message-broker-limits
    { name: 'bytes of the message', value: 131_072, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'IoTEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-iot.html',
};
