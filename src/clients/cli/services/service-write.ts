import { Command } from 'commander';
import { fromUserErrors } from '../../sdk/error.js';
import type { ServiceWrittenFragment } from '../../sdk/generated.js';
import { withJson, withServer, type CliContext, type ServerOptions } from '../context.js';
import { withKey, writeOnce, type WritingOptions } from '../writing.js';

/** The options of every write to a service and its template. */
export interface ServiceOptions extends ServerOptions, WritingOptions {
  readonly reason?: string;
  readonly json?: true;
}

/** A command that writes to a service or its template. */
export function serviceCommand(name: string): Command {
  return withKey(withJson(withServer(new Command(name)))).option(
    '--reason <text>',
    'why, for those who read the history',
  );
}

/** What the input of every such write carries. */
export interface ServiceWrite {
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

/** Does such a write, and says what came of it. */
export async function writeService(
  { options, context }: { readonly options: ServiceOptions; readonly context: CliContext },
  send: (common: ServiceWrite) => Promise<ServiceWrittenFragment>,
  done: (answer: ServiceWrittenFragment) => string,
): Promise<void> {
  const reason = options.reason ?? null;
  const answer = await writeOnce(options, context, (idempotencyKey) => send({ reason, idempotencyKey }));
  const refusal = fromUserErrors(answer.userErrors, 'Nothing was changed.');
  if (refusal) throw refusal;
  context.terminal.out(options.json ? JSON.stringify(answer.service, null, 2) : done(answer));
}
