import { AppModel } from '../../model/app';
import { Lack, lacksIn, Unmet } from '../../model/needs/lacks';
import { Topic } from '../../model/needs/need';
import { Finding } from '../rule';

/** What the execution roles of an app may not do for sure, of one topic, as findings. */
export function lacking(app: AppModel, topic: Topic): readonly Finding[] {
  return lacksIn(app).filter((lack) => lack.topic === topic).map(findingOf);
}

function findingOf({ at, fn, role, unmet }: Lack): Finding {
  const denied = unmet.some((some) => some.denied);
  const got = denied ? 'a statement that denies it; leave it out there' : `no statement that allows it; add ${statementsFor(unmet).join(' and ')}`;
  return {
    resource: at.resource,
    path: at.path,
    message: `role ${role.label} (of ${fn.label}) must be allowed ${inWords(unmet)}, got ${got}`,
  };
}

/** `sqs:ReceiveMessage, sqs:DeleteMessage on Shop/Orders to poll it` */
function inWords(unmet: readonly Unmet[]): string {
  const byTarget = new Map<string, string[]>();
  for (const { actions, need } of unmet) byTarget.set(need.on, [...byTarget.get(need.on) ?? [], ...actions]);
  const allowed = [...byTarget].map(([on, actions]) => `${[...new Set(actions)].join(', ')} on ${on}`);
  const purposes = new Set(unmet.map(({ need }) => need.what));
  return [...allowed.slice(0, -1).map((text) => `${text} and`), ...allowed.slice(-1), [...purposes].join(' and ')].join(' ');
}

/** One statement for each target, to be pasted, with what AWS documents besides. */
function statementsFor(unmet: readonly Unmet[]): string[] {
  const byTarget = new Map<string, string[]>();
  for (const { need } of unmet) {
    const target = JSON.stringify(need.named);
    byTarget.set(target, [...byTarget.get(target) ?? [], ...need.actions, ...need.also ?? []]);
  }
  return [...byTarget].map(([target, actions]) => `{"Effect":"Allow","Action":${JSON.stringify([...new Set(actions)])},"Resource":${target}}`);
}
