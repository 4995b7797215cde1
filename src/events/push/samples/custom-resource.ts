type Properties = { readonly [name: string]: unknown };

/** What all requests have. */
function request(properties: Properties, resourceType: string) {
  const serviceToken = 'arn:aws:lambda:us-east-2:123456789012:function:my-function:live';
  return {
    ServiceToken: serviceToken,
    ResponseURL: 'https://cloudformation-custom-resource-response-useast2.s3-us-east-2.amazonaws.com/arn%3Aaws%3Acloudformation',
    StackId: 'arn:aws:cloudformation:us-east-2:123456789012:stack/my-stack/1134083a-2608-1e91-9897-022501a2c456',
    RequestId: '5d478078-13e9-baf0-464a-7ef285ecc786',
    LogicalResourceId: 'MyResource',
    ResourceType: resourceType,
    ResourceProperties: { ServiceToken: serviceToken, ...properties },
  };
}

const PHYSICAL_ID = 'my-resource-1';
const ANY_TYPE = 'AWS::CloudFormation::CustomResource';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudformation.html */
export function createResourceEvent(properties: Properties = {}, resourceType = ANY_TYPE) {
  return { RequestType: 'Create' as const, ...request(properties, resourceType) };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html */
export function updateResourceEvent(properties: Properties = {}, resourceType = ANY_TYPE) {
  const common = request(properties, resourceType);
  return { RequestType: 'Update' as const, ...common, PhysicalResourceId: PHYSICAL_ID, OldResourceProperties: { ...common.ResourceProperties } };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes.html */
export function deleteResourceEvent(properties: Properties = {}, resourceType = ANY_TYPE) {
  return { RequestType: 'Delete' as const, ...request(properties, resourceType), PhysicalResourceId: PHYSICAL_ID };
}
