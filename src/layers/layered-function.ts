import { Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { MAX_LAYERS } from '../limits/packaging';
import { mistake } from '../support/errors';

/**
 * `lambda.Function` that keeps the order of its layers and refuses the sixth with all their names.
 *
 * It overrides `addLayers`, which the constructor of `lambda.Function` calls for every layer, also for those that
 * Insights, ADOT and Parameters and Secrets bring along. Not exported: users see a `lambda.Function`.
 */
export class LayeredFunction extends lambda.Function {
  // `declare`: the constructor of the base class fills this in, and a field initializer would empty it again.
  private declare ordered?: lambda.ILayerVersion[];

  constructor(scope: Construct, id: string, props: lambda.FunctionProps) {
    super(scope, id, props);
    renderInOrder(this, () => this.ordered);
  }

  public addLayers(...layers: lambda.ILayerVersion[]): void {
    const all = checkedLayers(this, this.ordered, layers);
    super.addLayers(...layers);
    this.ordered = all;
  }
}

type Layers = readonly lambda.ILayerVersion[];

/** Renders layers as they were added. */
export function renderInOrder(fn: lambda.Function, ordered: () => Layers | undefined): void {
  // The base class sorts layers by construct path, but a later layer overwrites files of an earlier one in /opt.
  // https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
  (fn.node.defaultChild as lambda.CfnFunction).layers = Lazy.list(
    { produce: () => ordered()?.map((layer) => layer.layerVersionArn) },
    { omitEmpty: true },
  );
}

/** The layers of a function with more of them; refuses the sixth. */
export function checkedLayers(fn: lambda.Function, before: Layers | undefined, more: Layers): lambda.ILayerVersion[] {
  const all = [...before ?? [], ...more];
  if (all.length <= MAX_LAYERS) return all;
  throw mistake(fn, {
    code: 'TooManyLayers',
    property: 'layers',
    allowed: `at most ${MAX_LAYERS}, those of Insights, ADOT and Parameters and Secrets included`,
    got: `${all.length}: ${all.map(layerName).join(', ')}`,
    fix: 'merge some into one layer, or move code into the function',
  });
}

function layerName(layer: lambda.ILayerVersion): string {
  return layer.node.id;
}
