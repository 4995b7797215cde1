import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** The aliases in a stack, whoever made them, by the functions that they are of. To be asked when the app is finished. */
export class AliasesOf {
  private readonly aliases: readonly { readonly alias: lambda.CfnAlias; readonly fn: string }[];

  constructor(private readonly stack: Stack) {
    this.aliases = stack.node.findAll().filter(lambda.CfnAlias.isCfnAlias)
      .filter((alias) => Stack.of(alias) === stack)
      .map((alias) => ({ alias, fn: this.text(alias.functionName) }));
  }

  /** Those whose function is a reference to this one, or is made of one. */
  public of(fn: lambda.Function): lambda.CfnAlias[] {
    const references = [fn.functionName, fn.functionArn].map((name) => this.text(name));
    return this.aliases.filter((entry) => references.some((reference) => entry.fn.includes(reference))).map(({ alias }) => alias);
  }

  /** The versions that aliases name, also with a weight: numbers, or references to them. Each once, and without the given one. */
  public versionsOf(aliases: readonly lambda.CfnAlias[], besides: string): unknown[] {
    const versions = new Map(aliases.flatMap((alias) => this.named(alias)).map((version) => [this.text(version), version]));
    versions.delete(this.text(besides));
    return [...versions.values()];
  }

  private named({ functionVersion, routingConfig }: lambda.CfnAlias): unknown[] {
    const routing: { additionalVersionWeights?: lambda.CfnAlias.VersionWeightProperty[] } | undefined = this.stack.resolve(routingConfig);
    return [functionVersion, ...(routing?.additionalVersionWeights ?? []).map((weight) => weight.functionVersion)];
  }

  private text(value: unknown): string {
    return JSON.stringify(this.stack.resolve(value)) ?? '';
  }
}
