import type { StreamKey } from '../../foundation/commands/command.js';
import { AtMost } from '../../foundation/kernel/at-most.js';
import type { Meter } from '../../foundation/metrics/meter.js';
import type { Database } from '../../foundation/postgres/database.js';
import { emptyHead, findHead, type State } from '../event-log/index.js';
import type { ConfigEntity } from './config-entity.js';
import { readAllEntities } from './config-entity.store.js';
import { configurationParts } from './in-parts.js';

/** Reads a group's whole configuration at one revision: head and entities from one unchanging picture. */
export type ReadSnapshot = (groupId: string) => Promise<State<ConfigEntity>>;

/** So many configurations are read at once, however many are asked for: each may be large. */
const readingsAtOnce = 4;

/**
 * What was read is kept so long for those who come soon after: a crowd that comes back does not come all at once. After that it
 * is shared for as long as somebody else holds it.
 */
const keptMs = 5_000;

/**
 * A configuration is read once for each of its revisions that somebody asks for: all who ask while it is read, and for a
 * while after, share it.
 */
export function makeReadSnapshot(database: Database, meter: Meter): ReadSnapshot {
  const readings = new Map<string, Promise<State<ConfigEntity>>>();
  const limit = new AtMost(readingsAtOnce);
  const held = new Map<string, WeakRef<State<ConfigEntity>>>();
  const gone = new FinalizationRegistry<string>((key) => held.get(key)?.deref() ?? held.delete(key));
  return async (groupId) => {
    const head = await findHead(database, { topic: 'config', scopeId: groupId });
    const key = `${groupId} ${head?.hash.toString('hex') ?? ''}`;
    const shared = readings.get(key) ?? held.get(key)?.deref();
    if (shared) return shared;
    meter.count('signalbox_snapshots_read_total');
    const reading = limit.run(() => read(database, groupId));
    readings.set(key, reading);
    reading.then(
      (state) => {
        held.set(key, new WeakRef(state));
        gone.register(state, key);
        setTimeout(() => readings.delete(key), keptMs).unref();
      },
      () => readings.delete(key),
    );
    return reading;
  };
}

function read(database: Database, groupId: string): Promise<State<ConfigEntity>> {
  const stream: StreamKey = { topic: 'config', scopeId: groupId };
  return database.snapshot(async (reader) => {
    const head = (await findHead(reader, stream)) ?? emptyHead;
    const entities = await readAllEntities(reader, groupId);
    return { head, parts: configurationParts(entities) };
  });
}
