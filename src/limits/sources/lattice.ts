import { EventTypeNames, SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { Range } from '../range';

const PAGE = 'https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html';

/** Services of Amazon VPC Lattice. */
export const LATTICE: SourceSemantics = {
  service: 'Amazon VPC Lattice',
  invocation: InvocationMode.SYNCHRONOUS,
  principal: 'vpc-lattice.amazonaws.com',
  conditionKeys: ['aws:SourceArn'],
  retries: 'nobody is documented to try again, unless the client does',
  failedEvents: 'nowhere: the client gets an error',
  limits: [
    // https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
    { name: 'bytes of the body of the request', value: 6_291_456, unit: 'bytes' },
    // https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
    { name: 'bytes of the answer', value: 6_291_456, unit: 'bytes' },
  ],
  eventType: {
    python: 'VPCLatticeEventV2',
    java: 'com.amazonaws.services.lambda.runtime.events.VpcLatticeV2RequestEvent',
  },
  documentation: PAGE,
};

/** The types of events of version 1. */
export const LATTICE_V1_TYPE: EventTypeNames = { python: 'VPCLatticeEvent' };

/** Priorities of the rules of a listener. */
export const LATTICE_PRIORITY: Range = {
  min: 1, max: 100, unit: 'on the listener', source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-vpclattice-rule.html',
};

/**
 * What rules can ask for.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-vpclattice-rule-httpmatch.html
 */
export const LATTICE_MATCH = {
  methods: ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'TRACE'],
  path: /^\/[a-zA-Z0-9@:%_+.~#?&/=-]{0,127}$/,
  headers: 5,
  headerName: 40,
  headerValue: 128,
} as const;

/**
 * A name of a target group.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-vpclattice-targetgroup.html
 */
export const LATTICE_GROUP_NAME = /^(?=.{3,128}$)[a-z0-9]+(-[a-z0-9]+)*$/;
