import { setTimeout as pause } from 'node:timers/promises';
import { atomic } from '../../guarantees/atomic.js';
import { authorized } from '../../guarantees/authorized.js';
import { durable } from '../../guarantees/durable.js';
import { fenced } from '../../guarantees/fenced.js';
import { reliable } from '../../guarantees/reliable.js';
import type { Fault } from '../faults/fault.js';
import type { World } from '../world/world.js';
import type { Edit } from './changed-build.js';

/** A way to build the product wrong. */
export interface Defect {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** What the database must have for it. */
  readonly sql?: string;
  /** What brings it to light, beside writing: one of the faults, by its number, or something else. */
  readonly fault?: Fault['number'];
  readonly provoke?: (world: World) => Promise<void>;
  readonly caughtBy: { readonly name: string; readonly promise: string };
}

const store = 'src/domain/event-log/event-log.store.js';
const watch = 'src/domain/event-log/watch';

/** Known to be bad. Each is built from the product by changing a text, and must be caught by what is named with it. */
export const defects: readonly Defect[] = [
  {
    name: 'cursors are values of a sequence',
    edits: [
      {
        file: store,
        find: "const lock = statement('event_log.lock', `${readHead.text} for update`);",
        // Some transactions take long, as they do; it is then that others commit greater values before them.
        replace: `const lock = statement('event_log.lock', \`with taken as materialized (
            select greatest(nextval('defect'), revision + 1) - 1 as revision, hash, state_hash
            from stream_head where topic = $1 and scope_id = $2
          ), waited as materialized (select pg_sleep(random() * 0.2) from taken)
          select taken.* from taken, waited\`);`,
      },
      {
        file: store,
        find: 'update stream_head set revision = $3,',
        replace: 'update stream_head set revision = greatest(revision, $3),',
      },
      {
        file: `${watch}/feed.js`,
        find: 'const follows = revisions[0]?.revision === position.revision + 1 &&',
        replace: 'const follows = revisions.length > 0 &&',
      },
      {
        file: `${watch}/feed.js`,
        find: 'return !isComparable ||',
        replace: 'return true ||',
      },
    ],
    sql: 'create sequence defect',
    caughtBy: reliable,
  },
  {
    name: 'events are written outside the transaction',
    edits: [
      {
        file: 'src/foundation/postgres/database.js',
        find: 'return new PostgresDatabase(',
        replace: 'return globalThis.defect = new PostgresDatabase(',
      },
      {
        file: store,
        find: 'await tx.rows(append, [',
        replace: `await ((statement, values) => void setTimeout(() =>
          globalThis.defect.rows(statement, values).catch(() => undefined), 50))(append, [`,
      },
    ],
    caughtBy: durable,
  },
  {
    name: 'nobody looks without a hint',
    edits: [
      {
        file: `${watch}/hub.js`,
        find: 'this.timer = setInterval(() => this.poll(), pollMs).unref();',
        replace: '',
      },
    ],
    provoke: async (world: World): Promise<void> => {
      for (const { database } of world.replicas) database.eatsNotifications = true;
    },
    caughtBy: reliable,
  },
  {
    name: 'deletions are not told',
    edits: [
      {
        file: store,
        find: 'where e.topic = r.topic and e.scope_id = r.scope_id and e.revision = r.revision',
        replace: `where e.topic = r.topic and e.scope_id = r.scope_id and e.revision = r.revision
          and e.operation <> 'DELETED'`,
      },
    ],
    provoke: (): Promise<void> => pause(2_000),
    caughtBy: atomic,
  },
  {
    name: 'reports of older sessions are accepted',
    edits: [
      {
        file: 'src/domain/instances/session.store.js',
        find: 'where s.instance_id = $1 and s.session = $2\n   for key share of i',
        replace: 'where s.instance_id = $1 and s.session >= $2\n   for key share of i',
      },
    ],
    fault: 18,
    caughtBy: fenced,
  },
  {
    name: 'watchers share what is told, and nobody asks for their rights',
    edits: [
      {
        file: `${watch}/follow.js`,
        find: 'const asked = this.isLet ? undefined : this.options.authorize();',
        replace: 'const asked = undefined;',
      },
    ],
    fault: 27,
    caughtBy: authorized,
  },
];
