import * as fs from 'fs';
import * as path from 'path';
import { Annotations, attachCustomSynthesis, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ReadOnlyRole } from './read-only-role';
import { asText } from '../support/as-text';

/** Id of the warning, for `Annotations.of(fn).acknowledgeWarning()`. */
const WARNING = 'cdk-event-functions:RoleLacksPermissions';

/**
 * Says what a read-only role was not given: in a warning, and in a file of the cloud assembly with the policy to paste.
 */
export function reportLacking(fn: Construct, role: ReadOnlyRole): void {
  const file = `${Names.uniqueId(fn)}.role-permissions.json`;
  // At synthesis, when nothing more is granted; the file last, since folders are there only then.
  fn.node.addValidation({
    validate: () => {
      const report = describe(fn, role);
      if (report) Annotations.of(fn).addWarningV2(WARNING, message(report, file));
      return [];
    },
  });
  attachCustomSynthesis(fn, {
    onSynthesize: ({ outdir }) => {
      const report = describe(fn, role);
      if (report) fs.writeFileSync(path.join(outdir, file), `${JSON.stringify(report, undefined, 2)}\n`);
    },
  });
}

interface Report {
  readonly function: string;
  readonly role: string;
  readonly policy: { readonly Version: string; readonly Statement: readonly unknown[] };
  readonly managedPolicyArns?: readonly string[];
}

function describe(fn: Construct, role: ReadOnlyRole): Report | undefined {
  const stack = Stack.of(fn);
  const text = (value: unknown) => asText(stack.resolve(value));
  if (role.lacking.length + role.lackingPolicies.length === 0) return undefined;
  // The CDK puts statements together and leaves out what is there twice.
  const document = new iam.PolicyDocument({ statements: role.lacking, minimize: true });
  return {
    function: fn.node.path,
    role: String(text(role.roleArn)),
    policy: { Version: '2012-10-17', Statement: (text(document) as { Statement?: unknown[] } | undefined)?.Statement ?? [] },
    ...role.lackingPolicies.length > 0 ? { managedPolicyArns: role.lackingPolicies.map((arn) => String(text(arn))) } : {},
  };
}

function message({ function: fn, role, policy, managedPolicyArns = [] }: Report, file: string): string {
  return [
    `'role' of '${fn}' must allow what the function uses, got ${role}, which this app cannot change;`,
    `attach these statements to it unless it has them (also in ${file} of the cloud assembly): ${JSON.stringify(policy.Statement)}`,
    ...managedPolicyArns.length > 0 ? [`and the managed policies ${managedPolicyArns.join(', ')}`] : [],
    '[RoleLacksPermissions]',
  ].join(' ');
}
