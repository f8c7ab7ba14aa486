import type { LifecycleWrittenFragment } from '../../sdk/generated.js';
import { changeLines } from '../change-lines.js';
import { countOf } from '../count-text.js';
import type { Paint } from '../terminal.js';

/** The plan of a dry run: group by group what would change, and the token to do exactly that. */
export function planText({ plan }: LifecycleWrittenFragment, paint: Paint): string {
  const { groups = [], token = null } = plan ?? {};
  const sections = groups.flatMap(({ runtimeGroup: { name }, revision, changes, approval, instances }) => [
    paint('bold', `group “${name}” (revision ${revision})`),
    ...(changes.length === 0 ? ['no gateway entity changes'] : changeLines(changes, paint)).map(
      (line) => `  ${line}`,
    ),
    ...instanceLines(instances, paint).map((line) => `  ${line}`),
    ...(approval.missing > 0 ? [`  ${approval.missing} approvals are missing: --request-approval`] : []),
    '',
  ]);
  const verdict = 'Nothing was changed: this is the plan.';
  return [...sections, verdict, ...(token === null ? [] : [`To do exactly this: --plan ${token}`])].join(
    '\n',
  );
}

type Instances = NonNullable<LifecycleWrittenFragment['plan']>['groups'][number]['instances'];

/** Which instances of a group cannot take it, version by version. */
function instanceLines({ total, versionUnknown, incompatible }: Instances, paint: Paint): readonly string[] {
  const tooOld = incompatible.map(({ reason, count, hostnames }) => {
    const more = count - hostnames.length;
    const names = [...hostnames, ...(more > 0 ? [`${more} more`] : [])].join(', ');
    return `${paint('yellow', '!')} ${count} of ${countOf(total, 'instance')} cannot take it: ${names}. ${reason}`;
  });
  if (versionUnknown === 0) return tooOld;
  return [
    ...tooOld,
    `? ${versionUnknown} of ${countOf(total, 'instance')} may not take it: the version of the gateway is not known`,
  ];
}
