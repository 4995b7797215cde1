/** One stack for each source that there is, as test/fixtures/sources has them. What ServerlessChecks wants to be chosen is chosen. */

import { App, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction } from '../src';
import { inPascalCase, SOURCES } from '../test/fixtures/sources/one-of-each';
import { PULLED } from '../test/fixtures/sources/pulled';

const app = new App();
for (const [name, wire] of Object.entries({ ...SOURCES, ...PULLED })) {
  const stack = new Stack(app, inPascalCase(name));
  wire(stack, new EventFunction(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    memorySize: 256,
    timeout: Duration.seconds(4), // a user pool waits for 5
  }));
}
