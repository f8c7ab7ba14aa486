import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { newId } from '../../foundation/kernel/id.js';
import { SignalboxError } from '../sdk/error.js';
import type { CliContext } from './context.js';

/** The option of every command that writes. */
export interface WritingOptions {
  readonly idempotencyKey?: string;
}

/** Gives a command the option of every write. */
export function withKey(command: Command): Command {
  return command.option(
    '--idempotency-key <key>',
    'the key of this write: what was done under it already is not done again. Without it, a new one',
  );
}

/** How long is waited before each repetition. */
const pausesMs = [500, 1_000, 2_000, 4_000];

interface Writing<Answer> {
  readonly key: string;
  readonly send: (idempotencyKey: string) => Promise<Answer>;
  readonly context: CliContext;
}

/**
 * Sends a write under one key. Where no answer comes, it is repeated with the same key, so that it is done once at most.
 * Whoever gives up is told the key.
 */
export function writeOnce<Answer>(
  options: WritingOptions,
  context: CliContext,
  send: (idempotencyKey: string) => Promise<Answer>,
): Promise<Answer> {
  return attempt({ key: options.idempotencyKey ?? newId(), send, context }, pausesMs, false);
}

async function attempt<Answer>(
  writing: Writing<Answer>,
  [pauseMs, ...later]: readonly number[],
  mayBeDone: boolean,
): Promise<Answer> {
  const { key, send, context } = writing;
  try {
    return await send(key);
  } catch (error) {
    const failure = error instanceof SignalboxError && error.retryable ? error : undefined;
    if (!failure || !(mayBeDone || failure.mayBeDone)) throw error;
    if (pauseMs === undefined) throw givenUp(failure, key);
    context.terminal.tell(`${failure.message} Whether the write was done is not known: asking again.`);
    await wait(pauseMs);
    return attempt(writing, later, true);
  }
}

function givenUp({ code, category, message }: SignalboxError, key: string): SignalboxError {
  const hint = `Whether the write was done is not known. Repeat it with --idempotency-key ${key}, and it is done once at most.`;
  return new SignalboxError({ code, category, message, retryable: true, mayBeDone: true, hint });
}
