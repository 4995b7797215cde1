import { createHash } from 'crypto';
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isKnown } from './tokens';

/** A text as a part of a construct id. Ids hold no tokens: in place of one, what it refers to. */
export function idPart(scope: IConstruct, text: string): string {
  if (isKnown(text)) return text;
  return createHash('sha256').update(JSON.stringify(Stack.of(scope).resolve(text))).digest('hex').slice(0, 8);
}
