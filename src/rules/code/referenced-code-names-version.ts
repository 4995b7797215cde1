import { fn, IN_BUCKET } from './packages';
import { isThere } from '../../model/presence';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const REFERENCE = { S3ObjectStorageMode: 'REFERENCE' };
const layer = (content: JsonObject): JsonObject => ({ Type: 'AWS::Lambda::LayerVersion', Properties: { Content: content } });

/** The property that names the object, by type. */
const OBJECTS = [['AWS::Lambda::Function', 'Code'], ['AWS::Lambda::LayerVersion', 'Content']] as const;

export const referencedCodeNamesVersion: Rule = {
  id: 'referenced-code-names-version',
  title: 'Code that stays in its bucket is named with its version',
  severity: 'error',
  why: 'Lambda keeps no copy of what it takes by reference, and refuses an object that may be another one tomorrow',
  fix: 'name the version of the object (`S3ObjectVersion`), in a bucket that keeps versions, or let Lambda keep a copy (`S3ObjectStorageMode: COPY`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-self-managed-storage.html',
  since: '0.1.0',

  valid: [
    { title: 'a version that a parameter holds', resources: { Orders: fn({ ...IN_BUCKET, ...REFERENCE, S3ObjectVersion: { Ref: 'Version' } }) } },
    { title: 'a copy', resources: { Orders: fn({ ...IN_BUCKET, S3ObjectStorageMode: 'COPY' }), Common: layer(IN_BUCKET) } },
    { title: 'a mode that is decided at deployment', resources: { Orders: fn({ ...IN_BUCKET, S3ObjectStorageMode: { Ref: 'Mode' } }) } },
  ],
  invalid: [
    { title: 'the code of a function has no version', at: 'Orders/Properties/Code', resources: { Orders: fn({ ...IN_BUCKET, ...REFERENCE }) } },
    { title: 'a layer has no version', at: 'Common/Properties/Content', resources: { Common: layer({ ...IN_BUCKET, ...REFERENCE }) } },
  ],

  * check(app) {
    for (const [type, property] of OBJECTS) {
      for (const resource of app.ofType(type)) {
        const mode = resource.text(`${property}.S3ObjectStorageMode`);
        if (mode.kind !== 'known' || mode.value !== 'REFERENCE' || isThere(resource, `${property}.S3ObjectVersion`) !== false) continue;
        yield { resource, path: `Properties/${property}`, message: "'S3ObjectVersion' must be given when 'S3ObjectStorageMode' is REFERENCE, got none" };
      }
    }
  },
};
