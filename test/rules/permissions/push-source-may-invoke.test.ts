import * as fs from 'fs';
import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { INTEGRATIONS, OTHER_INTEGRATIONS } from './integrations';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { pushTriggers } from '../../../src/model/triggers/push-triggers';
import { pushSourceMayInvoke } from '../../../src/rules/permissions/push-source-may-invoke';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const OTHER_ACCOUNT = '999999999999';

type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };

/** An app in which something calls a function, or its alias, beside another function. */
function synthesized(wire: (typeof INTEGRATIONS)[string], qualifier: 'function' | 'alias', env: typeof ENV | undefined) {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': false } });
  const stack = new Stack(app, 'Shop', { env });
  const make = (id: string) => new lambda.Function(stack, id, { code: lambda.Code.fromInline('x'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X });
  const [fn, other] = [make('Orders'), make('Other')];
  const alias = fn.addAlias('live');
  wire(stack, qualifier === 'alias' ? alias : fn);
  const name = (construct: lambda.IFunction) => stack.getLogicalId(construct.node.defaultChild as lambda.CfnFunction);
  const file = app.synth().getStackArtifact(stack.artifactId).templateFullPath;
  return {
    template: JSON.parse(fs.readFileSync(file, 'utf8')) as Template,
    others: [name(other), qualifier === 'alias' ? name(fn) : name(alias)],
    read: (template: Template) => {
      fs.writeFileSync(file, JSON.stringify(template));
      return readAssembly(app.outdir);
    },
  };
}

/** All ways in which one permission may be wrong. */
function mutantsOf(template: Template, others: readonly string[]): [string, Template][] {
  const permissions = Object.keys(template.Resources).filter((id) => template.Resources[id].Type === 'AWS::Lambda::Permission');
  return permissions.flatMap((id): [string, Template][] => {
    const changed = (change: (properties: Record<string, unknown>) => void) => {
      const copy = structuredClone(template);
      change(copy.Resources[id].Properties);
      return copy;
    };
    const without = structuredClone(template);
    delete without.Resources[id];
    return [
      [`${id} deleted`, without],
      ...others.map((other): [string, Template] => [`${id} for ${other}`, changed((properties) => { properties.FunctionName = { Ref: other }; })]),
      [`${id} for another source`, changed((properties) => { properties.SourceArn = 'arn:aws:sqs:eu-west-1:111122223333:other'; })],
      [`${id} for another account`, changed((properties) => { properties.SourceAccount = OTHER_ACCOUNT; })],
      [`${id} for another service`, changed((properties) => { properties.Principal = 'other.amazonaws.com'; })],
      [`${id} for another action`, changed((properties) => { properties.Action = 'lambda:GetFunction'; })],
    ];
  });
}

describe.each(['function', 'alias'] as const)('wired to the %s', (qualifier) => {
  test.each(Object.entries({ ...INTEGRATIONS, ...OTHER_INTEGRATIONS }))('%s: nothing is found, with and without an environment', (_, wire) => {
    for (const env of [ENV, undefined]) {
      const { template, read } = synthesized(wire, qualifier, env);
      const app = read(template);
      expect([...pushSourceMayInvoke.check(app)].map(({ message }) => message)).toEqual([]);
    }
  });

  test.each(Object.entries(INTEGRATIONS))('%s: a permission that is wrong in any way is found', (_, wire) => {
    const { template, others, read } = synthesized(wire, qualifier, ENV);
    const mutants = mutantsOf(template, others);
    expect(mutants.length).toBeGreaterThan(0);
    expect(pushTriggers(read(template)).length).toBeGreaterThan(0);
    const survived = mutants.filter(([, mutant]) => [...pushSourceMayInvoke.check(read(mutant))].length === 0).map(([title]) => title);
    expect(survived).toEqual([]);
  });
});
