import { CfnResource, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';

/** The live aliases of each stage, by the functions that they are for. */
const aliasesIn = new WeakMap<IConstruct, Map<string, lambda.Alias>>();

/**
 * Makes URLs wait for the live alias. They name it by its name only, so that CloudFormation sees no dependency, and the CDK
 * lets them wait for the default child of what they were given, which here is the function.
 *
 * At synthesis, because URLs are made in many ways; once for all functions of a stage.
 */
export function makeUrlsWait(fn: lambda.IFunction, alias: lambda.Alias): void {
  const stage = Stage.of(alias) ?? alias.node.root;
  const aliases = aliasesIn.get(stage) ?? new Map<string, lambda.Alias>();
  aliases.set(`${fn.functionArn} ${alias.aliasName}`, alias);
  if (aliasesIn.has(stage)) return;
  aliasesIn.set(stage, aliases);
  stage.node.addValidation({
    validate: () => {
      for (const url of stage.node.findAll().filter(lambda.CfnUrl.isCfnUrl)) {
        const wanted = aliases.get(`${url.targetFunctionArn} ${url.qualifier}`);
        if (wanted) url.addResourceDependency(wanted.node.defaultChild as CfnResource);
      }
      return [];
    },
  });
}
