import { FunctionSummary } from './summary';
import type { FailurePath } from '../limits/failure-path';

/** Where failed events go, source by source. What is said of a whole function comes first: somebody else may call it, too. */
export function failure({ aliases, deadLetter, failures }: FunctionSummary): string[] {
  return [
    ...aliases.filter(({ onFailure }) => onFailure).map(({ name, onFailure }) => `asynchronous events of ${name} go to ${onFailure}`),
    ...deadLetter ? [`asynchronous events go to ${deadLetter}`] : [],
    ...bySource(failures),
  ];
}

const CASES = [
  ['error', 'onError'],
  ['timeout', 'onTimeout'],
  ['throttled', 'onThrottle'],
  ['too large', 'onOversize'],
  ['fails each time', 'onPoisonRecord'],
] as const;

/** Each source with where its events end and what happens on the way; sources with the same fate together. */
function bySource(failures: readonly FailurePath[]): string[] {
  const groups = new Map<string, { readonly sources: string[]; readonly lines: readonly string[] }>();
  for (const path of failures) {
    const lines = linesOf(path);
    const key = [path.service, path.qualifier, ...lines].join('\n');
    const group = groups.get(key) ?? { sources: [], lines };
    if (!group.sources.includes(path.source)) group.sources.push(path.source);
    groups.set(key, group);
  }
  return [...groups.entries()].flatMap(([key, { sources, lines }]) => {
    const [service, qualifier] = key.split('\n');
    return [`${sources.join(', ')} (${service}) -> ${qualifier}`, ...lines];
  });
}

/** Cases with the same words are one line. */
function linesOf(path: FailurePath): string[] {
  const words = [...new Set(CASES.map(([, member]) => path[member]))];
  const cases = words.map((text) => `  ${CASES.filter(([, member]) => path[member] === text).map(([name]) => name).join(', ')}: ${text}`);
  return [...cases, `  in the end: ${path.endsIn}`];
}
