import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { StartupError } from '../kernel/startup-error.js';

/** Where to listen. Port 0 takes any that is free. */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
}

/** Begins to listen, and answers the port. Throws a `StartupError` that says what to do if that cannot be had. */
export async function listen(app: FastifyInstance, at: ListenAt): Promise<number> {
  try {
    await app.listen({ host: at.host, port: at.port });
  } catch (error) {
    throw explained(error as NodeJS.ErrnoException, at);
  }
  return (app.server.address() as AddressInfo).port;
}

function explained(error: NodeJS.ErrnoException, { host, port }: ListenAt): unknown {
  const known = error.code === undefined ? undefined : faults[error.code];
  if (!known) return error;
  const [why, hint] = known;
  return new StartupError(`Cannot listen on ${host}, port ${port}: ${why}.`, hint, error);
}

const choosePort = 'Stop the other one, or set PORT to a port that is free (0 takes any).';
const chooseHost =
  'Set HOST to an address of this machine: 127.0.0.1 for this machine only, 0.0.0.0 for all.';

const faults: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EADDRINUSE: ['another program listens there', choosePort],
  EACCES: ['this user may not use that port', 'Set PORT to a port from 1024 on.'],
  EADDRNOTAVAIL: ['this machine does not have that address', chooseHost],
  ENOTFOUND: ['there is no such host', chooseHost],
  EAI_AGAIN: ['there is no such host', chooseHost],
};
