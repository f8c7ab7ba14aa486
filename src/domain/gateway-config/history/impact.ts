import type { Document } from '../kind.js';
import { textAt } from '../reading.js';
import type { FieldDifference } from './field-difference.js';
import { entityRules, type EntityRule } from './entity-rules.js';
import { fieldRules, type FieldRule } from './field-rules.js';
import type { Impact, Judgement } from './judgement.js';

const order: readonly Impact[] = ['SAFE', 'RISKY', 'BREAKING'];

/** The worst of several; nothing if there are none. The first of those that are equally bad. */
export function worst<Judged extends { readonly impact: Impact }>(
  judged: readonly Judged[],
): Judged | undefined {
  return judged.reduce<Judged | undefined>(
    (bad, each) => (!bad || order.indexOf(each.impact) > order.indexOf(bad.impact) ? each : bad),
    undefined,
  );
}

const switchedOff: Judgement = { impact: 'SAFE', reason: 'It is switched off, so that it does nothing.' };

/** What it means that an entity comes or goes. */
export function entityImpact(
  kind: string,
  operation: EntityRule['operation'],
  document: Document,
): Judgement {
  if (isOff(kind, document)) return switchedOff;
  const rule = entityRules.find((each) => each.operation === operation && concerns(each, kind, document));
  return judgement(rule);
}

/** What it means that a field of an entity differs. A plugin that is switched on or off is one that comes or goes. */
export function fieldImpact(
  kind: string,
  { before, after }: { readonly before: Document; readonly after: Document },
  difference: FieldDifference,
): Judgement {
  if (isOff(kind, before) && isOff(kind, after)) return switchedOff;
  if (kind === 'plugin' && difference.path === 'enabled') {
    return entityImpact(kind, difference.change === 'on' ? 'CREATED' : 'DELETED', {
      ...after,
      enabled: true,
    });
  }
  const { path, change } = difference;
  const rule = fieldRules.find(
    (each) =>
      concerns(each, kind, after) &&
      (each.changes?.includes(change) ?? true) &&
      (each.paths?.some((place) => isWithin(path, place)) ?? true),
  );
  return judgement(rule);
}

function concerns(
  { kinds, plugins }: Pick<FieldRule, 'kinds' | 'plugins'>,
  kind: string,
  document: Document,
): boolean {
  if (plugins) return kind === 'plugin' && plugins.includes(textAt(document, 'name'));
  return kinds?.includes(kind) ?? true;
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}

function isOff(kind: string, document: Document): boolean {
  return kind === 'plugin' && document['enabled'] === false;
}

function judgement(rule: Judgement | undefined): Judgement {
  if (!rule) throw new Error('The last rule of each table must fit everything.');
  return { impact: rule.impact, reason: rule.reason };
}
