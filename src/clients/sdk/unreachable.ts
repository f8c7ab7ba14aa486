import { clientCodes, SignalboxError } from './error.js';

/** The failure to get through to a server: says what was tried, why it did not work, and what to do. */
export function unreachable(endpoint: string, cause: unknown): SignalboxError {
  const { code = '', message } = deepest(cause);
  return new SignalboxError(
    {
      code: clientCodes.unreachable,
      message: `Cannot reach the Signalbox server at ${endpoint}: ${reasons[code] ?? (message || code || String(cause))}.`,
      retryable: true,
      mayBeDone: !beforeConnecting.has(code),
      hint: 'Is it running there? `npm start` starts one; --server names another address.',
    },
    cause,
  );
}

/** Errors come nested: fetch wraps the socket's, and a host with several addresses gives one for each. */
function deepest(fault: unknown): SocketFault {
  const { errors, cause } = (fault ?? {}) as SocketFault;
  const nested = errors?.[0] ?? cause;
  return nested === undefined ? (fault ?? {}) : deepest(nested);
}

/** Where one of these is the reason, the request was never sent. */
const beforeConnecting: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
]);

interface SocketFault {
  readonly errors?: readonly unknown[];
  readonly cause?: unknown;
  readonly code?: string;
  readonly message?: string;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at this address (connection refused)',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'there is no host with this name',
  EAI_AGAIN: 'the name of the host could not be resolved',
  ETIMEDOUT: 'no answer came in time',
  EHOSTUNREACH: 'there is no way to this host',
  UND_ERR_SOCKET: 'the connection was closed before the answer came',
};
