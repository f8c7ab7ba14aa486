import type { Actor } from '../../foundation/commands/command.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import { sha256 } from '../../foundation/kernel/id.js';
import { defineRefusal } from '../../foundation/kernel/refusal.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { actorOf, findTokenById, findTokenBySecret, type StoredToken } from './access.store.js';

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
  /** The same actor as of now; refuses if its token is no longer good. Asked before each message of a stream. */
  refresh(actor: Actor): Promise<Actor>;
}

/**
 * Tokens are looked up by their SHA-256; they have 256 random bits, so that nothing slower is needed. Whoever was let in is
 * looked up over connections of their own, so that streams do not wait for requests.
 */
export function makeAuthenticator(reader: Reader, vital: Reader): Authenticator {
  const bySecret = new RecentLookups((hash) => findTokenBySecret(reader, Buffer.from(hash, 'hex')));
  const byId = new RecentLookups((id) => findTokenById(vital, id));
  return {
    authenticate: async (authorization) => {
      const token = /^Bearer\s+(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
      if (!token) throw tokenMissing({});
      return good(await bySecret.get(sha256(token).toString('hex')));
    },
    refresh: async (actor) => good(await byId.get(actor.tokenId)),
  };
}

function good(token: StoredToken | undefined): Actor {
  if (!token) throw tokenUnknown({});
  if (token.state === 'REVOKED') throw tokenRevoked({});
  const expired = token.state === 'EXPIRED' || (token.expires_at ?? Infinity) <= systemClock.now();
  if (expired) throw tokenExpired({ at: token.expires_at as Date });
  return actorOf(token);
}

/** Keeps answers for a moment, and lets all who ask the same thing at once share one look-up. */
class RecentLookups {
  private readonly answers = new Map<string, { until: number; token: Promise<StoredToken | undefined> }>();

  constructor(private readonly find: (key: string) => Promise<StoredToken | undefined>) {}

  get(key: string): Promise<StoredToken | undefined> {
    const now = systemClock.monotonic();
    const held = this.answers.get(key);
    if (held && held.until > now) return held.token;
    const token = this.find(key);
    this.answers.set(key, { until: now + trustMs, token });
    // A look-up that failed, or found nothing, says nothing about the next one.
    token.then(
      (found) => found ?? this.answers.delete(key),
      () => this.answers.delete(key),
    );
    if (this.answers.size > 10_000) this.forget(now);
    return token;
  }

  private forget(now: number): void {
    for (const [key, held] of this.answers) if (held.until <= now) this.answers.delete(key);
  }
}
