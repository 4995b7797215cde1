/** What all triggers have. @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
function trigger<S extends string, Q extends object, R extends object>(triggerSource: S, request: Q, response: R) {
  return {
    version: '1',
    triggerSource,
    region: 'us-east-1',
    userPoolId: 'us-east-1_EXAMPLE',
    userName: 'testuser',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: '1example23456789' },
    request,
    response,
  };
}

const attributes = () => ({ sub: '0b81f1a5-1c2d-4b6f-8f0e-example11111', email: 'testuser@example.com', email_verified: 'true' });

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html */
export function preSignUpEvent() {
  const request = { userAttributes: { email: 'testuser@example.com' }, validationData: { key: 'value' }, clientMetadata: { key: 'value' } };
  return trigger('PreSignUp_SignUp', request, { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false });
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html */
export function postConfirmationEvent() {
  return trigger('PostConfirmation_ConfirmSignUp', { userAttributes: attributes(), clientMetadata: { key: 'value' } }, {});
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html */
export function preAuthenticationEvent() {
  return trigger('PreAuthentication_Authentication', { userAttributes: attributes(), validationData: { key: 'value' }, userNotFound: false }, {});
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html */
export function postAuthenticationEvent() {
  return trigger('PostAuthentication_Authentication', { userAttributes: attributes(), newDeviceUsed: true, clientMetadata: { key: 'value' } }, {});
}

const groups = () => ({ groupsToOverride: ['group-1', 'group-2'], iamRolesToOverride: ['arn:aws:iam::123456789012:role/sns_callerA'], preferredRole: 'arn:aws:iam::123456789012:role/sns_caller' });

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html */
export function preTokenGenerationEvent() {
  const request = { userAttributes: attributes(), groupConfiguration: groups(), clientMetadata: { key: 'value' } };
  return trigger('TokenGeneration_Authentication', request, { claimsOverrideDetails: {} });
}

/** Of version 2. @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html */
export function preTokenGenerationV2Event() {
  return { ...generationWithScopes('TokenGeneration_Authentication'), version: '2' };
}

/**
 * Of version 3, which is also sent for the tokens of machines.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export function preTokenGenerationV3Event() {
  return { ...generationWithScopes('TokenGeneration_ClientCredentials'), version: '3' as const };
}

function generationWithScopes<S extends string>(triggerSource: S) {
  const request = { userAttributes: attributes(), scopes: ['aws.cognito.signin.user.admin', 'openid'], groupConfiguration: groups(), clientMetadata: { key: 'value' } };
  return trigger(triggerSource, request, { claimsAndScopeOverrideDetails: {} });
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html */
export function customMessageEvent() {
  const request = { userAttributes: attributes(), codeParameter: '{####}', linkParameter: '{##Click Here##}', usernameParameter: null, clientMetadata: { key: 'value' } };
  return trigger('CustomMessage_SignUp', request, { smsMessage: null, emailMessage: null, emailSubject: null });
}

/** What the user has passed already. */
const passed = () => ({ challengeName: 'CUSTOM_CHALLENGE' as const, challengeResult: true, challengeMetadata: 'CAPTCHA_CHALLENGE' });

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html */
export function defineAuthChallengeEvent() {
  const request = { userAttributes: attributes(), session: [passed()], clientMetadata: { key: 'value' }, userNotFound: false };
  return trigger('DefineAuthChallenge_Authentication', request, { challengeName: '', issueTokens: false, failAuthentication: false });
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-create-auth-challenge.html */
export function createAuthChallengeEvent() {
  const challengeName = 'CUSTOM_CHALLENGE';
  const request = { userAttributes: attributes(), challengeName, session: [passed()], clientMetadata: { key: 'value' }, userNotFound: false };
  return trigger('CreateAuthChallenge_Authentication', request, { publicChallengeParameters: {}, privateChallengeParameters: {}, challengeMetadata: '' });
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-verify-auth-challenge-response.html */
export function verifyAuthChallengeResponseEvent() {
  const request = {
    userAttributes: attributes(),
    privateChallengeParameters: { answer: '5' },
    challengeAnswer: '5',
    clientMetadata: { key: 'value' },
    userNotFound: false,
  };
  return trigger('VerifyAuthChallengeResponse_Authentication', request, { answerCorrect: false });
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html */
export function userMigrationEvent() {
  const request = { password: 'EXAMPLE', validationData: { key: 'value' }, clientMetadata: { key: 'value' } };
  return trigger('UserMigration_Authentication', request, { userAttributes: {}, desiredDeliveryMediums: [] });
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html */
export function customEmailSenderEvent() {
  return trigger('CustomEmailSender_SignUp', senderRequest('customEmailSenderRequestV1' as const), {});
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sms-sender.html */
export function customSmsSenderEvent() {
  return trigger('CustomSMSSender_SignUp', senderRequest('customSMSSenderRequestV1' as const), {});
}

/** The code is encrypted with the key of the user pool. */
function senderRequest<T extends string>(type: T) {
  return { type, code: 'EXAMPLE', clientMetadata: { key: 'value' }, userAttributes: attributes() };
}

/** Of operations that have no example of their own here: what all triggers have. */
export function otherTriggerEvent(operation: string) {
  const [first, ...others] = operation;
  return trigger([first.toUpperCase(), ...others].join(''), { userAttributes: attributes() }, {});
}
