import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { checkedLayers, renderInOrder } from './layered-function';

/** `NodejsFunction` that treats its layers as `LayeredFunction` does. Not exported: users see a `lambda.Function`. */
export class LayeredNodejsFunction extends nodejs.NodejsFunction {
  // `declare`: the constructor of the base class fills this in, and a field initializer would empty it again.
  private declare ordered?: lambda.ILayerVersion[];

  constructor(scope: Construct, id: string, props: nodejs.NodejsFunctionProps) {
    super(scope, id, props);
    renderInOrder(this, () => this.ordered);
  }

  public addLayers(...layers: lambda.ILayerVersion[]): void {
    const all = checkedLayers(this, this.ordered, layers);
    super.addLayers(...layers);
    this.ordered = all;
  }
}
