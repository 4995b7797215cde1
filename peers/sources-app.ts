/** One stack for each source that there is, as test/fixtures/sources has them. */

import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction } from '../src';
import { inPascalCase, SOURCES } from '../test/fixtures/sources/one-of-each';

const app = new App();
for (const [name, wire] of Object.entries(SOURCES)) {
  const stack = new Stack(app, inPascalCase(name));
  wire(stack, new EventFunction(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  }));
}
