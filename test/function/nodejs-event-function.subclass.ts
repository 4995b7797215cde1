import * as path from 'path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { NodejsEventFunction } from '../../src';

/** A function of a user's own: its source is beside this file. */
export class Orders extends NodejsEventFunction {
  constructor(scope: Construct, id: string) {
    super(scope, id, { projectRoot: path.join(__dirname, '..'), runtime: lambda.Runtime.NODEJS_22_X });
  }
}
