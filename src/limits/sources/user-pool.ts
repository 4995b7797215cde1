import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Triggers of Amazon Cognito user pools. */
export const USER_POOL: SourceSemantics = {
  service: 'Amazon Cognito (user pool)',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'cognito-idp.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  retries: 'Amazon Cognito calls up to three times, each time for 5 seconds',
  failedEvents: 'nowhere: the sign-up, sign-in or other request of the user fails',
  limits: [
    // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#important-lambda-considerations
    { name: 'time until the answer', value: 5, unit: 'seconds' },
    // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#important-lambda-considerations
    { name: 'attempts', value: 3, unit: 'attempts' },
  ],
  eventType: {
    typescript: 'PreSignUpTriggerEvent and its like, one for each operation',
    python: 'PreSignUpTriggerEvent and its like, in cognito_user_pool_event',
    java: 'com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreSignUpEvent and its like, one for each operation',
    dotnet: 'Amazon.Lambda.CognitoEvents.CognitoPreSignupEvent and its like, one for each operation',
    go: 'CognitoEventUserPoolsPreSignup and its like, one for each operation',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/services-cognito.html',
};
