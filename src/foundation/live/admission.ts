import { responseHeadFor, type FormatError } from '../graphql/format-error.js';
import type { ContextFor } from '../graphql/transport.js';
import { sha256 } from '../kernel/id.js';
import { defineRefusal } from '../kernel/refusal.js';
import { closeCodes, closeSocket, type Connection } from './connection.js';
import type { SocketLimits } from './socket-limits.js';

const tooManySockets = defineRefusal<{ limit: number; retryAfterMs: number }>(
  'TOO_MANY_SOCKETS',
  'unavailable',
  ({ limit }) =>
    `This token has ${limit} sockets open, which is the limit. Close some, or use another token.`,
);

/** What letting a socket in depends on. */
export interface AdmissionOptions {
  readonly contextFor: ContextFor;
  readonly formatError: FormatError;
  readonly limits: SocketLimits;
}

/** Lets sockets in whose token is good, and not too many for one token. */
export class Admission {
  private readonly counts = new Map<string, number>();

  constructor(private readonly options: AdmissionOptions) {}

  /** True if the socket is let in; else it is closed, with a reason. Never rejects. */
  async admit(connection: Connection, params: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
    const authorization = authorizationIn(params);
    try {
      await this.options.contextFor(authorization, connection.facts);
      if (authorization !== undefined) this.count(connection, authorization);
      return true;
    } catch (error) {
      this.refuse(connection, error);
      return false;
    }
  }

  private refuse({ socket }: Connection, error: unknown): void {
    const { extensions } = this.options.formatError(error);
    const reason = String(extensions?.['reason'] ?? extensions?.['code']);
    const isPassing = responseHeadFor(error).status >= 500;
    if (isPassing) closeSocket(socket, closeCodes.later, `Try again later: ${reason}`);
    else closeSocket(socket, closeCodes.forbidden, `Forbidden: ${reason}`);
  }

  private count(connection: Connection, authorization: string): void {
    const token = sha256(authorization).toString('base64');
    const open = this.counts.get(token) ?? 0;
    const { socketsPerToken: limit } = this.options.limits;
    if (open >= limit) throw tooManySockets({ limit, retryAfterMs: 10_000 });
    connection.authorization = authorization;
    // One that closed while it was looked up has nothing to release any more.
    if (connection.socket.readyState !== connection.socket.OPEN) return;
    this.counts.set(token, open + 1);
    connection.socket.once('close', () => this.release(token));
  }

  private release(token: string): void {
    const left = (this.counts.get(token) ?? 1) - 1;
    if (left > 0) this.counts.set(token, left);
    else this.counts.delete(token);
  }
}

/** `authorization` in whatever case, as with the header. */
function authorizationIn(params: Readonly<Record<string, unknown>>): string | undefined {
  const value = Object.entries(params).find(([key]) => key.toLowerCase() === 'authorization')?.[1];
  return typeof value === 'string' ? value : undefined;
}
