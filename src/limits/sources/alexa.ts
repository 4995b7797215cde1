import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** What is the same for all skills. Nobody but Amazon has libraries for their events, and those are of its own kit. */
const SKILL = {
  invocation: InvocationMode.SYNCHRONOUS,
  conditionKeys: ['lambda:EventSourceToken'],
  retries: 'nobody tries again, unless the user asks again',
  failedEvents: 'nowhere: Alexa tells the user that the skill did not answer',
  limits: [
    // custom: https://developer.amazon.com/en-US/blogs/alexa/alexa-skills-kit/2019/10/tips-for-developing-high-performance-alexa-skills1
    // smart home: https://developer.amazon.com/en-US/docs/alexa/smarthome/troubleshooting-guide.html
    { name: 'time until the answer', value: 8, unit: 'seconds' },
  ],
  eventType: {},
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-alexa.html',
};

/** Custom skills of Amazon Alexa. */
export const ALEXA_SKILL: SourceSemantics = { service: 'Amazon Alexa (custom skill)', principal: 'alexa-appkit.amazon.com', ...SKILL };

/** Smart home skills of Amazon Alexa. */
export const ALEXA_SMART_HOME: SourceSemantics = { service: 'Amazon Alexa (smart home skill)', principal: 'alexa-connectedhome.amazon.com', ...SKILL };
