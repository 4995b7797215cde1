import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What the template says of the resource behind a construct, by name: `Type`, `Properties`, `DependsOn`, ... */
export function resolved(construct: IConstruct): Readonly<Record<string, unknown>> {
  const resource = construct.node.defaultChild as CfnResource;
  // How the CDK itself asks a resource; the compiler is not told.
  const { Resources } = Stack.of(resource).resolve((resource as unknown as { _toCloudFormation(): object })._toCloudFormation());
  return Object.values(Resources)[0] as Readonly<Record<string, unknown>>;
}
