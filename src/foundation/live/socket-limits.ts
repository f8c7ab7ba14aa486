/** How much one client may take of the sockets. */
export interface SocketLimits {
  /** Operations that run at once on one socket. */
  readonly operations: number;
  /** Sockets that are open at once for one token. */
  readonly socketsPerToken: number;
  /** Bytes of one message from a client. */
  readonly messageBytes: number;
  /** Milliseconds in which a client must have sent `connection_init`. */
  readonly initWaitMs: number;
  /** Milliseconds between two pings. A client that has not answered one by the next is taken to be gone. */
  readonly keepAliveMs: number;
  /** Milliseconds in which a client must have taken a message. One that is slower is closed, and comes back. */
  readonly takeMs: number;
}

/** The limits unless others are set. */
export const defaultSocketLimits: SocketLimits = {
  operations: 100,
  socketsPerToken: 10_000,
  messageBytes: 1024 * 1024,
  initWaitMs: 5_000,
  keepAliveMs: 12_000,
  takeMs: 30_000,
};
