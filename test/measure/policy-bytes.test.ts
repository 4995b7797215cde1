import * as fc from 'fast-check';
import { policyBytes } from '../../src/measure/policy-bytes';
import { documentBytesAt } from '../../src/model/iam/policy-sizes';
import { Json, JsonObject } from '../../src/model/template';
import { plainJson } from '../model/any-json';
import { appOf, resourceIn } from '../model/app-of';

/** The length of a policy is that of its JSON without white space, which is what IAM counts. */

const AROUND = { account: '123456789012', region: 'eu-west-1', stackName: 'Shop' };

/** Letters of policies: JSON has to escape some. */
const text = fc.string({ unit: fc.constantFrom(...'abz019:/*?-_."\\${} '), maxLength: 40 });
const listOrOne = (item: fc.Arbitrary<Json>) => fc.oneof(item, fc.array(item, { maxLength: 5 }));
const principal = fc.oneof(fc.constant<Json>('*'), fc.dictionary(fc.constantFrom('AWS', 'Service', 'Federated'), listOrOne(text), { noNullPrototype: true }));
const condition = fc.dictionary(
  fc.constantFrom('StringEquals', 'ArnLike', 'ForAnyValue:StringLike', 'Bool', 'NumericLessThan'),
  fc.dictionary(fc.constantFrom('aws:SourceAccount', 'aws:ResourceTag/team', 'iam:PassedToService'), listOrOne(fc.oneof(text, fc.boolean(), fc.integer())), { noNullPrototype: true }),
  { noNullPrototype: true },
);

const statement = fc.record<Record<string, Json>>({
  Sid: text,
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: listOrOne(text),
  NotAction: listOrOne(text),
  Resource: listOrOne(text),
  NotResource: listOrOne(text),
  Condition: condition,
}, { requiredKeys: ['Effect'], noNullPrototype: true });

const document = fc.record({ Version: fc.constant('2012-10-17'), Statement: listOrOne(statement as fc.Arbitrary<Json>) });

const trust = fc.record({
  Version: fc.constant('2012-10-17'),
  Statement: fc.array(fc.record({ Effect: fc.constant('Allow'), Action: fc.constantFrom('sts:AssumeRole', 'sts:TagSession'), Principal: principal, Condition: condition }) as fc.Arbitrary<Json>),
});

const length = (json: Json) => JSON.stringify(json).length;

function inTemplate(type: string, property: string, policy: Json) {
  return documentBytesAt(resourceIn(appOf({ Policy: { Type: type, Properties: { [property]: policy } } }, AROUND), 'Policy'), property);
}

describe('a document that the deployment adds nothing to', () => {
  test('any JSON', () => {
    fc.assert(fc.property(plainJson, (json) => {
      expect(policyBytes(json, {})).toEqual({ least: Buffer.byteLength(JSON.stringify(json)), likely: Buffer.byteLength(JSON.stringify(json)) });
    }));
  });

  test.each<[string, string, string, fc.Arbitrary<JsonObject>]>([
    ['an inline policy', 'AWS::IAM::Policy', 'PolicyDocument', document],
    ['a managed policy', 'AWS::IAM::ManagedPolicy', 'PolicyDocument', document],
    ['a trust policy', 'AWS::IAM::Role', 'AssumeRolePolicyDocument', trust],
  ])('%s, as an object and as text with white space', (_, type, property, policies) => {
    fc.assert(fc.property(policies, fc.constantFrom(undefined, 1, 4, '\t'), (policy, space) => {
      const exact = { least: length(policy), likely: length(policy) };
      expect(inTemplate(type, property, policy)).toEqual(exact);
      expect(inTemplate(type, property, JSON.stringify(policy, undefined, space))).toEqual(exact);
    }));
  });
});

describe('a document with what the template knows', () => {
  /** Text with what stands for the Region and the account, and the text that it becomes. */
  const known = fc.array(fc.oneof(
    text.map((piece): [Json, string] => [piece, piece]),
    fc.constant<[Json, string]>([{ Ref: 'AWS::Region' }, AROUND.region]),
    fc.constant<[Json, string]>([{ Ref: 'AWS::AccountId' }, AROUND.account]),
    fc.constant<[Json, string]>([{ Ref: 'AWS::StackName' }, AROUND.stackName]),
    fc.constant<[Json, string]>([{ Ref: 'AWS::Partition' }, 'aws']),
  ), { minLength: 1, maxLength: 6 });

  test('counts what comes of it', () => {
    fc.assert(fc.property(fc.array(known), fc.constantFrom('', ':', '"'), (texts, separator) => {
      const written = { Statement: texts.map((pieces) => ({ Resource: { 'Fn::Join': [separator, pieces.map(([json]) => json)] } })) };
      const deployed = { Statement: texts.map((pieces) => ({ Resource: pieces.map(([, piece]) => piece).join(separator) })) };
      expect(inTemplate('AWS::IAM::Policy', 'PolicyDocument', written)).toEqual({ least: length(deployed), likely: length(deployed) });
    }));
  });

  test('never counts more for sure than there may be', () => {
    const shortest: [Json, string | undefined][] = [[{ Ref: 'AWS::Region' }, 'us-east-1'], [{ Ref: 'Parameter' }, 'x'], [{ Ref: 'AWS::NoValue' }, undefined]];
    for (const [json, deployed] of shortest) {
      const { least } = policyBytes({ Statement: [{ Resource: json }] }, {});
      expect(least).toBeLessThanOrEqual(JSON.stringify({ Statement: [{ Resource: deployed }] }).length);
    }
  });
});
