import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The way to a database, which can be made to fail as networks do. */
export interface DatabaseProxy {
  /** The same database, by this way. */
  readonly url: string;
  /** Nothing passes any more, and nobody is told; of all connections, new ones too, or of those that have said something. */
  freeze(said?: string): void;
  /** Breaks all connections, and refuses new ones. */
  cut(): void;
  /** Breaks all connections; new ones are let through. */
  shake(): void;
  /** The next statement that is answered is the last of its connection: what ends it comes in one piece with the answer. */
  endWithAnswer(): void;
  /** From now on, new connections pass. Those that were frozen stay so. */
  heal(): void;
  /** How many connections have said something so far, in clear text. */
  heard(said: string): number;
  close(): Promise<void>;
}

interface Pipe {
  readonly sockets: readonly Socket[];
  said: string;
  frozen: boolean;
}

/** What PostgreSQL says when it has answered, outside of a transaction. */
const readyForQuery = Buffer.from('5a0000000549', 'hex');

/** What it says when an administrator ends the connection. */
function terminated(): Buffer {
  const fields = ['SFATAL', 'VFATAL', 'C57P01', 'Mterminating connection due to administrator command'];
  const text = Buffer.from(`${fields.map((field) => `${field}\0`).join('')}\0`);
  const head = Buffer.from('E....');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

/** Lays a way to a database. The caller closes it. */
export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const pipes = new Set<Pipe>();
  const heard: string[] = [];
  let isLast = false;
  let mode: 'open' | 'frozen' | 'cut' = 'open';
  const server = createServer((client) => {
    if (mode === 'cut') return void client.destroy();
    const upstream = connect(addressOf(databaseUrl));
    const pipe: Pipe = { sockets: [client, upstream], said: '', frozen: mode === 'frozen' };
    pipes.add(pipe);
    client.on('data', (chunk) => {
      pipe.said += chunk.toString('latin1').slice(0, 10_000);
      if (!pipe.frozen) upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (pipe.frozen) return;
      const isDue = isLast && chunk.subarray(-readyForQuery.length).equals(readyForQuery);
      if (isDue) isLast = false;
      client.write(isDue ? Buffer.concat([chunk, terminated()]) : chunk);
    });
    for (const socket of pipe.sockets) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!pipe.frozen) for (const each of pipe.sockets) each.destroy();
        if (pipes.delete(pipe)) heard.push(pipe.said);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = (): void => {
    for (const { sockets } of pipes) for (const socket of sockets) socket.destroy();
  };
  return {
    url: urlOf(databaseUrl, (server.address() as AddressInfo).port),
    freeze: (said = '') => {
      if (said === '') mode = 'frozen';
      for (const pipe of pipes) pipe.frozen ||= pipe.said.includes(said);
    },
    cut: () => {
      mode = 'cut';
      breakAll();
    },
    shake: breakAll,
    endWithAnswer: () => void (isLast = true),
    heal: () => void (mode = 'open'),
    heard: (said) =>
      [...heard, ...[...pipes].map((pipe) => pipe.said)].filter((all) => all.includes(said)).length,
    close: async () => {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}

function addressOf(databaseUrl: string): { path: string } | { host: string; port: number } {
  const url = new URL(databaseUrl);
  const directory = url.searchParams.get('host');
  const port = Number(url.searchParams.get('port') ?? (url.port || 5432));
  return directory ? { path: `${directory}/.s.PGSQL.${port}` } : { host: url.hostname, port };
}

function urlOf(databaseUrl: string, port: number): string {
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.searchParams.delete('port');
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}
