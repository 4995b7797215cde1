/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-ses.html */
export function emailEvent(invocationType = 'Event') {
  const [from, to] = ['janedoe@example.com', 'johndoe@example.com'];
  const pass = { status: 'PASS' as const };
  return {
    Records: [{
      eventSource: 'aws:ses',
      eventVersion: '1.0',
      ses: {
        mail: {
          timestamp: '1970-01-01T00:00:00.000Z',
          source: from,
          messageId: 'o3vrnil0e2ic28tr',
          destination: [to],
          headersTruncated: false,
          headers: [{ name: 'Return-Path', value: `<${from}>` }],
          commonHeaders: {
            returnPath: from,
            from: [`Jane Doe <${from}>`],
            date: 'Wed, 7 Oct 2015 12:34:56 -0700',
            to: [to],
            messageId: '<0123456789example.com>',
            subject: 'Test Subject',
          },
        },
        receipt: {
          timestamp: '1970-01-01T00:00:00.000Z',
          processingTimeMillis: 574,
          recipients: [to],
          spamVerdict: pass,
          virusVerdict: pass,
          spfVerdict: pass,
          dkimVerdict: pass,
          dmarcVerdict: pass,
          action: { type: 'Lambda' as const, functionArn: 'arn:aws:lambda:us-west-2:111122223333:function:Example', invocationType },
        },
      },
    }],
  };
}
