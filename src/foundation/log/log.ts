import { pino, type Logger as PinoLogger } from 'pino';
import pretty from 'pino-pretty';
import { traceIds } from '../tracing/span.js';

/** Structured logs: facts first, then a sentence. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>;

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A log that people can read in a terminal, and machines elsewhere (one JSON object a line). */
export function openLog(level: LogLevel, terminal: boolean): Logger {
  if (!terminal) return pino({ level, mixin: traceIds });
  return pino(
    { level, mixin: traceIds },
    pretty({ colorize: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss', sync: true }),
  );
}
