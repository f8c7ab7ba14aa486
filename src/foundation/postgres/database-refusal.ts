import { defineRefusal, type Refusal } from '../kernel/refusal.js';

const databaseBusy = defineRefusal<Record<string, never>>(
  'DATABASE_BUSY',
  'unavailable',
  () => 'The database is too busy for this at the moment, so it was not done. Ask again in a second.',
);

const databaseReadOnly = defineRefusal<{ retryAfterMs: number }>(
  'DATABASE_READ_ONLY',
  'unavailable',
  () =>
    'The database takes no writes at the moment, so this was not done. Reading and watching go on. Ask again later.',
);

const databaseFull = defineRefusal<{ retryAfterMs: number }>(
  'DATABASE_FULL',
  'unavailable',
  () => 'The database has no room left, so this was not done. Reading and watching go on. Ask again later.',
);

const databaseUnreachable = defineRefusal<Record<string, never>>(
  'DATABASE_UNREACHABLE',
  'unavailable',
  () =>
    'The database cannot be reached at the moment. If this was a write, it is not known whether it was done: ' +
    'repeat it with the same idempotencyKey, and it happens once.',
);

const textUnstorable = defineRefusal<Record<string, never>>(
  'TEXT_UNSTORABLE',
  'invalid',
  () =>
    'A text in this request has a character that cannot be stored, as \\u0000. Nothing was changed. Take it out, and ask again.',
);

/** The refusal that a fault of the database amounts to: it passes by itself, or the input is to blame. Else nothing. */
export function databaseRefusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', syscall, driverError } = error as DriverFault;
  const known = byState.get(code);
  if (known) return known();
  if (busyStates.has(code) || error.message === noConnectionToSpare) return databaseBusy({});
  if (unstorableStates.has(code)) return textUnstorable({});
  if (isLostConnection(code, syscall) || lostMessages.test(error.message)) return databaseUnreachable({});
  return driverError === error ? undefined : databaseRefusalIn(driverError);
}

/** True for a fault of the database that passes by itself. */
export function isPassing(error: unknown): boolean {
  return databaseRefusalIn(error)?.kind === 'unavailable';
}

/** What PostgreSQL's driver, the ORM over it, and Node's sockets put on their errors. */
interface DriverFault {
  /** A SQLSTATE, or the name of a system error. */
  readonly code?: string;
  readonly syscall?: string;
  /** The driver's own error, within the ORM's. */
  readonly driverError?: unknown;
}

const laterMs = 10_000;

const byState: ReadonlyMap<string, () => Refusal> = new Map([
  ['25006', () => databaseReadOnly({ retryAfterMs: laterMs })], // read_only_sql_transaction
  ['53100', () => databaseFull({ retryAfterMs: laterMs })], // disk_full
]);

/** What the pool says when nobody gave a connection back in time: nothing was sent. */
const noConnectionToSpare = 'timeout exceeded when trying to connect';

/** In these, PostgreSQL has rolled the statement back, and says so. */
const busyStates: ReadonlySet<string> = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '55P03', // lock_not_available: lock_timeout
  '57014', // query_canceled: statement_timeout
  '25P03', // idle_in_transaction_session_timeout
  '53000', // insufficient_resources
  '53200', // out_of_memory
  '53300', // too_many_connections
  '53400', // configuration_limit_exceeded
]);

const unstorableStates: ReadonlySet<string> = new Set([
  '22021', // character_not_in_repertoire: NUL in a text
  '22P05', // untranslatable_character: NUL in a jsonb
]);

function isLostConnection(code: string, syscall: string | undefined): boolean {
  return lostStates.test(code) || lostSystemErrors.has(code) || (code === 'ENOENT' && syscall === 'connect');
}

/** Connection exceptions, a server that shuts down, crashes, starts up, or is a standby now. */
const lostStates = /^(08...|57P0[1-5]|40003)$/;

const lostSystemErrors: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** These have no code: pg and pg-pool say them in words only, and TypeORM of a connection that a transaction has lost. */
const lostMessages =
  /^(Connection terminated\b|Query runner already released\b|timeout expired$|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/;
