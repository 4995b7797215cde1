import { IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * Lets the logical id of the current version be computed once per synthesis, instead of wherever it is named.
 *
 * The id ends in a hash over the whole resolved function. The CDK computes it anew for each place that names the
 * version, eleven times per function with a validation plugin, which is a fifth of the time of a synthesis.
 *
 * While references are still being prepared the id is computed, as always. When they are settled, in the validation
 * phase, it is kept for the templates and for what reads them: nothing may change from there on.
 */
export function computeVersionIdOnce(fn: lambda.Function): void {
  const version = fn.currentVersion.node.defaultChild as lambda.CfnVersion;
  // The one thing here that the CDK does not publish. Where it is not what we know, all stays slower and right.
  const computed = (version as unknown as { readonly _logicalIdOverride?: unknown })._logicalIdOverride;
  if (typeof computed !== 'string') return;
  let settled: string | undefined;
  version.overrideLogicalId(Lazy.uncachedString({
    produce: (context: IResolveContext) => context.preparing ? computed : settled ?? computed,
  }));
  fn.node.addValidation({
    validate: () => {
      settled = Stack.of(fn).resolve(computed);
      return [];
    },
  });
}
