/** @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html */
export function connectEvent(instanceArn = 'arn:aws:connect:us-east-1:123456789012:instance/c8c0e68d-2200-4265-82c0-000000000000') {
  const contact = '4a573372-1f28-4e26-b97b-000000000000';
  return {
    Details: {
      ContactData: {
        Attributes: { exampleAttributeKey1: 'exampleAttributeValue1' },
        Channel: 'VOICE' as const,
        ContactId: contact,
        CustomerEndpoint: { Address: '+12065550100', Type: 'TELEPHONE_NUMBER' as const },
        InitialContactId: contact,
        InitiationMethod: 'INBOUND' as const,
        InstanceARN: instanceArn,
        MediaStreams: { Customer: { Audio: null } },
        PreviousContactId: contact,
        Queue: { ARN: `${instanceArn}/queue/5cba7cbf-1ecb-4b6d-b8bd-000000000000`, Name: 'exampleQueueName' },
        SystemEndpoint: { Address: '+12065550101', Type: 'TELEPHONE_NUMBER' as const },
      },
      Parameters: { exampleParameterKey1: 'exampleParameterValue1' },
    },
    Name: 'ContactFlowEvent' as const,
  };
}
