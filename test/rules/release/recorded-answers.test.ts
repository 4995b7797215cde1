import * as fs from 'fs';
import * as path from 'path';
import { CATALOG } from '../../../src/rules/catalog';

/**
 * Answers that AWS gave to calls of its API, as somebody's tests recorded them. They are no part of this repository, so that
 * most clones do not have them: where they are missing, the one test below says so.
 */
const RECORDED = path.join(__dirname, '../../../../shared/facts/aws-recorded-errors.tsv');

/** Answers that nobody recorded, and people who got them told of, there. */
const REPORTED: Readonly<Record<string, string>> = {
  'A version for this Lambda function exists ( N ). Modify the function to create a new version.': 'https://github.com/aws/aws-cdk/issues/16913',
  'The log group provided is reserved for the function logs of the destination function.': 'https://github.com/amplify-education/serverless-log-forwarding/issues/13',
};

/** Each answer that a rule quotes, with the rule. */
const QUOTED = CATALOG.flatMap(({ id, answers = [] }) => answers.map((answer): [string, string] => [id, answer]));

test('answers that were reported elsewhere are quoted by a rule', () => {
  expect(Object.keys(REPORTED).filter((answer) => QUOTED.every(([, quoted]) => quoted !== answer))).toEqual([]);
});

test('rules about aliases and concurrency quote what AWS answers', () => {
  expect(QUOTED.length).toBeGreaterThanOrEqual(14);
});

if (!fs.existsSync(RECORDED)) {
  test('the recorded answers are not here, and no quotation is compared with them', () => {
    console.log(`recorded answers absent: ${QUOTED.length} quotations not compared`);
  });
} else {
  describe('what a rule quotes was recorded, word for word', () => {
    const [header, ...rows] = fs.readFileSync(RECORDED, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
    const messages = rows.map((row) => row[header.indexOf('message')]);

    test('there are answers', () => {
      expect(messages.length).toBeGreaterThan(300);
    });

    // Spaces around an answer are not quoted.
    test.each(QUOTED.filter(([, answer]) => !REPORTED[answer]))('%s: %s', (_, answer) => {
      expect(messages.map((message) => message.trim())).toContain(answer);
    });
  });
}
