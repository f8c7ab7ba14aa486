import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import {
  NotStarted,
  startControlPlaneProcess,
  type ControlPlaneProcess,
} from '../kit/control-plane-process.js';
import { LiveClient } from '../kit/live-client.js';
import { migratedDatabase } from '../kit/migrated-database.js';
import { configChanges } from '../kit/streams.js';

const started: ControlPlaneProcess[] = [];

async function start(
  options: Parameters<typeof startControlPlaneProcess>[0] = {},
): Promise<ControlPlaneProcess> {
  const plane = await startControlPlaneProcess(options);
  started.push(plane);
  return plane;
}

/** What the server said instead of starting. */
async function refusalOf(environment: Readonly<Record<string, string>>): Promise<NotStarted> {
  const error: unknown = await start({ environment }).catch((thrown: unknown) => thrown);
  if (error instanceof NotStarted) return error;
  throw new Error('The server was to refuse to start.', { cause: error });
}

afterEach(async () => {
  for (const plane of started.splice(0)) await plane.stop();
});

async function defaultGroup({ admin }: ControlPlaneProcess): Promise<{ id: string; revision: number }> {
  const query = '{ organization { defaultRuntimeGroup { id revision } } }';
  interface Found {
    organization: { defaultRuntimeGroup: { id: string; revision: number } };
  }
  return (await admin.gql<Found>(query)).organization.defaultRuntimeGroup;
}

describe('the server', () => {
  it('has the same data and the same organization after it was stopped, or killed, and started again', async () => {
    const plane = await start();
    const { id } = await defaultGroup(plane);
    await plane.admin.mutate('createRoute', { runtimeGroupId: id, paths: ['/a'] });
    await plane.restart('SIGTERM');
    await plane.admin.mutate('createRoute', { runtimeGroupId: id, paths: ['/b'] });
    await plane.restart('SIGKILL');
    expect(await defaultGroup(plane)).toEqual({ id, revision: 2 });
  });

  it('stops cleanly when it is told to, and says goodbye first', async () => {
    const plane = await start();
    const socket = await LiveClient.connect(plane.admin);
    const stream = socket.open(configChanges((await defaultGroup(plane)).id));
    await stream.next();
    const ended = plane.end('SIGTERM');
    expect(await stream.nextOf('goodbye')).toMatchObject({ cause: 'DRAINING' });
    expect(await ended).toBe(0);
    socket.close();
  });

  it('leaves at once if it is told to stop twice', async () => {
    const plane = await start();
    const codes = await Promise.all([plane.end('SIGTERM'), plane.end('SIGINT')]);
    expect(codes).toEqual([1, 1]);
  });
});

describe('the server does not start, and says in a sentence what to do,', () => {
  it('on a database that is newer than it', async () => {
    const database = await migratedDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `insert into schema_migration (timestamp, name) values (9999999999999, 'Tomorrow9999999999999')`,
    );
    await client.end();
    const { code, output } = await refusalOf({ DATABASE_URL: database.url });
    await database.close();
    expect(code).toBe(1);
    expect(output).toBe(
      'The database is newer than this program: it has Tomorrow9999999999999.\n' +
        'Start the newer version of Signalbox, or take its migrations back with “signalbox migrate down” of that version.\n',
    );
  });

  it('without an encryption key, or with one that cannot be read', async () => {
    const none = await refusalOf({ SIGNALBOX_ENCRYPTION_KEY: '' });
    expect(none).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^There is no encryption key.*\nMake a key with/),
    });
    const missing = await refusalOf({
      ...{ SIGNALBOX_ENCRYPTION_KEY: '', SIGNALBOX_ENCRYPTION_KEY_FILE: '/nowhere/key' },
    });
    expect(missing.output).toContain('The encryption key in /nowhere/key cannot be read');
  });

  it('on a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { code, output } = await refusalOf({ PORT: String((other.address() as AddressInfo).port) });
    other.close();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('another program listens there'),
    });
    expect(output).not.toMatch(/at .*\.js:/);
  });
});
