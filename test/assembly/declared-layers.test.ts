import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { readAssembly } from '../../src/assembly/read-assembly';
import { tempFolder } from '../fixtures/temp-folder';
import { anyJson } from '../model/any-json';
import { stackIn } from '../model/app-of';

/** What the model has of metadata that somebody put into an app. */
function declared(...data: unknown[]) {
  const app = new App({ outdir: tempFolder(), analyticsReporting: false });
  const layer = new Construct(new Stack(app, 'Shop'), 'Layer');
  for (const item of data) layer.node.addMetadata('cdk-event-functions:layer', item);
  app.synth();
  return stackIn(readAssembly(app.outdir), 'Shop').declaredLayers.map(({ arn, bytes, architectures }) => ({ arn, bytes, architectures }));
}

test('what was declared is read', () => {
  expect(declared({ arn: 'a', unzippedBytes: 5, compatibleArchitectures: ['arm64'] }, { arn: { Ref: 'Layer' } })).toEqual([
    { arn: 'a', bytes: 5, architectures: ['arm64'] },
    { arn: { Ref: 'Layer' }, bytes: undefined, architectures: undefined },
  ]);
});

test('what is no declaration is left out, as a whole or in part', () => {
  expect(declared('text', null, 5, [], {}, { unzippedBytes: 5 }, { arn: null }, { arn: 'a', unzippedBytes: '5', compatibleArchitectures: 'arm64' }, { arn: 'b', unzippedBytes: -1 })).toEqual([
    { arn: 'a', bytes: undefined, architectures: undefined },
    { arn: 'b', bytes: undefined, architectures: undefined },
  ]);
});

test('no metadata makes the reader throw', () => {
  fc.assert(fc.property(anyJson, anyJson, (arn, unzippedBytes) => {
    declared({ arn, unzippedBytes });
  }), { numRuns: 20 });
});
