import { ASYNCHRONOUS_FAILURES, ASYNCHRONOUS_RETRIES } from './asynchronous';
import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { Range } from '../range';

const PAGE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html';

/** Custom resources of AWS CloudFormation: whoever deploys the stack invokes the function. */
export const CUSTOM_RESOURCE: SourceSemantics = {
  service: 'AWS CloudFormation (custom resource)',
  // https://docs.aws.amazon.com/lambda/latest/dg/services-cloudformation.html
  invocation: InvocationMode.ASYNCHRONOUS,
  caller: 'whoever deploys the stack',
  conditionKeys: [],
  retries: ASYNCHRONOUS_RETRIES,
  failedEvents: `${ASYNCHRONOUS_FAILURES}; the deployment waits for the answer until the time is over, and then fails`,
  limits: [
    { name: 'time until the answer', value: 3_600, unit: 'seconds' },
    { name: 'bytes of the answer', value: 4_096, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'CloudFormationCustomResourceEvent',
    python: 'CloudFormationCustomResourceEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent',
  },
  documentation: PAGE,
};

/** How long CloudFormation waits for the answer. */
export const SERVICE_TIMEOUT: Range = { min: 1, max: 3_600, unit: 'seconds', source: PAGE };

/** A type of a custom resource, of 60 characters at most. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
export const CUSTOM_TYPE = /^(?=.{9,60}$)Custom::[\w@-]+$/;
