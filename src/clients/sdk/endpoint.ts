import { SignalboxError } from './error.js';

/** Where a server is if nobody says otherwise. */
export const standardServer = 'http://127.0.0.1:4000';

/** The GraphQL endpoint of a server that a person named, with or without its path. */
export function endpointOf(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw notAnAddress(server);
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}

function notAnAddress(server: string): SignalboxError {
  return new SignalboxError({
    code: 'SERVER_ADDRESS_INVALID',
    message: `“${server}” is not the address of a server.`,
    retryable: false,
    hint: `Write it with http:// or https://, for example ${standardServer}.`,
  });
}
