import { CfnResource, IResolvable, Lazy, Stack, Token } from 'aws-cdk-lib';
import { refersToNothing } from '../support/references';

/** What CloudFormation puts behind `<stack>-<logical id>` when nobody named a resource: a hyphen and up to 12 letters and digits. */
const RANDOM = 13;

/** How CloudFormation cuts names that are too long is not documented; this much of the stack's name was always left. */
const SURELY_LEFT = 20;

/**
 * The name of a resource as it is known before there is one: the one that was given, or a pattern of those that
 * CloudFormation makes up.
 *
 * @param longest letters that the service takes
 */
export function nameBefore(resource: CfnResource, given: string | undefined, longest: number): string {
  return Lazy.uncachedString({
    produce: () => {
      const name: unknown = Stack.of(resource).resolve(given);
      return name !== undefined && refersToNothing(name) ? given : generated(resource, longest);
    },
  });
}

function generated(resource: CfnResource, longest: number): string {
  const stack = Stack.of(resource);
  // The name of a nested stack is made up in the same way, of that of its parent.
  if (stack.nestedStackParent) return `${topmost(stack).stackName.slice(0, SURELY_LEFT)}*`;
  const whole = `${stack.stackName}-${stack.getLogicalId(resource)}`;
  return whole.length + RANDOM <= longest ? `${whole}-*` : `${stack.stackName.slice(0, SURELY_LEFT)}*`;
}

function topmost(stack: Stack): Stack {
  return stack.nestedStackParent ? topmost(stack.nestedStackParent) : stack;
}

/**
 * An ARN that policies in the stack of the function write as it is, and those of other stacks as `before`, if it refers
 * to something: a deployer has to be there before what it deploys.
 */
export function arnIn(own: Stack, arn: unknown, before: string): string {
  return Lazy.uncachedString({
    produce: ({ scope }) => Stack.of(scope) === own || refersToNothing(own.resolve(arn)) ? asString(arn) : before,
  });
}

function asString(value: unknown): string {
  return typeof value === 'string' ? value : Token.asString(value as IResolvable);
}
