/** @see https://developer.amazon.com/en-US/docs/alexa/custom-skills/request-and-response-json-reference.html */
export function alexaSkillEvent(skillId = 'amzn1.ask.skill.1a2b3c4d-0000-0000-0000-000000000000') {
  const application = { applicationId: skillId };
  const user = { userId: 'amzn1.ask.account.EXAMPLE' };
  return {
    version: '1.0',
    session: {
      new: true,
      sessionId: 'amzn1.echo-api.session.00000000-0000-0000-0000-000000000000',
      application,
      attributes: {},
      user,
    },
    context: {
      System: {
        application,
        user,
        device: { deviceId: 'amzn1.ask.device.EXAMPLE', supportedInterfaces: {} },
        apiEndpoint: 'https://api.amazonalexa.com',
        apiAccessToken: 'EXAMPLE',
      },
    },
    request: {
      type: 'LaunchRequest',
      requestId: 'amzn1.echo-api.request.00000000-0000-0000-0000-000000000000',
      timestamp: '2015-05-13T12:34:56Z',
      locale: 'en-US',
    },
  };
}

/** @see https://developer.amazon.com/en-US/docs/alexa/device-apis/alexa-discovery.html */
export function alexaSmartHomeEvent() {
  return {
    directive: {
      header: { namespace: 'Alexa.Discovery', name: 'Discover', payloadVersion: '3', messageId: '00000000-0000-0000-0000-000000000000' },
      payload: { scope: { type: 'BearerToken', token: 'EXAMPLE' } },
    },
  };
}
