import type { Edition } from '../../foundation/declarative/edition.js';
import { mkdir } from 'node:fs/promises';
import { systemClock } from '../../foundation/kernel/clock.js';
import { openClient } from '../sdk/client.js';
import type { StreamEvent } from '../sdk/stream.js';
import { standardTiming, type StreamTiming } from '../sdk/timing.js';
import { Applier } from './applier.js';
import type { DriverKind } from './drivers/driver.js';
import { openEnrolment, type Enrolment } from './enrolment.js';
import { Follower } from './follower.js';
import { identityIn, type Identity } from './identity.js';
import type { Journal } from './journal.js';
import { keptIn } from './kept-configuration.js';
import { Reporter } from './reporter.js';

export interface AgentOptions {
  readonly endpoint: string;
  /** The group to enrol in, by name or id. Without one: the default group. */
  readonly group: string | undefined;
  readonly driver: DriverKind;
  readonly out: string;
  /** What the gateway is. */
  readonly edition: Edition;
  /** Where the identity and the last good configuration are kept; made if it is not there. One agent has it for itself. */
  readonly stateDirectory: string;
  readonly hostname: string;
  readonly operatorToken: () => Promise<string | undefined>;
  readonly journal: Journal;
  readonly timing?: Partial<StreamTiming>;
  /** Ends the agent in good order. */
  readonly signal: AbortSignal;
}

/** Before a configuration that was refused is tried once more. */
const retryMs = 30_000;

/**
 * Runs one instance: has its group's configuration put in place, from what was left on disk and from the server, and
 * tells the server what became of it. Never gives up on a server that is away. Rejects if it cannot begin: enrolment
 * refused, or a driver that does not open.
 */
export async function runAgent(options: AgentOptions): Promise<void> {
  const { stateDirectory, journal, signal } = options;
  const timing = { ...standardTiming, ...options.timing };
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const reporter = new Reporter(journal, timing);
  const applier = new Applier({
    ...{ journal, retryMs, signal, clock: systemClock },
    driver: await options.driver.open({ out: options.out, edition: options.edition }),
    kept: keptIn(stateDirectory),
    report: (outcome) => reporter.report(outcome),
  });
  const follower = new Follower({ applier, reporter, journal }, await applier.recover());
  const enrolment = openEnrolment({ ...options, timing, file: identityIn(stateDirectory) });
  await serve(options, enrolment, follower);
  await applier.settled;
}

/** As one instance after another: each until the server has deleted it, or the end. */
async function serve(options: AgentOptions, enrolment: Enrolment, follower: Follower): Promise<void> {
  const { endpoint, journal, timing = {} } = options;
  while (!options.signal.aborted) {
    const identity = await enrolment.identity();
    if (!identity) return;
    const gone = new AbortController();
    await follower.follow(openClient({ endpoint, token: identity.token, timing }), {
      signal: AbortSignal.any([options.signal, gone.signal]),
      refusals: 'retry',
      onEvent: (event) => {
        tell(event, journal);
        void findOut(event, enrolment, identity).then((finding) => {
          if (finding === 'unclear') journal.warn(unclear);
          if (finding === 'gone') gone.abort();
        });
      },
    });
    if (!gone.signal.aborted) continue;
    journal.warn(`instance ${identity.runtimeInstanceId} was deleted on the server; enrolling anew`);
    await enrolment.forget();
  }
}

const unclear =
  'this instance was deleted, or its token was withdrawn. Start the agent with an administrator’s token (--token or SIGNALBOX_TOKEN) to enrol it anew if it was deleted';

/** Being turned away may mean that the instance was deleted: whoever has an operator's token can find out. */
async function findOut(
  event: StreamEvent,
  enrolment: Enrolment,
  identity: Identity,
): Promise<'gone' | 'unclear' | 'fine'> {
  if (event.is === 'connected' || (event.why !== 'refused' && event.why !== 'replaced')) return 'fine';
  if (await enrolment.isGone(identity)) return 'gone';
  return event.why === 'refused' ? 'unclear' : 'fine';
}

function tell(event: StreamEvent, journal: Journal): void {
  if (event.is === 'connected') return;
  const seconds = (event.retryInMs / 1_000).toFixed(1);
  const sentence = `${event.message} What is in place stays; connecting again in ${seconds} s`;
  if (event.why === 'draining' || event.why === 'restarted') journal.say(sentence);
  else journal.warn(sentence);
}
