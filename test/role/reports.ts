import * as fs from 'fs';
import * as path from 'path';
import { Stage } from 'aws-cdk-lib';

/** What was said of a role that lacks something. */
export interface Report {
  /** File name, relative to the cloud assembly. */
  readonly file: string;
  readonly json: {
    readonly function: string;
    readonly role: string;
    readonly note?: string;
    readonly policy: { readonly Version: string; readonly Statement: any[] };
    readonly managedPolicyArns?: string[];
  };
}

/** The files that an app wrote about roles that lack something, in its nested assemblies, too. */
export function reportsOf(app: Stage): Report[] {
  const { directory } = app.synth();
  return (fs.readdirSync(directory, { recursive: true, encoding: 'utf8' }) as string[])
    .filter((file) => file.endsWith('.role-permissions.json')).sort()
    .map((file) => ({ file, json: JSON.parse(fs.readFileSync(path.join(directory, file), 'utf8')) }));
}

/** The warnings about such roles, each as `<construct path>: <message>`. */
export function warningsOf(app: Stage): string[] {
  return app.synth().stacksRecursively.flatMap((stack) => stack.messages)
    .filter(({ level, entry }) => level === 'warning' && String(entry.data).includes('RoleLacksPermissions'))
    .map(({ id, entry }) => `${id}: ${entry.data}`);
}
