import * as fc from 'fast-check';
import { anyJson, plainJson, somethingUnknown } from './any-json';
import { appOf, StackOptions } from './app-of';
import { evaluate } from '../../src/model/evaluate';
import { Json } from '../../src/model/template';
import { ABSENT, known, UNKNOWN } from '../../src/model/value';

const HERE: StackOptions = { region: 'eu-west-1', account: '111122223333', parameters: { Size: { Type: 'Number', Default: 256 } } };

function evaluated(json: Json, options: StackOptions = HERE) {
  return evaluate(json, appOf({ Orders: { Type: 'AWS::Lambda::Function' } }, options).stacks[0]);
}

describe('literals', () => {
  test.each<Json>(['text', '', 0, 3, true, false, null, [], {}, ['a', 1], { a: { b: [null] } }])('%j is known as it stands', (json) => {
    expect(evaluated(json)).toEqual(known(json));
  });

  test('plain JSON of any shape is known as it stands', () => {
    fc.assert(fc.property(plainJson, (json) => {
      expect(evaluated(json)).toEqual(known(json));
    }));
  });

  test('an object is a literal when it only looks like an intrinsic function', () => {
    expect(evaluated({ Ref: 'AWS::Region', Other: 1 })).toEqual(known({ Ref: 'AWS::Region', Other: 1 }));
  });
});

describe('Ref', () => {
  test('the Region and the account are known where the app fixes them', () => {
    expect(evaluated({ Ref: 'AWS::Region' })).toEqual(known('eu-west-1'));
    expect(evaluated({ Ref: 'AWS::AccountId' })).toEqual(known('111122223333'));
  });

  test('the Region and the account are unknown where the app leaves them open', () => {
    expect(evaluated({ Ref: 'AWS::Region' }, {})).toEqual(UNKNOWN);
    expect(evaluated({ Ref: 'AWS::AccountId' }, {})).toEqual(UNKNOWN);
  });

  test('NoValue is absent', () => {
    expect(evaluated({ Ref: 'AWS::NoValue' })).toEqual(ABSENT);
  });

  test.each(['Orders', 'Size', 'AWS::Partition', 'AWS::StackName', 'AWS::URLSuffix', 'NotThere'])('%s is unknown', (name) => {
    expect(evaluated({ Ref: name })).toEqual(UNKNOWN);
  });

  test.each(['constructor', 'toString', 'valueOf', '__proto__'])('a resource or parameter called %s is unknown like any other', (name) => {
    expect(evaluated({ Ref: name })).toEqual(UNKNOWN);
  });

  test.each<Json>([null, 1, [], ['AWS::Region'], {}, { toString: 1 }])('a Ref to %j is unknown', (argument) => {
    expect(evaluated({ Ref: argument })).toEqual(UNKNOWN);
  });
});

describe('Fn::Join', () => {
  test('texts, numbers and pseudo parameters are joined', () => {
    expect(evaluated({ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Region' }, 5]] })).toEqual(known('arn:eu-west-1:5'));
  });

  test('a NoValue is left out together with its delimiter', () => {
    expect(evaluated({ 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }, 'b']] })).toEqual(known('a-b'));
  });

  test('joins may be nested', () => {
    expect(evaluated({ 'Fn::Join': ['/', ['a', { 'Fn::Join': ['', ['b', { Ref: 'AWS::Region' }]] }]] })).toEqual(known('a/beu-west-1'));
  });

  test('one unknown part makes the text unknown', () => {
    expect(evaluated({ 'Fn::Join': ['', ['arn:', { Ref: 'Orders' }]] })).toEqual(UNKNOWN);
  });

  test.each<Json>([null, 'text', [], [','], [',', 'ab'], [{ Ref: 'AWS::Region' }, ['a']], ['', ['a', { a: 1 }]], ['', [['a', 'b']]], ['', [null]], ['', [{ toString: 1 }]]])(
    'a join of %j is unknown', (argument) => {
      expect(evaluated({ 'Fn::Join': argument })).toEqual(UNKNOWN);
    });
});

describe('Fn::Sub', () => {
  test('pseudo parameters are put in', () => {
    expect(evaluated({ 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:x' })).toEqual(known('arn:aws:sns:eu-west-1:111122223333:x'));
  });

  test('a text without variables is known', () => {
    expect(evaluated({ 'Fn::Sub': 'plain $ {text}' })).toEqual(known('plain $ {text}'));
  });

  test('an escaped variable stays a variable of somebody else', () => {
    expect(evaluated({ 'Fn::Sub': '${!stage}-${AWS::Region}' })).toEqual(known('${stage}-eu-west-1'));
  });

  test.each(['${Orders}', '${Orders.Arn}', '${AWS::Partition}', '${AWS::NoValue}', '${AWS::Region} ${Size}', '${constructor}'])('%s is unknown', (text) => {
    expect(evaluated({ 'Fn::Sub': text })).toEqual(UNKNOWN);
  });

  test.each<Json>([null, 1, [], ['${A}', { A: 'a' }], { a: 1 }])('a substitution in %j is unknown', (argument) => {
    expect(evaluated({ 'Fn::Sub': argument })).toEqual(UNKNOWN);
  });
});

describe('lists and objects', () => {
  test('pseudo parameters are put in at any depth, and NoValue leaves out its entry', () => {
    expect(evaluated({ a: [{ Ref: 'AWS::Region' }, { Ref: 'AWS::NoValue' }], b: { Ref: 'AWS::NoValue' } })).toEqual(known({ a: ['eu-west-1'] }));
  });

  test('one unknown entry makes the whole unknown', () => {
    expect(evaluated(['a', { Ref: 'Size' }])).toEqual(UNKNOWN);
    expect(evaluated({ a: { b: ['c', { Ref: 'Size' }] } })).toEqual(UNKNOWN);
  });

  test.each(['Fn::Transform', 'Fn::ForEach::Topics'])('an object that %s adds members to is unknown', (name) => {
    expect(evaluated({ [name]: ['a'], Timeout: 3 })).toEqual(UNKNOWN);
  });
});

describe('other functions', () => {
  test.each(['Fn::GetAtt', 'Fn::If', 'Fn::ImportValue', 'Fn::Select', 'Fn::GetAZs', 'Fn::GetStackOutput', 'Fn::Transform'])('%s is unknown', (name) => {
    expect(evaluated({ [name]: ['a', 'b', 'c'] })).toEqual(UNKNOWN);
  });
});

describe('whatever the template', () => {
  test('nothing throws', () => {
    fc.assert(fc.property(anyJson, (json) => {
      expect(['known', 'absent', 'unknown']).toContain(evaluated(json).kind);
    }), { numRuns: 1000 });
  });

  test('what is known is JSON', () => {
    fc.assert(fc.property(anyJson, (json) => {
      const result = evaluated(json);
      if (result.kind === 'known') expect(JSON.parse(JSON.stringify(result.value))).toEqual(result.value);
    }), { numRuns: 1000 });
  });

  test('an unknown never becomes known by nesting it', () => {
    fc.assert(fc.property(somethingUnknown, (json) => {
      expect(evaluated(json)).toEqual(UNKNOWN);
    }), { numRuns: 1000 });
  });
});
