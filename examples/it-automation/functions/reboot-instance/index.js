'use strict';

const { DescribeInstancesCommand, EC2Client, RebootInstancesCommand } = require('@aws-sdk/client-ec2');

/** So long an instance may take to start. */
const BOOT_MS = 10 * 60 * 1000;

let client;
const ec2 = () => (client ??= new EC2Client({}));

/**
 * Reboots the instance that an alarm is about, when it rings. It leaves alone what does not run, and what was launched
 * less than ten minutes ago.
 *
 * What is no event of an alarm about an instance is an error: Lambda keeps such an event with those that failed.
 *
 * @param {import('aws-lambda').CloudWatchAlarmEvent} event
 * @returns {Promise<{ rebooted: boolean, reason: string }>}
 */
async function handler(event) {
  const instanceId = instanceOf(event);
  const { value } = event.alarmData.state ?? {};
  const reason = value === 'ALARM' ? await whyNot(instanceId) : `the alarm does not ring: its state is ${JSON.stringify(value)}`;
  if (reason === undefined) await ec2().send(new RebootInstancesCommand({ InstanceIds: [instanceId] }));
  const result = { rebooted: reason === undefined, reason: reason ?? 'the alarm rings' };
  console.info({ message: 'Alarm handled', alarm: event.alarmData.alarmName, instanceId, ...result });
  return result;
}

/** The instance that the metric of the alarm is about. */
function instanceOf(event) {
  const metrics = event?.alarmData?.configuration?.metrics;
  const ids = (Array.isArray(metrics) ? metrics : []).map((metric) => metric?.metricStat?.metric?.dimensions?.InstanceId);
  const id = ids.find((one) => typeof one === 'string' && one !== '');
  if (!id) throw new Error('An event of an alarm about an instance has its InstanceId among the dimensions of a metric, but this has none');
  return id;
}

/** @returns {Promise<string | undefined>} why it must not be rebooted; undefined if it may */
async function whyNot(instanceId) {
  const { Reservations = [] } = await ec2().send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
  const { State, LaunchTime } = Reservations[0]?.Instances?.[0] ?? {};
  if (State?.Name !== 'running') return `the instance does not run: it is ${State?.Name ?? 'gone'}`;
  if (LaunchTime && Date.now() - LaunchTime.getTime() < BOOT_MS) return 'the instance was launched less than ten minutes ago';
  return undefined;
}

module.exports = { handler };
