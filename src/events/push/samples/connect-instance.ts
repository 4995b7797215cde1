/** @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html */
export function connectEvent(instanceArn = 'arn:aws:connect:us-east-1:123456789012:instance/c8c0e68d-2200-4265-82c0-000000000000') {
  const contact = '4a573372-1f28-4e26-b97b-000000000000';
  return {
    Details: {
      ContactData: {
        Attributes: { exampleAttributeKey1: 'exampleAttributeValue1' },
        Channel: 'VOICE' as const,
        ContactId: contact,
        CustomerId: 'exampleCustomerId',
        Description: 'exampleDescription',
        CustomerEndpoint: { Address: '+12065550100', Type: 'TELEPHONE_NUMBER' as const },
        InitialContactId: contact,
        InitiationMethod: 'INBOUND' as const,
        InstanceARN: instanceArn,
        LanguageCode: 'en-US',
        MediaStreams: {
          Customer: {
            Audio: {
              StreamARN: 'arn:aws:kinesisvideo:us-east-1:123456789012:stream/example-contact-4a573372/1571360125131',
              StartTimestamp: '1571360125131',
              StopTimestamp: '1571360126131',
              StartFragmentNumber: '100',
            },
          },
        },
        Name: 'exampleContactName',
        PreviousContactId: contact,
        Queue: {
          ARN: `${instanceArn}/queue/5cba7cbf-1ecb-4b6d-b8bd-000000000000`,
          Name: 'exampleQueueName',
          OutboundCallerId: { Address: '+12065550102', Type: 'TELEPHONE_NUMBER' as const },
        },
        References: { exampleReference: { Type: 'url', Value: 'https://example.com/' } },
        SystemEndpoint: { Address: '+12065550101', Type: 'TELEPHONE_NUMBER' as const },
      },
      Parameters: { exampleParameterKey1: 'exampleParameterValue1' },
    },
    Name: 'ContactFlowEvent' as const,
  };
}
