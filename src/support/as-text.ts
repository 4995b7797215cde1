import {
  CfnElement, DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * JSON with what the deployment decides as text, in the form of `Fn::Sub`: `${AWS::Region}`, `${Queue.Arn}`.
 *
 * It can be pasted into the template of the scope's stack, and read by people who replace the names. What another stack
 * has is named with that stack, `${Platform/Queue.Arn}`: alone, its logical id would mean nothing here, or something else.
 */
export function asText(json: unknown, scope: IConstruct): unknown {
  return spellOut(Tokenization.resolve(json, { scope, resolver: new TextResolver(Stack.of(scope)) }));
}

/** The same with the stack in each name, so that texts of several stacks can be compared. */
export function asTextOfApp(json: unknown, scope: IConstruct): unknown {
  const { path } = Stack.of(scope).node;
  return mapText(asText(json, scope), (text) => text.replace(/\$\{(\w+)(?=[.}])/g, `\${${path}/$1`));
}

class TextResolver extends DefaultTokenResolver {
  constructor(private readonly stack: Stack) {
    super(new TextConcatenator());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const isElsewhere = Reference.isReference(token) && !token.displayName.startsWith('AWS::') && Stack.of(token.target) !== this.stack;
    return isElsewhere ? nameWithStack(token) : super.resolveToken(token, context, postProcessor);
  }
}

/** Joins text with what is no text yet. */
class TextConcatenator implements IFragmentConcatenator {
  public join(left: unknown, right: unknown): string {
    return [left, right].filter((part) => part !== undefined).map(spellOut).join('');
  }
}

function nameWithStack({ target, displayName }: Reference): string {
  const stack = Stack.of(target);
  const id = CfnElement.isCfnElement(target) ? stack.resolve(target.logicalId) : target.node.id;
  return `\${${stack.node.path}/${id}${displayName === 'Ref' ? '' : `.${displayName}`}}`;
}

function spellOut(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(spellOut);
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) return callAsText(name, argument);
  return Object.fromEntries(entries.map(([key, value]) => [key, spellOut(value)]));
}

function callAsText(name: string, argument: unknown): string {
  if (name === 'Ref') return `\${${argument}}`;
  if (name === 'Fn::GetAtt') return `\${${Array.isArray(argument) ? argument.join('.') : argument}}`;
  if (name === 'Fn::Sub' && typeof argument === 'string') return argument;
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) return argument[1].map(spellOut).join(argument[0]);
  return `\${${name.replace('Fn::', '')} ${JSON.stringify(argument)}}`;
}

function mapText(json: unknown, map: (text: string) => string): unknown {
  if (typeof json === 'string') return map(json);
  if (Array.isArray(json)) return json.map((item) => mapText(item, map));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, mapText(value, map)]));
}
