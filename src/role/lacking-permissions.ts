import * as fs from 'fs';
import * as path from 'path';
import { Annotations, attachCustomSynthesis, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { forgetPolicies } from './policies-of-app';
import { isOfOtherAccount, ReadOnlyRole } from './read-only-role';
import { asText } from '../support/as-text';

/** Id of the warning, for `Annotations.of(fn).acknowledgeWarning()`. */
const WARNING = 'cdk-event-functions:RoleLacksPermissions';

/** File systems take no longer names; the end of the id tells functions apart. */
const LONGEST_ID = 200;

/**
 * Says what a read-only role was not given: in a warning, and in a file of the cloud assembly with the policy to paste.
 *
 * @param note what people should know of it besides
 */
export function reportLacking(fn: Construct, role: ReadOnlyRole, note?: string): void {
  const file = `${Names.uniqueId(fn).slice(-LONGEST_ID)}.role-permissions.json`;
  let validated: { readonly report?: Report } | undefined;
  // At synthesis, when nothing more is granted; the file last, since folders are there only then.
  fn.node.addValidation({
    validate: () => {
      const report = describe(fn, role, note);
      validated = { report };
      if (report) Annotations.of(fn).addWarningV2(WARNING, message(report, file));
      return [];
    },
  });
  attachCustomSynthesis(fn, {
    onSynthesize: ({ outdir }) => {
      // Validation may be left out.
      const { report } = validated ?? { report: describe(fn, role, note) };
      const target = path.join(outdir, file);
      if (report) fs.writeFileSync(target, `${JSON.stringify(report, undefined, 2)}\n`);
      // The folder keeps what former syntheses wrote.
      else fs.rmSync(target, { force: true });
      // The app may change before it is synthesized again.
      validated = undefined;
      forgetPolicies(fn);
    },
  });
}

interface Report {
  readonly function: string;
  readonly role: string;
  readonly note?: string;
  readonly policy: { readonly Version: string; readonly Statement: readonly unknown[] };
  readonly managedPolicyArns?: readonly string[];
}

function describe(fn: Construct, role: ReadOnlyRole, note?: string): Report | undefined {
  const { statements, managedPolicyArns } = role.lacking();
  if (statements.length + managedPolicyArns.length === 0) return undefined;
  const notes = [...note === undefined ? [] : [note], ...isOfOtherAccount(role, fn) ? [otherAccount(fn, role)] : []];
  // The CDK puts statements together and leaves out what is there twice.
  const document = new iam.PolicyDocument({ statements: [...statements], minimize: true });
  return {
    function: fn.node.path,
    role: String(asText(role.roleArn, fn)),
    ...notes.length > 0 ? { note: notes.join('; ') } : {},
    policy: { Version: '2012-10-17', Statement: (asText(document, fn) as { Statement?: unknown[] } | undefined)?.Statement ?? [] },
    ...managedPolicyArns.length > 0 ? { managedPolicyArns: managedPolicyArns.map((arn) => String(asText(arn, fn))) } : {},
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
function otherAccount(fn: Construct, role: ReadOnlyRole): string {
  return `the role is in account ${role.env.account} and the function in ${Stack.of(fn).account}: a role can be passed to Lambda within its own account only`;
}

function message({ function: fn, role, note, policy, managedPolicyArns = [] }: Report, file: string): string {
  return [
    `'role' of '${fn}' must allow what the function uses, got ${role}, which this app cannot change;`,
    `attach these statements to it unless it has them (also in ${file} of the cloud assembly): ${JSON.stringify(policy.Statement)}`,
    ...managedPolicyArns.length > 0 ? [`and the managed policies ${managedPolicyArns.join(', ')}`] : [],
    ...note === undefined ? [] : [`(${note})`],
    '[RoleLacksPermissions]',
  ].join(' ');
}
