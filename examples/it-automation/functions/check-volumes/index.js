'use strict';

const { ConfigServiceClient, PutEvaluationsCommand } = require('@aws-sdk/client-config-service');

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const GONE = ['ResourceDeleted', 'ResourceDeletedNotRecorded', 'ResourceNotRecorded'];

let client;
const config = () => (client ??= new ConfigServiceClient({}));

/**
 * Tells AWS Config whether an EBS volume is encrypted. The parameter `exceptionTag` names a tag whose value is the last
 * day (UTC) on which the volume need not be.
 *
 * What is no such question, or one without the volume, is an error: Lambda keeps the event with those that failed.
 *
 * @param {object} event https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 * @returns {Promise<{ ComplianceType: string, Annotation?: string }>}
 */
async function handler(event) {
  const item = itemOf(event);
  const verdict = event.eventLeftScope === true ? { ComplianceType: 'NOT_APPLICABLE' } : judge(item, parametersOf(event));
  const { FailedEvaluations = [] } = await config().send(new PutEvaluationsCommand({
    ResultToken: event.resultToken,
    Evaluations: [{
      ComplianceResourceType: item.resourceType,
      ComplianceResourceId: item.resourceId,
      OrderingTimestamp: new Date(item.configurationItemCaptureTime),
      ...verdict,
    }],
  }));
  if (FailedEvaluations.length > 0) throw new Error(`AWS Config did not take what was found about ${item.resourceId}`);
  console.info({ message: 'Volume checked', resourceId: item.resourceId, ...verdict });
  return verdict;
}

function judge(item, { exceptionTag }) {
  if (item.resourceType !== 'AWS::EC2::Volume' || GONE.includes(item.configurationItemStatus)) return { ComplianceType: 'NOT_APPLICABLE' };
  if (item.configuration?.encrypted === true) return { ComplianceType: 'COMPLIANT' };
  const lastDay = typeof exceptionTag === 'string' && exceptionTag !== '' ? item.tags?.[exceptionTag] : undefined;
  if (lastDay === undefined) return { ComplianceType: 'NON_COMPLIANT', Annotation: 'The volume is not encrypted' };
  if (typeof lastDay !== 'string' || !DAY.test(lastDay)) {
    return { ComplianceType: 'NON_COMPLIANT', Annotation: `The volume is not encrypted, and its tag ${exceptionTag} is no day such as 2026-12-31`.slice(0, 256) };
  }
  const isOver = lastDay < new Date().toISOString().slice(0, 10);
  return isOver
    ? { ComplianceType: 'NON_COMPLIANT', Annotation: `The volume is not encrypted, and its exception ended on ${lastDay}` }
    : { ComplianceType: 'COMPLIANT', Annotation: `The volume need not be encrypted until ${lastDay}` };
}

/** The volume as AWS Config recorded it. */
function itemOf(event) {
  const item = parse(event?.invokingEvent, 'invokingEvent')?.configurationItem;
  const isWhole = typeof item?.resourceType === 'string' && typeof item.resourceId === 'string' && typeof event.resultToken === 'string'
    && Number.isFinite(Date.parse(item.configurationItemCaptureTime));
  // A change that is too large for an event comes without it. That of a volume never is.
  if (!isWhole) throw new Error('An event of AWS Config has a resultToken, and in its invokingEvent a whole configurationItem, but this has not');
  return item;
}

function parametersOf({ ruleParameters }) {
  return (ruleParameters === undefined ? undefined : parse(ruleParameters, 'ruleParameters')) ?? {};
}

function parse(text, name) {
  try {
    if (typeof text === 'string') return JSON.parse(text);
  } catch {
    // the same as if it were not there
  }
  throw new Error(`An event of AWS Config has ${name}, as JSON in a text, but this has not`);
}

module.exports = { handler };
