import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as connect from 'aws-cdk-lib/aws-connect';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { PushSourceBase } from './push-source-base';
import { connectEvent } from './samples/connect-instance';
import { CONNECT_INSTANCE } from '../../limits/sources/connect';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { idPart } from '../../support/id-part';
import { isKnown } from '../../support/tokens';

/** An instance of Amazon Connect whose flows invoke a function. Made by `PushSource.connectInstance()`. */
export class ConnectInstancePushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = CONNECT_INSTANCE;

  /** @internal */
  constructor(private readonly instanceArn: string) {
    super();
    if (!isKnown(instanceArn) || /^arn:[a-z-]+:connect:[a-z0-9-]+:\d{12}:instance\/[a-zA-Z0-9-]+$/.test(instanceArn)) return;
    throw mistake(undefined, {
      code: 'ConnectInstanceArnMalformed',
      property: 'instanceArn',
      allowed: "the ARN of an instance, such as 'arn:aws:connect:eu-central-1:111122223333:instance/c8c0e68d-2200-4265-82c0-000000000000'",
      got: instanceArn,
      fix: 'take it from CfnInstance.attrArn, or from the console of Amazon Connect',
    });
  }

  /** Called by `addEventSource()`: permits the instance to invoke, and adds the function to those that its flows can choose. */
  public bind(target: lambda.IFunction): void {
    const id = `Connect-${idPart(target, this.instanceArn).replace(/^.*:/, '')}`;
    // Whether the association writes a permission of its own is not documented, as it is for the console: one more does no harm.
    target.addPermission(id, {
      principal: new iam.ServicePrincipal('connect.amazonaws.com'),
      sourceArn: this.instanceArn,
      sourceAccount: Stack.of(target).splitArn(this.instanceArn, ArnFormat.SLASH_RESOURCE_NAME).account,
    });
    const association = new connect.CfnIntegrationAssociation(target as unknown as Construct, `${id}-Association`, {
      instanceId: this.instanceArn,
      integrationType: 'LAMBDA_FUNCTION',
      integrationArn: target.functionArn,
    });
    const permission = target.node.tryFindChild(id);
    if (permission) association.node.addDependency(permission);
  }

  /** @internal */
  protected _sampleEvent(): object {
    return isKnown(this.instanceArn) ? connectEvent(this.instanceArn) : connectEvent();
  }
}
