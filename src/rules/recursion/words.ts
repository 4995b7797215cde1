import type { AppModel } from '../../model/app';
import { Text } from '../../model/iam/text';
import { Channel } from '../../model/loops/channel';
import { Entry, OwnWrite, ownWrites } from '../../model/loops/entries';
import type { Link } from '../../model/loops/link';
import { RecordStep } from '../../model/loops/records';
import { Finding } from '../rule';

/** What functions may write to one kind of channel that invokes them, as findings. */
export function ownWritesTo(app: AppModel, ...kinds: readonly Channel['kind'][]): Finding[] {
  return ownWrites(app).filter(({ entry }) => kinds.includes(entry.channel.kind)).map(findingOf);
}

function findingOf({ fn, entry, write }: OwnWrite): Finding {
  const got = `${write.actions.join(', ')} on ${channelInWords(entry.channel)} by role ${write.role.label}, and ${fn.label} is invoked with what is written there${linksInWords(entry)}`;
  return { resource: fn, path: 'Properties/Role', message: `what ${fn.label} may write must be kept apart from what invokes it, got ${got}` };
}

/** `in/*.csv of Shop/Inbox`, or the channel alone. */
export function channelInWords({ label, keys }: Channel): string {
  return keys === undefined ? label : `${textInWords(keys.prefix)}*${textInWords(keys.suffix)} of ${label}`;
}

function textInWords(text: Text): string {
  return text.map((piece) => typeof piece === 'string' ? piece : '...').join('');
}

/** ` by way of Shop/Topic`: the channels on the way, without the first. */
function linksInWords({ links }: Entry): string {
  return byWayOf(links.slice(1));
}

function byWayOf(links: readonly Link[]): string {
  const labels = [...new Set(links.map(({ from }) => from.label))];
  return labels.length === 0 ? '' : ` by way of ${labels.join(' and ')}`;
}

/** Circles of records, each as a finding at its first destination. */
export function recordFinding(cycle: readonly RecordStep[], outcome: string): Finding {
  const [{ outlet }] = cycle;
  const ways = cycle.map(({ next, links }) => `${next.fn.label}${byWayOf(links)}`);
  return {
    resource: outlet.resource,
    path: outlet.path,
    message: `records of ${outcome} invocations of ${outlet.fn.label} must be sent to what does not lead back to it, got ${ways.join(', then ')}`,
  };
}
