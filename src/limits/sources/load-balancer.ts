import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { Range } from '../range';

/** Application Load Balancers. */
export const LOAD_BALANCER: SourceSemantics = {
  service: 'Application Load Balancer',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'elasticloadbalancing.amazonaws.com',
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  retries: 'nobody tries again, unless the client does',
  failedEvents: 'nowhere: the client gets an error of status 502',
  limits: [
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
    { name: 'bytes of the body of the request', value: 1_048_576, unit: 'bytes' },
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
    { name: 'bytes of the answer', value: 1_048_576, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'ALBEvent',
    python: 'ALBEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent',
    dotnet: 'Amazon.Lambda.ApplicationLoadBalancerEvents.ApplicationLoadBalancerRequest',
    go: 'ALBTargetGroupRequest',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-alb.html',
};

/** Priorities that the rules of a listener can have. */
export const RULE_PRIORITY: Range = {
  min: 1,
  max: 50_000,
  unit: 'on the listener',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html',
};
