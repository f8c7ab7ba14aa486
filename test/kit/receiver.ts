import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver of webhooks, over a real socket. */
export interface Receiver {
  readonly url: string;
  /** Everything that it was sent, in order, whatever it answered. */
  readonly received: readonly Received[];
  /** Answers everything with this status from now on; null: not at all. */
  answer(status: number | null): void;
  /** Goes away, with everything that is open. */
  goAway(): Promise<void>;
  /** Is there again, under the same address. */
  comeBack(): Promise<void>;
}

export interface Received {
  readonly id: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly message: {
    readonly type: string;
    readonly cursor: string;
    readonly data: {
      readonly number: number;
      readonly summary: string;
      readonly reason: string;
      readonly part: number;
      readonly parts: number;
      readonly entries: readonly object[];
    };
  };
}

/** Starts one on a free port of this machine. The caller lets it go away. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let status: number | null = 200;
  let server: Server | undefined;
  let port = 0;
  const listen = async (): Promise<void> => {
    const opened = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const message = JSON.parse(body) as Received['message'];
        received.push({
          id: String(request.headers['webhook-id']),
          status,
          headers: request.headers,
          body,
          message,
        });
        if (status === null) return;
        if (status === 302) response.setHeader('location', '/elsewhere');
        response.writeHead(status).end();
      });
    });
    server = opened;
    await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
    ({ port } = opened.address() as AddressInfo);
  };
  await listen();
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer: (next) => {
      status = next;
    },
    goAway: async () => {
      server?.closeAllConnections();
      await new Promise((resolve) => server?.close(resolve));
    },
    comeBack: listen,
  };
}

/** True if one of the signatures is that of the secret, as docs/webhooks.md says how to find out. */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}
