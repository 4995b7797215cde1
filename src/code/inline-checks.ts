import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { INLINE_HANDLER, MAX_TEMPLATE_BYTES } from '../limits/packaging';
import { mistake } from '../support/errors';
import { isKnown } from '../support/tokens';

/** Refuses inline code that cannot be deployed, or whose handler is in a file that is not there. Other code passes. */
export function checkInlineCode(scope: Construct, props: lambda.FunctionProps): void {
  if (!(props.code instanceof lambda.InlineCode)) return;
  checkInlineSize(scope, props.code.bind(scope).inlineCode);
  // A layer may bring the handler along, as those of observability vendors do.
  const mayBeElsewhere = props.layers !== undefined && props.layers.length > 0 || props.filesystem !== undefined;
  if (mayBeElsewhere || !isKnown(props.handler) || INLINE_HANDLER.test(props.handler)) return;
  throw mistake(scope, {
    code: 'InlineHandlerNotIndex',
    property: 'handler',
    allowed: "'index.' and the name of a function when the code is inline",
    got: props.handler,
    fix: 'CloudFormation keeps inline code in a file called index; rename the handler, or deploy a folder with Code.fromAsset()',
  });
}

function checkInlineSize(scope: Construct, text: string | undefined): void {
  const bytes = isKnown(text) ? Buffer.byteLength(text) : 0;
  if (bytes <= MAX_TEMPLATE_BYTES) return;
  throw mistake(scope, {
    code: 'InlineCodeTooLarge',
    property: 'code',
    allowed: `at most ${MAX_TEMPLATE_BYTES} bytes of inline code`,
    got: bytes,
    fix: 'a template has no room for more; deploy a folder with Code.fromAsset()',
  });
}
