import type { LifecycleWrittenFragment } from '../../sdk/generated.js';
import { changeLines } from '../change-lines.js';
import type { Paint } from '../terminal.js';

/** The plan of a dry run: group by group what would change, and the token to do exactly that. */
export function planText({ plan }: LifecycleWrittenFragment, paint: Paint): string {
  const { groups = [], token = null } = plan ?? {};
  const sections = groups.flatMap(({ runtimeGroup: { name }, revision, changes }) => [
    paint('bold', `group “${name}” (revision ${revision})`),
    ...(changes.length === 0 ? ['no gateway entity changes'] : changeLines(changes, paint)).map(
      (line) => `  ${line}`,
    ),
    '',
  ]);
  const verdict = 'Nothing was changed: this is the plan.';
  return [...sections, verdict, ...(token === null ? [] : [`To do exactly this: --plan ${token}`])].join(
    '\n',
  );
}
