/** What a request is like. */
export interface LatticeSample {
  readonly path?: string;
  readonly method?: string;
}

const HEADERS: Readonly<Record<string, string>> = {
  'accept': '*/*',
  'host': 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws',
  'user-agent': 'curl/8.5.0',
  'x-forwarded-for': '10.213.229.10',
};

/** @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#receive-event-from-service */
export function latticeEvent({ path = '/path/to/resource', method = 'GET' }: LatticeSample = {}) {
  return {
    version: '2.0',
    path: `${path}?key=value`,
    method,
    headers: Object.fromEntries(Object.entries(HEADERS).map(([name, value]) => [name, [value]])),
    queryStringParameters: { key: ['value'] },
    body: 'request-body',
    isBase64Encoded: false,
    requestContext: {
      serviceNetworkArn: 'arn:aws:vpc-lattice:eu-west-1:123456789012:servicenetwork/sn-0bf3f2882e9cc805a',
      serviceArn: 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0a40eebed65f8d69c',
      targetGroupArn: 'arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-6d0ecf831eec9f09',
      identity: {
        sourceVpcArn: 'arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0b8276c84697e7339',
        type: 'AWS_IAM',
        principal: 'arn:aws:sts::123456789012:assumed-role/my-role/my-session',
        principalOrgID: 'o-50dc6c495c0c9188',
        sessionName: 'i-0c7de02a688bde9f7',
      },
      region: 'eu-west-1',
      timeEpoch: '1690497599177430',
    },
  };
}

/** Version 1 of the same: without who calls, each header and parameter once. */
export function latticeEventV1({ path = '/path/to/resource', method = 'GET' }: LatticeSample = {}) {
  return {
    raw_path: `${path}?key=value`,
    method,
    headers: { ...HEADERS },
    query_string_parameters: { key: 'value' },
    body: 'request-body',
    is_base64_encoded: false,
  };
}
