import { textOfAttribute } from './text';
import { Bytes, exactly, generatedNameBytes, plus, policyBytes, Surroundings } from '../../measure/policy-bytes';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import type { Stack } from '../stack';

/** What is known of a stack for telling the length of its policies: names that CloudFormation generates, too. */
export function surroundingsOf(stack: Stack): Surroundings {
  const known = byStack(stack.app);
  if (!known.has(stack)) known.set(stack, read(stack));
  return known.get(stack)!;
}

const byStack = oncePerApp(() => new Map<Stack, Surroundings>());

function read(stack: Stack): Surroundings {
  const { region, account } = stack;
  return {
    region,
    account,
    stackName: nameOf(stack),
    attributeBytes: (logicalId, attribute) => {
      const resource = stack.resource(logicalId);
      return resource && lengthOf(resource, attribute);
    },
  };
}

/** Length of a name or an ARN; `undefined` for types whose ARNs we do not know the form of. */
function lengthOf(resource: Resource, attribute: string): Bytes | undefined {
  const { region, account } = resource.stack;
  const stackName = nameOf(resource.stack);
  const pieces = textOfAttribute(resource, attribute).map((piece): Bytes | undefined => {
    if (typeof piece === 'string') return exactly(Buffer.byteLength(piece));
    if (piece.id.startsWith('AWS::')) return shorter(policyBytes({ Ref: piece.id }, { region, account, stackName }));
    return piece.kind?.startsWith('name of ') ? generated(piece.id, resource) : undefined;
  });
  return pieces.every((piece) => piece !== undefined) ? plus(...pieces) : undefined;
}

/** Without the quotes. */
function shorter({ least, likely }: Bytes): Bytes {
  return { least: least - 2, likely: likely - 2 };
}

/** `name of <stack>/<logical id>`: the random part has twelve letters, now and then thirteen. */
function generated(id: string, { stack }: Resource): Bytes {
  return exactly(generatedNameBytes(id.slice(id.lastIndexOf('/') + 1), nameOf(stack)));
}

/** A nested stack is named by CloudFormation, after its parent and its resource there. */
function nameOf({ name, parent }: Stack): string {
  return parent ? `${nameOf(parent.stack)}-${parent.logicalId}-${'x'.repeat(12)}` : name;
}
