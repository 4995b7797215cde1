'use strict';

const { DescribeInstancesCommand, EC2Client, StopInstancesCommand } = require('@aws-sdk/client-ec2');

/** EC2 takes a thousand; of an answer with all of them nobody would read the errors. */
const AT_ONCE = 50;

let client;
const ec2 = () => (client ??= new EC2Client({}));

/**
 * Stops all running instances with a tag. Again at once, it finds nothing to do: a schedule may fire twice.
 *
 * The event says nothing that it needs, so any one will do: whoever invokes it by hand may send `null`.
 *
 * @param {import('aws-lambda').EventBridgeEvent<'Scheduled Event', string>} _event
 * @returns {Promise<{ stopped: string[] }>}
 */
async function handler(_event) {
  const found = await runningInstances(requireEnv('TAG_KEY'), requireEnv('TAG_VALUE'));
  const stopped = [];
  const failures = [];
  for (let start = 0; start < found.length; start += AT_ONCE) {
    const ids = found.slice(start, start + AT_ONCE);
    try {
      await ec2().send(new StopInstancesCommand({ InstanceIds: ids }));
      stopped.push(...ids);
    } catch (error) {
      console.error({ message: 'Instances not stopped', ids, error });
      failures.push(error);
    }
  }
  console.info({ message: 'Instances stopped', stopped });
  // Lambda tries again: those that were stopped are not found any more.
  if (failures.length > 0) throw new Error(`${found.length - stopped.length} of ${found.length} instances were not stopped: ${failures[0].message}`);
  return { stopped };
}

async function runningInstances(tagKey, tagValue) {
  const Filters = [{ Name: `tag:${tagKey}`, Values: [tagValue] }, { Name: 'instance-state-name', Values: ['running'] }];
  const ids = [];
  let NextToken;
  do {
    const page = await ec2().send(new DescribeInstancesCommand({ Filters, NextToken }));
    for (const { Instances = [] } of page.Reservations ?? []) ids.push(...Instances.map(({ InstanceId }) => InstanceId));
    NextToken = page.NextToken;
  } while (NextToken);
  return ids;
}

function requireEnv(name) {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set: add it to the configuration of the function`);
  return value;
}

module.exports = { handler };
