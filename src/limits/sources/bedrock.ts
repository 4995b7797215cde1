import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** What is the same for all action groups. How long an agent waits, AWS does not document. */
const ACTION_GROUP = {
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'bedrock.amazonaws.com',
  conditionKeys: ['aws:SourceArn', 'aws:SourceAccount'],
  retries: 'nobody tries again, unless the client invokes the agent again',
  failedEvents: 'nowhere: the client that invoked the agent gets an error (DependencyFailedException)',
  limits: [],
  documentation: 'https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html',
};

/** Action groups of agents of Amazon Bedrock, described as functions. */
export const BEDROCK_FUNCTIONS: SourceSemantics = {
  service: 'Amazon Bedrock (action group of functions)',
  ...ACTION_GROUP,
  eventType: { python: 'BedrockAgentFunctionEvent' },
};

/** Action groups of agents of Amazon Bedrock, described as an API. */
export const BEDROCK_API: SourceSemantics = {
  service: 'Amazon Bedrock (action group of an API)',
  ...ACTION_GROUP,
  eventType: { python: 'BedrockAgentEvent' },
};

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_CreateAgentActionGroup.html */
export const ACTION_GROUP_NAME = /^[0-9a-zA-Z]([_-]?[0-9a-zA-Z]){0,99}[_-]?$/;
