import type { DiffConfigurationsQuery } from '../sdk/generated.js';
import type { Color, Paint } from './terminal.js';

type Diff = DiffConfigurationsQuery['configDiff'];
type Difference = Pick<
  Diff['changes'][number],
  'collection' | 'name' | 'operation' | 'impact' | 'reason' | 'fields'
>;
type Impact = Difference['impact'];

/** A difference between two configurations, for people: each entity with what it can mean, each field below it. */
export function diffLines(
  diff: Diff,
  names: { readonly from: string; readonly to: string },
  paint: Paint,
): readonly string[] {
  const title = `${pointText(names.from, diff.from)} → ${pointText(names.to, diff.to)}`;
  if (!diff.impact) return [`${title}: no difference`];
  const { created, updated, deleted } = diff.counts;
  return [
    ...[paint('bold', title), ''],
    ...differenceLines(diff.changes, paint),
    ...[
      '',
      `${created} created, ${updated} updated, ${deleted} deleted; at worst ${impactText(diff.impact, paint)}`,
    ],
  ];
}

/** Each entity that differs with what that can mean, and each field below it. */
export function differenceLines(differences: readonly Difference[], paint: Paint): readonly string[] {
  return differences.flatMap((difference) => linesOf(difference, paint));
}

function pointText(group: string, { revision }: { readonly revision: number }): string {
  return `group “${group}” revision ${revision}`;
}

const marks: Readonly<Record<Difference['operation'], { readonly mark: string; readonly color: Color }>> = {
  CREATED: { mark: '+', color: 'green' },
  UPDATED: { mark: '~', color: 'yellow' },
  DELETED: { mark: '-', color: 'red' },
};

const impactColors: Readonly<Record<Impact, Color>> = { SAFE: 'green', RISKY: 'yellow', BREAKING: 'red' };

function impactText(impact: Impact, paint: Paint): string {
  return paint(impactColors[impact], impact);
}

function linesOf(
  { collection, name, operation, impact, reason, fields }: Difference,
  paint: Paint,
): string[] {
  const { mark, color } = marks[operation];
  const head = `${paint(color, `${mark} ${collection} ${name}`)}  ${impactText(impact, paint)}`;
  if (fields.length === 0) return [`${head} ${paint('dim', reason)}`];
  return [
    head,
    ...fields.map(
      (field) => `    ${fieldText(field)}  ${impactText(field.impact, paint)} ${paint('dim', field.reason)}`,
    ),
  ];
}

function fieldText({ path, before, after }: Difference['fields'][number]): string {
  const [from, to] = [valueText(before), valueText(after)];
  if (from === to) return `${path}: ${from} (a secret) differs`;
  if (from === null) return `${path}: + ${to}`;
  return to === null ? `${path}: - ${from}` : `${path}: ${from} → ${to}`;
}

const longest = 80;

function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
