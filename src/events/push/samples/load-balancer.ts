const HEADERS = {
  'accept': 'text/html,application/xhtml+xml',
  'accept-language': 'en-US,en;q=0.8',
  'content-type': 'text/plain',
  'cookie': 'name1=value1',
  'host': 'lambda-846800462-us-east-2.elb.amazonaws.com',
  'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_6)',
  'x-amzn-trace-id': 'Root=1-5bdb40ca-556d8b0c50dc66f0511bf520',
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
export function loadBalancerEvent(multiValueHeaders: boolean) {
  return {
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-target-group/6d0ecf831eec9f09' },
    },
    httpMethod: 'GET',
    path: '/',
    ...multiValueHeaders ? {
      multiValueQueryStringParameters: { myKey: ['val1', 'val2'] },
      multiValueHeaders: Object.fromEntries(Object.entries(HEADERS).map(([name, value]) => [name, [value]])),
    } : {
      queryStringParameters: { myKey: 'val2' },
      headers: HEADERS,
    },
    isBase64Encoded: false,
    body: 'request_body',
  };
}
