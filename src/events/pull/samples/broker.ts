/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html */
export function activeMqEvent(
  brokerArn = 'arn:aws:mq:us-east-2:111122223333:broker:test:b-9bcfa592-423a-4942-879d-eb284b418fc8',
  queueName = 'testQueue',
) {
  const message = (messageType: string, priority: number, correlationId: string, data: string) => ({
    messageID: 'ID:b-9bcfa592-423a-4942-879d-eb284b418fc8-1.mq.us-east-2.amazonaws.com-37557-1234520418293-4:1:1:1:1',
    messageType,
    deliveryMode: 1,
    replyTo: null,
    type: null,
    expiration: '60000',
    priority,
    correlationId,
    redelivered: false,
    destination: { physicalName: queueName },
    data,
    timestamp: 1598827811958,
    brokerInTime: 1598827811958,
    brokerOutTime: 1598827811959,
    properties: { index: '1', doAlarm: 'false', myCustomProperty: 'value' },
  });
  return {
    eventSource: 'aws:mq',
    eventSourceArn: brokerArn,
    messages: [
      message('jms/text-message', 1, 'myJMSCoID', 'QUJDOkFBQUE='),
      message('jms/bytes-message', 2, 'myJMSCoID1', 'LQaGQ82S48k='),
    ],
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html */
export function rabbitMqEvent(
  brokerArn = 'arn:aws:mq:us-east-2:111122223333:broker:pizzaBroker:b-9bcfa592-423a-4942-879d-eb284b418fc8',
  queueName = 'pizzaQueue',
  virtualHost = '/',
) {
  const header = (text: string) => ({ bytes: [...Buffer.from(text)] });
  const message = {
    basicProperties: {
      contentType: 'text/plain',
      contentEncoding: null,
      headers: { header1: header('value1'), header2: header('value2'), numberInHeader: 10 },
      deliveryMode: 1,
      priority: 34,
      correlationId: null,
      replyTo: null,
      expiration: '60000',
      messageId: null,
      timestamp: 'Jan 1, 1970, 12:33:41 AM',
      type: null,
      userId: 'AIDACKCEVSQ6C2EXAMPLE',
      appId: null,
      clusterId: null,
      bodySize: 80,
    },
    redelivered: false,
    data: 'eyJ0aW1lb3V0IjowLCJkYXRhIjoiQ1pybWYwR3c4T3Y0YnFMUXhENEUifQ==',
  };
  return { eventSource: 'aws:rmq', eventSourceArn: brokerArn, rmqMessagesByQueue: { [`${queueName}::${virtualHost}`]: [message] } };
}
