import * as path from 'path';
import { Duration, RemovalPolicy, Stack, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { SmokeTest } from './release-options';
import { ReleaseTarget } from './release-target';
import { Range } from '../../limits/range';
import { ENVIRONMENT_BYTES } from '../../limits/release';
import { checkSeconds } from '../../support/checks';
import { mistake } from '../../support/errors';
import { isJson } from '../../support/json';
import { isKnown } from '../../support/tokens';

/** The handler, beside `lib` in the package. */
const HANDLER = path.join(__dirname, '../../../providers/smoke-test');

/** What the hook needs besides the answer: its own start, and the report to CodeDeploy, with repetitions. */
const AROUND_ANSWER = 60;

/** What a version may need besides its timeout: it is started first. */
const START = 30;

/** How long an answer may take, so that the hook, which runs for at most 15 minutes, can still report. */
const ANSWER: Range = { min: 1, max: 840, unit: 'seconds', source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html' };

/** What is left of the variables for the test: the others hold an ARN, a number, and their names. */
const TEST_BYTES = ENVIRONMENT_BYTES.max - 596;

interface SmokeTestHookProps {
  readonly test: SmokeTest;
  readonly target: ReleaseTarget;
}

/** A function that invokes the new version and reports to CodeDeploy: see `providers/smoke-test`. */
export class SmokeTestHook extends Construct {
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, { test, target: { scope: owner, fn } }: SmokeTestHookProps) {
    super(scope, id);
    checkSmokeTest(owner, test);
    const logGroup = new logs.LogGroup(this, 'LogGroup', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const timeout = test.timeout ?? timeoutFor(fn);
    this.function = new lambda.Function(this, 'Function', {
      description: 'Invokes the new version of a function before it gets traffic',
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(HANDLER),
      timeout: timeout.isUnresolved() ? Duration.minutes(15) : timeout.plus(Duration.seconds(AROUND_ANSWER)),
      role: roleFor(this, logGroup),
      logGroup,
      environment: {
        // The reference makes CloudFormation update this function before the alias, which waits for it.
        VERSION_ARN: fn.currentVersion.functionArn,
        EVENT: test.event,
        ...test.expected === undefined ? {} : { EXPECTED: test.expected },
        TIMEOUT_SECONDS: Tokenization.stringifyNumber(timeout.toSeconds()),
      },
    });
    // Of all versions, so that the policy stays as it is from release to release.
    this.function.addToRolePolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [`${fn.functionArn}:*`] }));
  }
}

function roleFor(scope: Construct, logGroup: logs.ILogGroup): iam.Role {
  const role = new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } } }),
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }));
  return role;
}

function timeoutFor({ timeout = Duration.seconds(3) }: lambda.Function): Duration {
  return timeout.isUnresolved() ? Duration.seconds(ANSWER.max) : Duration.seconds(Math.min(timeout.toSeconds() + START, ANSWER.max));
}

function checkSmokeTest(scope: IConstruct, { event, expected, timeout }: SmokeTest): void {
  checkSeconds(scope, timeout, ANSWER, {
    code: 'SmokeTestTimeoutOutOfRange',
    property: 'release.smokeTest.timeout',
    fix: 'the function that tests runs for 15 minutes at most',
  });
  if (isKnown(event) && !isJson(event)) {
    throw mistake(scope, {
      code: 'SmokeTestEventNotJson',
      property: 'release.smokeTest.event',
      allowed: 'JSON',
      got: event,
      fix: 'write it with JSON.stringify(), or as text such as \'{"ping":true}\'',
    });
  }
  if (expected === '') {
    throw mistake(scope, {
      code: 'SmokeTestExpectsNothing',
      property: 'release.smokeTest.expected',
      allowed: 'text that is not empty',
      got: expected,
      fix: 'every answer contains the empty text: leave it out, if any answer without an error will do',
    });
  }
  const bytes = [event, expected].filter(isKnown).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > TEST_BYTES) {
    throw mistake(scope, {
      code: 'SmokeTestTooLarge',
      property: 'release.smokeTest',
      allowed: `at most ${TEST_BYTES} bytes of 'event' and 'expected' together`,
      got: bytes,
      fix: "they are variables of a function, which take 4 KB; use a smaller event, or a function of your own as 'preTraffic'",
    });
  }
}
