import { resolve } from 'node:path';
import { z } from 'zod';
import { StartupError } from '../kernel/startup-error.js';
import { logLevels, type LogLevel } from '../log/log.js';
import { readMasterKey } from '../secrets/master-key.js';

/** Everything that can be set from outside, read once, at start (README, "Configuration"). */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Absent: an embedded PostgreSQL under the data directory is used. */
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  /** Absent: one is made at the first start, and kept in the data directory. */
  readonly adminToken: string | undefined;
  /** How long a repeated idempotency key is answered as the first time. */
  readonly idempotencyHours: number;
  /** So long without an answer from the database, streams are ended, for their clients to try another replica. */
  readonly outageSeconds: number;
  /** How long a stop may take before what is still open is cut off. */
  readonly stopSeconds: number;
  /** What is kept of each group's history: what is so young, and so many of the newest revisions whatever their age. */
  readonly history: { readonly days: number; readonly revisions: number };
  /** Watchers of configurations who are behind by more than this are told what the revisions come to. */
  readonly fold: { readonly revisions: number; readonly changes: number };
  /** So long a client may take nothing while a message is on its way; then its socket is closed. */
  readonly takeSeconds: number;
  /** How many large answers to watchers are made and sent at once; and how much may be on its way, in megabytes. */
  readonly guards: { readonly largeAnswers: number; readonly inFlightMb: number };
  /** The key that the keys of all secrets are wrapped with, in hex or base64; or the file that holds it. At most one is given. */
  readonly encryptionKey: string | undefined;
  readonly encryptionKeyFile: string | undefined;
  /** Whether service registries, and the receivers of webhooks, may be on this machine itself. */
  readonly allowLoopback: boolean;
  /** What opens `/metrics`. Absent: there are none to be had. */
  readonly metricsToken: string | undefined;
  /** Whether the receivers of webhooks may be in networks that are not public. */
  readonly allowPrivateWebhooks: boolean;
  /** Where traces are sent, by OTLP over HTTP. Absent: nothing is traced. */
  readonly tracesUrl: string | undefined;
  readonly logLevel: LogLevel;
  /** True when people read the log. */
  readonly terminal: boolean;
}

const minTokenLength = 16;

function httpAddress() {
  const example = 'http://localhost:4318';
  return z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:/.test(text))
    .optional()
    .describe(`an address of HTTP, as ${example}`);
}

const shape = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000).describe('a number from 0 to 65535'),
  HOST: z.string().min(1).default('127.0.0.1').describe('an address to listen on, as 127.0.0.1 or 0.0.0.0'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional()
    .describe('a PostgreSQL address, as postgres://user:password@host:5432/database'),
  SIGNALBOX_DATA_DIR: z.string().min(1).default('.signalbox').describe('the path of a folder'),
  SIGNALBOX_ADMIN_TOKEN: z
    .string()
    .regex(/^\S+$/)
    .min(minTokenLength)
    .optional()
    .describe(`a text of at least ${minTokenLength} characters, without white space`),
  SIGNALBOX_IDEMPOTENCY_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .max(8_760)
    .default(24)
    .describe('a whole number of hours from 1 to 8760'),
  SIGNALBOX_OUTAGE_SECONDS: z.coerce
    .number()
    .int()
    .min(6)
    .max(86_400)
    .default(30)
    .describe('a whole number of seconds from 6 to 86400'),
  SIGNALBOX_STOP_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_600)
    .default(25)
    .describe('a whole number of seconds from 1 to 3600'),
  SIGNALBOX_HISTORY_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(30)
    .describe('a whole number of days from 1 to 36500'),
  SIGNALBOX_HISTORY_REVISIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(1_000)
    .describe('a whole number from 1 to 1000000000'),
  SIGNALBOX_FOLD_REVISIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(256)
    .describe('a whole number from 1 to 1000000000'),
  SIGNALBOX_FOLD_CHANGES: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(5_000)
    .describe('a whole number from 1 to 100000'),
  SIGNALBOX_TAKE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_600)
    .default(30)
    .describe('a whole number of seconds from 1 to 3600'),
  SIGNALBOX_LARGE_ANSWERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(16)
    .describe('a whole number from 1 to 10000'),
  SIGNALBOX_IN_FLIGHT_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(256)
    .describe('a whole number of megabytes from 1 to 1000000'),
  SIGNALBOX_ENCRYPTION_KEY: z
    .string()
    .refine((text) => readMasterKey(text) !== undefined)
    .optional()
    .describe('32 random bytes in base64 or hex, as “openssl rand -base64 32” prints them'),
  SIGNALBOX_ENCRYPTION_KEY_FILE: z.string().min(1).optional().describe('the path of a file'),
  SIGNALBOX_ALLOW_LOOPBACK: z.enum(['true', 'false']).default('false').describe('true or false'),
  SIGNALBOX_METRICS_TOKEN: z
    .string()
    .regex(/^\S+$/)
    .min(minTokenLength)
    .optional()
    .describe(`a text of at least ${minTokenLength} characters, without white space`),
  SIGNALBOX_ALLOW_PRIVATE_WEBHOOKS: z.enum(['true', 'false']).default('false').describe('true or false'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpAddress(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpAddress(),
  LOG_LEVEL: z
    .enum(logLevels)
    .default('info')
    .describe(`one of ${logLevels.join(', ')}`),
});

/** Reads the settings from an environment. Throws a `StartupError` that names each wrong value and what is allowed. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = shape.safeParse(given);
  if (!parsed.success) throw wrong(given, parsed.error);
  const values = parsed.data;
  if (values.SIGNALBOX_ENCRYPTION_KEY && values.SIGNALBOX_ENCRYPTION_KEY_FILE) throw twoKeys();
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    dataDirectory: resolve(values.SIGNALBOX_DATA_DIR),
    adminToken: values.SIGNALBOX_ADMIN_TOKEN,
    idempotencyHours: values.SIGNALBOX_IDEMPOTENCY_HOURS,
    outageSeconds: values.SIGNALBOX_OUTAGE_SECONDS,
    stopSeconds: values.SIGNALBOX_STOP_SECONDS,
    history: { days: values.SIGNALBOX_HISTORY_DAYS, revisions: values.SIGNALBOX_HISTORY_REVISIONS },
    fold: { revisions: values.SIGNALBOX_FOLD_REVISIONS, changes: values.SIGNALBOX_FOLD_CHANGES },
    takeSeconds: values.SIGNALBOX_TAKE_SECONDS,
    guards: { largeAnswers: values.SIGNALBOX_LARGE_ANSWERS, inFlightMb: values.SIGNALBOX_IN_FLIGHT_MB },
    encryptionKey: values.SIGNALBOX_ENCRYPTION_KEY,
    encryptionKeyFile: values.SIGNALBOX_ENCRYPTION_KEY_FILE && resolve(values.SIGNALBOX_ENCRYPTION_KEY_FILE),
    allowLoopback: values.SIGNALBOX_ALLOW_LOOPBACK === 'true',
    metricsToken: values.SIGNALBOX_METRICS_TOKEN,
    allowPrivateWebhooks: values.SIGNALBOX_ALLOW_PRIVATE_WEBHOOKS === 'true',
    tracesUrl: tracesUrlOf(values),
    logLevel: values.LOG_LEVEL,
    terminal: process.stdout.isTTY,
  };
}

/** Values that must not be repeated where others can read them. */
const secrets: ReadonlySet<string> = new Set([
  'SIGNALBOX_ADMIN_TOKEN',
  'SIGNALBOX_METRICS_TOKEN',
  'SIGNALBOX_ENCRYPTION_KEY',
  'DATABASE_URL',
]);

/** As OpenTelemetry has it: of all signals, or of traces alone. */
function tracesUrlOf(values: z.infer<typeof shape>): string | undefined {
  const all = values.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, '');
  return values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (all && `${all}/v1/traces`);
}

function twoKeys(): StartupError {
  return new StartupError(
    'SIGNALBOX_ENCRYPTION_KEY and SIGNALBOX_ENCRYPTION_KEY_FILE are both given; only one of them can count.',
    'Take one of them out of the environment, and start again.',
  );
}

function wrong(given: Readonly<Record<string, string | undefined>>, error: z.ZodError): StartupError {
  const names = [...new Set(error.issues.map((issue) => String(issue.path[0])))];
  const sentences = names.map((name) => {
    const allowed = shape.shape[name as keyof typeof shape.shape].description ?? '';
    const value = secrets.has(name) ? 'The value' : `“${given[name] ?? ''}”`;
    return `${value} of ${name} cannot be used: it must be ${allowed}.`;
  });
  return new StartupError(sentences.join('\n'), 'Correct the environment, and start again.');
}
