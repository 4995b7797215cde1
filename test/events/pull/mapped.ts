import { Stack } from 'aws-cdk-lib';
import { only, resourcesOf } from '../../function/functions';

/** What a stack with one mapping has of it. */

export const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);

/** Properties of the only mapping. */
export const mapping = (stack: Stack) => only(stack, 'AWS::Lambda::EventSourceMapping').Properties;

/** What roles may do, besides writing logs. */
export const statements = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
  .filter(({ Action }) => !Action.includes('logs:PutLogEvents'));
