'use strict';

/**
 * Runs in Lambda when CodeDeploy is about to move traffic to a new version of a function (hook BeforeAllowTraffic).
 *
 * Invokes the version with an event, looks at the answer, and reports to CodeDeploy. Without a report the deployment would
 * hang for an hour, so there is one whatever happens, and nothing is thrown.
 *
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#appspec-hooks-lambda
 */

const { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } = require('@aws-sdk/client-codedeploy');
const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');

const REPORTS = 3;
const PAUSE_MILLISECONDS = 1000;
const SHOWN = 1000;

const lambda = new LambdaClient({});
const codeDeploy = new CodeDeployClient({});

exports.handler = async (event) => {
  const failure = await testVersion(process.env).catch((error) => `it could not be invoked: ${describe(error)}`);
  const status = failure === undefined ? 'Succeeded' : 'Failed';
  console.log(JSON.stringify({ version: process.env.VERSION_ARN, status, failure }));
  await report(event, status);
};

/** What is wrong with the version, if anything is. */
async function testVersion({ VERSION_ARN, EVENT, EXPECTED, TIMEOUT_SECONDS }) {
  const limit = AbortSignal.timeout(Number(TIMEOUT_SECONDS) * 1000);
  const command = new InvokeCommand({ FunctionName: VERSION_ARN, Payload: EVENT });
  const { FunctionError, Payload } = await lambda.send(command, { abortSignal: limit }).catch((error) => {
    throw limit.aborted ? new Error(`no answer within ${TIMEOUT_SECONDS} seconds`) : error;
  });
  const answer = Buffer.from(Payload ?? []).toString('utf8');
  if (FunctionError) return `it ended with an error (${FunctionError}): ${shorten(answer)}`;
  if (EXPECTED !== undefined && !answer.includes(EXPECTED)) return `its answer does not contain ${JSON.stringify(EXPECTED)}: ${shorten(answer)}`;
  return undefined;
}

async function report(event, status) {
  const command = new PutLifecycleEventHookExecutionStatusCommand({
    deploymentId: event?.DeploymentId,
    lifecycleEventHookExecutionId: event?.LifecycleEventHookExecutionId,
    status,
  });
  for (let attempt = 1; attempt <= REPORTS; attempt++) {
    try {
      return await codeDeploy.send(command);
    } catch (error) {
      console.error(`Report ${attempt} of ${REPORTS} to CodeDeploy failed: ${describe(error)}`);
      if (attempt < REPORTS) await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }
}

function describe(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function shorten(text) {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
