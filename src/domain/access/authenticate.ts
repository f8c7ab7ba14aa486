import { setImmediate } from 'node:timers/promises';
import type { Actor } from '../../foundation/commands/command.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import { sha256 } from '../../foundation/kernel/id.js';
import { defineRefusal } from '../../foundation/kernel/refusal.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { actorOf, findTokensByIds, findTokensBySecrets, type StoredToken } from './access.store.js';

const tokenMissing = defineRefusal(
  'TOKEN_MISSING',
  'unauthenticated',
  () =>
    'No token was given. Send “Authorization: Bearer <token>” over HTTP, or { "authorization": "Bearer <token>" } in connection_init over WebSocket.',
);
const tokenUnknown = defineRefusal(
  'TOKEN_UNKNOWN',
  'unauthenticated',
  () => 'This token is not known here. Check that it is complete, and made for this control plane.',
);
const tokenExpired = defineRefusal(
  'TOKEN_EXPIRED',
  'unauthenticated',
  (facts: { at: Date }) => `This token expired at ${facts.at.toISOString()}. Ask for a new one.`,
);
const tokenRevoked = defineRefusal(
  'TOKEN_REVOKED',
  'unauthenticated',
  () => 'This token was revoked. Ask for a new one.',
);

/** How long a token that was found good is trusted without asking again; so a revocation takes at most this long. */
const trustMs = 1_000;

/** Turns what a caller presents into an actor, or refuses. */
export interface Authenticator {
  /** From the text `Bearer <token>`. */
  authenticate(authorization: string | undefined): Promise<Actor>;
  /**
   * The same actor as of a second ago at most; refuses if its token is no longer good. Asked before each message of a
   * stream; answers at once, and with the same object, as long as what is known is young enough.
   */
  refresh(actor: Actor): Actor | Promise<Actor>;
}

/**
 * Tokens are looked up by their SHA-256; they have 256 random bits, so that nothing slower is needed. Whoever was let in is
 * looked up over connections of their own, so that streams do not wait for requests.
 */
export function makeAuthenticator(reader: Reader, vital: Reader): Authenticator {
  const byId = new RecentLookups(inBatches((ids) => findTokensByIds(vital, ids)));
  const bySecret = new RecentLookups(
    inBatches((hashes) => findTokensBySecrets(reader, hashes)),
    (known, until) => byId.learn(known.token.id, known, until),
  );
  return {
    authenticate: async (authorization) => {
      const token = /^Bearer\s+(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
      if (!token) throw tokenMissing({});
      const found = await bySecret.get(sha256(token).toString('hex'));
      return good(found);
    },
    refresh: ({ tokenId }) => {
      const found = byId.get(tokenId);
      return found instanceof Promise ? found.then(good) : good(found);
    },
  };
}

/** A token that was looked up, and whom it stands for. */
interface Known {
  readonly token: StoredToken;
  readonly actor: Actor;
  /** By the monotonic clock: when a token expires is for the database's clock to say, whatever this machine's says. */
  readonly goodUntil: number;
}

function good(known: Known | undefined): Actor {
  if (!known) throw tokenUnknown({});
  const { token, actor, goodUntil } = known;
  if (token.state === 'REVOKED') throw tokenRevoked({});
  // Asked for each message to each watcher: the clock is not, where nothing expires.
  if (goodUntil !== Infinity && goodUntil <= systemClock.monotonic())
    throw tokenExpired({ at: token.expires_at as Date });
  return actor;
}

function goodUntilOf({ expires_in_ms: left }: StoredToken): number {
  return left === null ? Infinity : systemClock.monotonic() + left;
}

type Find = (key: string) => Promise<Known | undefined>;

/** Gathers what is asked for at the same time into one statement: a crowd that comes back costs a few. */
function inBatches(read: (keys: readonly string[]) => Promise<readonly (StoredToken | undefined)[]>): Find {
  let keys: string[] = [];
  let reading: Promise<readonly (StoredToken | undefined)[]> | undefined;
  const readSoon = async (): ReturnType<typeof read> => {
    await setImmediate();
    const asked = keys;
    keys = [];
    reading = undefined;
    return read(asked);
  };
  return async (key) => {
    const place = keys.push(key) - 1;
    reading ??= readSoon();
    const token = (await reading)[place];
    return token && { token, actor: actorOf(token), goodUntil: goodUntilOf(token) };
  };
}

interface Answer {
  readonly until: number;
  /** Once it was found. */
  known?: Known;
  readonly finding: Promise<Known | undefined>;
}

/** Keeps answers for a moment, and lets all who ask the same thing at once share one look-up. */
class RecentLookups {
  private readonly answers = new Map<string, Answer>();

  constructor(
    private readonly find: Find,
    private readonly onFound: (known: Known, until: number) => void = () => undefined,
  ) {}

  /** Takes over what was found out in another way, unless there is an answer that is good. */
  learn(key: string, known: Known, until: number): void {
    const held = this.answers.get(key);
    if (held && held.until > systemClock.monotonic()) return;
    this.answers.set(key, { until, known, finding: Promise.resolve(known) });
  }

  /** At once if it is known. */
  get(key: string): Known | Promise<Known | undefined> {
    const now = systemClock.monotonic();
    const held = this.answers.get(key);
    if (held && held.until > now) return held.known ?? held.finding;
    if (this.answers.size >= 10_000) this.forget(now);
    const answer: Answer = { until: now + trustMs, finding: this.find(key) };
    this.answers.set(key, answer);
    // A look-up that failed, or found nothing, says nothing about the next one.
    const drop = (): void => {
      if (this.answers.get(key) === answer) this.answers.delete(key);
    };
    answer.finding.then((found) => {
      if (!found) return drop();
      answer.known = found;
      this.onFound(found, answer.until);
    }, drop);
    return answer.finding;
  }

  private forget(now: number): void {
    for (const [key, held] of this.answers) if (held.until <= now) this.answers.delete(key);
  }
}
