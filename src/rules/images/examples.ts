import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of several rules are made of. */

/** A function of an image, with its URI. */
export function fn(imageUri: Json, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: imageUri }, ...properties } };
}

/** The URI of an image that is built with the app, as the CDK writes it. */
export const BUILT: JsonObject = {
  'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}:built',
};

/** The URI of an image in the repository `Repository` of the app, as the CDK writes it. */
export function inRepository(pin: Json): JsonObject {
  const part = (index: number) => ({ 'Fn::Select': [index, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Repository', 'Arn'] }] }] });
  return { 'Fn::Join': ['', [part(4), '.dkr.ecr.', part(3), '.', { Ref: 'AWS::URLSuffix' }, '/', { Ref: 'Repository' }, pin]] };
}

export function repository(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::ECR::Repository', Properties: properties };
}

/** The URI of an image that somebody else pushed. */
export function pushed(pin: string, region = 'eu-west-1'): string {
  return `111122223333.dkr.ecr.${region}.amazonaws.com/orders${pin}`;
}
