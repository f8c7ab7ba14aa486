import {
  claimKey,
  decide,
  makeAuthenticator,
  recordAnswer,
  type Authenticator,
} from '../domain/access/slice.js';
import { appendRevision, lockHead, streamName } from '../domain/event-log/slice.js';
import { makeAsk, type Ask } from '../foundation/commands/ask.js';
import type { Actor } from '../foundation/commands/command.js';
import { makeExecute, type Execute } from '../foundation/commands/execute.js';
import { makeWatch, type OpenWatch } from '../foundation/commands/watch.js';
import type { GraphqlContext } from '../foundation/graphql/context.js';
import { traceWrites } from '../foundation/commands/trace-writes.js';
import { measureWrites } from '../foundation/commands/measure-writes.js';
import type { Meter } from '../foundation/metrics/meter.js';
import type { Outbound } from '../foundation/outbound/outbound.js';
import type { Database } from '../foundation/postgres/database.js';
import type { Keyring } from '../foundation/secrets/keyring.js';
import type { Signals } from '../foundation/postgres/signals.js';

/** The only ways to write, to read, and to follow; and who is let in. */
export interface Doors {
  readonly execute: Execute;
  readonly ask: Ask;
  readonly watch: OpenWatch;
  readonly authenticator: Authenticator;
}

/** What commands may use beside the database. */
export interface Means {
  readonly secrets: Keyring;
  readonly outbound: Outbound;
  readonly meter: Meter;
}

export function makeDoors(database: Database, signals: Signals, { secrets, outbound, meter }: Means): Doors {
  const authenticator = makeAuthenticator(database, database.vital);
  const execute = makeExecute({
    database,
    outbound,
    decide,
    secrets,
    lock: lockHead,
    append: appendRevision,
    idempotency: { claim: claimKey, record: recordAnswer },
    wake: (hint) => signals.send(streamName(hint)),
  });
  return {
    execute: measureWrites(traceWrites(execute), meter),
    ask: makeAsk({ reader: database, decide, secrets }),
    watch: makeWatch({ reader: database, decide, refresh: (actor) => authenticator.refresh(actor) }),
    authenticator,
  };
}

/** What the resolvers of one operation are handed. */
export function contextFor(doors: Doors, actor: Actor, ipAddress: string | null): GraphqlContext {
  return {
    actor,
    ipAddress,
    execute: (command, input, options) => doors.execute(actor, command, input, options),
    ask: (query, input) => doors.ask(actor, query, input),
    watch: (watch, input) => doors.watch(actor, watch, input),
  };
}
