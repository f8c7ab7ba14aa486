import type {
  ChangesSubscription,
  ConfigChangesSubscription,
  InstanceStatusFragment,
  SyncStatusSubscription,
} from '../sdk/generated.js';
import type { Delivered } from '../sdk/stream.js';
import { changeLines } from './change-lines.js';
import type { Paint } from './terminal.js';
import { timeText } from './time-text.js';

type ConfigMessage = Delivered<ConfigChangesSubscription['configChanges']>;
type FeedMessage = Delivered<ChangesSubscription['changes']>;
type StatusMessage = Delivered<SyncStatusSubscription['syncStatus']>;

/** What a message of the configuration's stream tells, one line for each thing. */
export function changesLines(message: ConfigMessage, paint: Paint): readonly string[] {
  switch (message.__typename) {
    case 'ConfigSnapshot':
      return message.part === message.parts ? [`revision ${message.revision} is where this begins`] : [];
    case 'ConfigDelta':
      return message.revisions.flatMap(({ revision, actor, command, changes }) => [
        `${paint('bold', `revision ${revision}`)} by ${actor} ${paint('dim', `(${command})`)}`,
        ...changeLines(changes, paint).map((line) => `  ${line}`),
      ]);
    case 'ConfigFold':
      return [
        `${paint('bold', `revisions ${message.fromRevision + 1} to ${message.revision}`)} ${paint('dim', '(what they come to)')}`,
        ...changeLines(message.changes, paint).map((line) => `  ${line}`),
      ];
    case 'Resync':
      return [paint('yellow', message.message)];
    case 'Bookmark':
      return staleLines(message, paint);
  }
}

/** What a message of the status' stream tells, one line for each instance. */
export function statusLines(message: StatusMessage, paint: Paint): readonly string[] {
  switch (message.__typename) {
    case 'SyncStatusSnapshot':
      return message.instances.map((status) => statusLine(status, paint));
    case 'SyncStatusDelta':
      return message.changes.map((status) => statusLine(status, paint));
    case 'Resync':
      return [paint('yellow', message.message)];
    case 'Bookmark':
      return staleLines(message, paint);
  }
}

/** What a message of the stream of all changes tells: a line for each write, and one for each thing if it did several. */
export function feedLines(message: FeedMessage, paint: Paint): readonly string[] {
  switch (message.__typename) {
    case 'ChangesDelta':
      return message.changes.flatMap(({ number, at, actor, reason, summary, entries }) => [
        `${timeText(new Date(at))} ${paint('bold', `#${number}`)} ${summary} by ${actor.name}${reason === null ? '' : paint('dim', ` (${reason})`)}`,
        ...entries.flatMap((entry) => [
          ...(entries.length > 1 ? [`  ${entry.summary}`] : []),
          ...(entry.operation === 'UPDATED' && entry.fields.length > 0
            ? [paint('dim', `  ${[...new Set(entry.fields.map(({ path }) => path))].join(', ')}`)]
            : []),
        ]),
      ]);
    case 'Resync':
      return [paint('yellow', message.message)];
    case 'Bookmark':
      return staleLines(message, paint);
  }
}

function statusLine(status: InstanceStatusFragment, paint: Paint): string {
  if (status.removed) return `instance ${status.hostname} was removed`;
  const isFine = status.syncStatus === 'IN_SYNC';
  const runs = `runs ${status.appliedRevision ?? 'nothing'} of ${status.targetRevision}`;
  const why = isFine ? '' : `: ${status.syncMessage}`;
  const sync = paint(isFine ? 'green' : 'yellow', status.syncStatus);
  return `instance ${paint('bold', status.hostname)} ${status.connection} ${sync} ${status.syncReason}, ${runs}${why}`;
}

function staleLines({ stale }: { readonly stale: boolean }, paint: Paint): readonly string[] {
  return stale ? [paint('yellow', 'the server cannot reach its database at the moment')] : [];
}
