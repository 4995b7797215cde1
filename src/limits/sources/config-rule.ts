import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Custom rules of AWS Config. */
export const CONFIG_RULE: SourceSemantics = {
  service: 'AWS Config',
  invocation: InvocationMode.ASYNCHRONOUS,
  principal: 'config.amazonaws.com',
  conditionKeys: ['aws:SourceAccount'],
  retries: ASYNCHRONOUS_RETRIES,
  failedEvents: ASYNCHRONOUS_FAILURES,
  limits: [],
  eventType: {
    python: 'AWSConfigRuleEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.ConfigEvent',
    dotnet: 'Amazon.Lambda.ConfigEvents.ConfigEvent',
    go: 'ConfigEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-config.html',
};

/** Longest name of a rule. @see https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html */
export const CONFIG_RULE_NAME = 128;
