import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pg from 'pg';
import { pino } from 'pino';
import { startControlPlane, type ControlPlane } from '../../src/app/control-plane.js';
import { sealedPlaces } from '../../src/app/sealed-places.js';
import { tables } from '../../src/app/storage.js';
import {
  addDataKey,
  changeMasterKey,
  countEventsWithKey,
  countRowsWithKey,
  openKeyring,
  resealPlace,
} from '../../src/domain/encryption/slice.js';
import { readSettings } from '../../src/foundation/config/settings.js';
import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/foundation/postgres/embedded/embedded-postgres.js';
import { newMasterKeyText, readMasterKey, type MasterKey } from '../../src/foundation/secrets/master-key.js';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { makeClient, type Client } from '../kit/client.js';
import { finalConfiguration } from '../kit/final.js';
import { LiveClient } from '../kit/live-client.js';
import { makeSeed, unique, type Group, type Seed } from '../kit/seed.js';
import { configChanges, runtimeConfig, type Stream } from '../kit/streams.js';
import { everySecret, fileWith } from './every-secret.js';

const adminToken = unique('the-token-of-the-administrator');
const cases = everySecret();
const file = fileWith(cases);
/** No secret: where it is not found, the search finds nothing. */
const open = unique('everybody-may-see-this');

let dataDirectory: string;
let server: EmbeddedPostgres;
let pool: pg.Pool;
let logged = '';
/** What was answered to everybody but instances, and those who asked for secrets. */
let answers = '';

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'signalbox-at-rest-'));
  server = await startEmbeddedPostgres({ directory: join(dataDirectory, 'postgres') });
  pool = new pg.Pool({ connectionString: server.connectionString, max: 2 });
}, 60_000);

afterAll(async () => {
  await pool.end();
  await server.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}, 60_000);

/** A control plane on the embedded database, while `run` runs. */
async function running(
  run: (world: { plane: ControlPlane; admin: Client; seed: Seed }) => Promise<void>,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const settings = readSettings({
    ...{ PORT: '0', SIGNALBOX_DATA_DIR: dataDirectory, SIGNALBOX_ADMIN_TOKEN: adminToken },
    ...environment,
  });
  const sink = new Writable({ write: (chunk, _, done) => ((logged += String(chunk)), done()) });
  const plane = await startControlPlane(settings, pino({ level: 'debug' }, sink));
  const admin = overheard(makeClient(plane.url, adminToken));
  try {
    await run({ plane, admin, seed: makeSeed(admin, server.connectionString) });
  } finally {
    await plane.stop();
  }
}

/** Every answer of this client is kept. */
function overheard(client: Client): Client {
  const kept = <Result>(result: Result): Result => ((answers += JSON.stringify(result)), result);
  return {
    ...client,
    gql: async (query, variables) => kept(await client.gql(query, variables)),
    attempt: async (...given) => kept(await client.attempt(...given)),
    mutate: async (...given) => kept(await client.mutate(...given)),
  };
}

const load = (admin: Client, group: Group, document: string, more: object = {}) =>
  admin.mutate<{ revision: number; summary: { created: number; updated: number } }>(
    ...([
      'importConfiguration',
      { runtimeGroupId: group.id, documents: [{ name: 'kong.json', content: document }], ...more },
    ] as const),
    'summary { created updated unchanged } changes { before after }',
  );

const exportQuery = `query ($id: ID!, $withSecrets: Boolean! = false) {
  exportConfiguration(runtimeGroupId: $id, withSecrets: $withSecrets) { document }
}`;

interface Exported {
  readonly exportConfiguration: { readonly document: string };
}

/** What a stream begins with, as text. */
async function told(client: Client, stream: Stream): Promise<string> {
  const socket = await LiveClient.connect(client);
  const message = await socket.open(stream).nextOf('snapshot');
  socket.close();
  return JSON.stringify(message);
}

/** Those of the secrets that stand in a text, in clear or in hex. */
function foundIn(text: string | Buffer): string[] {
  const bytes = Buffer.from(text as string);
  return cases
    .filter(({ needle }) => bytes.includes(needle) || bytes.includes(Buffer.from(needle).toString('hex')))
    .map(({ name }) => name);
}

/** All rows of all tables, as text. */
async function dump(): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts = [];
  for (const { name } of rows) {
    const found = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...found.rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

/** The columns of all tables but the history in which anything is sealed: `config_entity.body`. */
async function sealedColumns(): Promise<string[]> {
  const { rows } = await pool.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and table_name <> 'stream_event'`,
  );
  const found = [];
  for (const { table, column } of rows) {
    const text = `select 1 from "${table}" where strpos("${column}"::text, 'sealed:v1:') > 0 limit 1`;
    if ((await pool.query(text)).rows.length > 0) found.push(`${table}.${column}`);
  }
  return found.sort();
}

/** A service with secrets in its template, in a version, and in what waits for approval; a registry with a token; a webhook with two secrets. */
async function loadBesides({
  admin,
  seed,
  group,
}: {
  admin: Client;
  seed: Seed;
  group: Group;
}): Promise<string> {
  const { service } = await admin.mutate<{ service: { id: string } }>(
    'createService',
    {
      ...{ name: unique('pets'), releasePolicy: 'ONE_LIVE' },
      template: { routes: [{ name: 'pets', paths: ['/pets'], plugins: [lambda()] }], plugins: [lambda()] },
    },
    'service { id }',
  );
  const runtimeConfiguration = { target: { address: { url: 'http://pets.internal' } } };
  const publications = [{ serviceId: service.id, number: '1', runtimeConfiguration }];
  await admin.mutate('publishServiceVersion', { publications, runtimeGroupIds: [group.id] }, 'revision');
  const { group: guarded } = await seed.group({ approvalPolicy: { required: 1 } });
  const waiting = { publications, runtimeGroupIds: [guarded.id], requestApproval: true };
  await admin.mutate('publishServiceVersion', waiting, 'approvalRequests { id }');
  const registry = {
    runtimeGroupId: group.id,
    name: unique('consul'),
    type: 'CONSUL',
    token: unique('token'),
  };
  await admin.mutate(
    'createServiceRegistry',
    { ...registry, address: 'http://consul.internal:8500' },
    'serviceRegistry { id }',
  );
  const { webhook } = await admin.mutate<{ webhook: { id: string } }>(
    'createWebhook',
    { name: unique('webhook'), url: 'http://203.0.113.1/hook' },
    'webhook { id }',
  );
  await admin.mutate('rotateWebhookSecret', { id: webhook.id }, 'secret');
  return service.id;
}

const lambda = (): object => ({
  name: 'aws-lambda',
  config: {
    aws_region: 'eu-central-1',
    function_name: 'pets',
    aws_key: unique('key'),
    aws_secret: unique('s'),
  },
});

/** Whatever is on the disk: tables, indexes, the write-ahead log, the server's own log. */
async function disk(): Promise<readonly { name: string; content: Buffer }[]> {
  await pool.query('checkpoint');
  const names = await readdir(server.dataDirectory, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => ((await stat(join(server.dataDirectory, name))).isFile() ? [name] : [])),
  );
  return Promise.all(
    files.flat().map(async (name) => ({ name, content: await readFile(join(server.dataDirectory, name)) })),
  );
}

const names = cases.map(({ name }) => name);

it('every kind of secret is looked for', () => {
  expect(names).toEqual(expect.arrayContaining(['key.jwk', 'plugin rate-limiting.config.redis.password']));
  expect(new Set(cases.map(({ needle }) => needle)).size).toBe(cases.length);
  expect(cases.every(({ needle }) => needle.length >= 15)).toBe(true);
});

describe('secrets of every kind', () => {
  it('are in clear nowhere but where gateways, and those who may, get them', async () => {
    await running(async ({ admin, seed }) => {
      const { group } = await seed.group({ description: open });
      const { client: instance } = await seed.instance(group);
      const socket = await LiveClient.connect(admin);
      const watcher = socket.open(configChanges(group.id));
      await watcher.nextOf('snapshot');
      const { summary } = await load(admin, group, file, { idempotencyKey: unique('key') });
      expect(summary.created).toBeGreaterThan(cases.length);
      expect((await load(admin, group, file)).summary).toMatchObject({ created: 0, updated: 0 });
      const wrong = file.replaceAll('"name":', '"nam":');
      await admin.attempt('importConfiguration', {
        runtimeGroupId: group.id,
        documents: [{ name: 'wrong.json', content: wrong }],
      });

      const run = await told(instance, runtimeConfig());
      expect(foundIn(run)).toEqual(names);
      const exported = await makeClient(admin.origin, adminToken).gql<Exported>(exportQuery, {
        ...{ id: group.id, withSecrets: true },
      });
      expect(foundIn(exported.exportConfiguration.document.replaceAll(/\\n\s*/g, '\n'))).toEqual(names);

      await admin.gql<Exported>(exportQuery, { id: group.id });
      const delta = await watcher.nextOf('delta');
      answers += JSON.stringify(delta) + (await told(admin, configChanges(group.id)));
      checkGuarantees([watcher.trace()], await finalConfiguration({ admin, sql }, group.id));
      socket.close();
    });
    expect(foundIn(answers)).toEqual([]);
    expect(answers).toContain('redis');
    expect(foundIn(logged)).toEqual([]);
    expect(logged).toContain('a configuration was exported with its secrets');
    const rows = await dump();
    expect(foundIn(rows)).toEqual([]);
    expect(rows).toContain(open);
    const files = await disk();
    expect(files.filter(({ content }) => foundIn(content).length > 0).map(({ name }) => name)).toEqual([]);
    for (const part of ['pg_wal', 'base'])
      expect(files.some(({ name, content }) => name.includes(part) && content.includes(open))).toBe(true);
  }, 120_000);
});

const sql = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  (await pool.query<Row>(text, [...values])).rows;

describe('the keys', () => {
  let database: Database;
  let kept: MasterKey;
  beforeAll(async () => {
    database = await openDatabase({ url: server.connectionString, tables, migrations: [], poolSize: 2 });
    kept = readMasterKey(await readFile(join(dataDirectory, 'encryption-key'), 'utf8'))!;
  });
  afterAll(() => database.close());

  it('are in a file that is for its owner alone', async () => {
    expect((await stat(join(dataDirectory, 'encryption-key'))).mode & 0o777).toBe(0o600);
    expect(await dump()).not.toContain(await readFile(join(dataDirectory, 'encryption-key'), 'utf8'));
  });

  it('can be rotated, and nobody sees a difference', async () => {
    await running(async ({ admin, seed }) => {
      const { group } = await seed.group();
      const { client: instance } = await seed.instance(group);
      await load(admin, group, file);
      const serviceId = await loadBesides({ admin, seed, group });
      const before = {
        run: await told(instance, runtimeConfig()),
        seen: await told(admin, configChanges(group.id)),
      };
      const { currentKeyId: first } = await openKeyring(database, kept);
      await addDataKey(database, kept);
      const secrets = await openKeyring(database, kept);
      const places = sealedPlaces.map(({ table, column }) => `${table}.${column}`);
      expect(await sealedColumns()).toEqual(places.sort());
      for (const place of sealedPlaces) {
        const least = place.table === 'config_entity' ? cases.length : 1;
        expect(await resealPlace(database, secrets, place)).toBeGreaterThanOrEqual(least);
        expect(await resealPlace(database, secrets, place)).toBe(0);
        expect(await countRowsWithKey(database, place, first)).toBe(0);
      }
      expect(await countEventsWithKey(database, first)).toBeGreaterThanOrEqual(cases.length);
      // The control plane that runs has not been told, and meets the new key here at the latest.
      await admin.gql(
        'query ($id: ID!) { exportConfiguration(runtimeGroupId: $id, withSecrets: true) { document } }',
        { id: group.id },
      );
      expect(await told(instance, runtimeConfig())).toBe(before.run);
      expect(await told(admin, configChanges(group.id))).toBe(before.seen);
      expect((await load(admin, group, file)).summary).toMatchObject({ created: 0, updated: 0 });
      await admin.mutate('importConfiguration', {
        runtimeGroupId: group.id,
        documents: [{ name: 'changed.json', content: changed() }],
      });
      const [entities] = sealedPlaces;
      expect(await countRowsWithKey(database, entities!, secrets.currentKeyId)).toBeGreaterThan(cases.length);
      expect(await countEventsWithKey(database, secrets.currentKeyId)).toBeGreaterThan(0);
      // What was sealed anew opens: the same secrets are deployed again, and nothing changes.
      const { group: other } = await seed.group();
      const publications = [
        {
          ...{ serviceId, number: '1' },
          runtimeConfiguration: { target: { address: { url: 'http://pets.internal' } } },
        },
      ];
      const to = { publications, runtimeGroupIds: [group.id, other.id] };
      const asked = 'plan { groups { changes { kind } } }';
      const { plan } = await admin.mutate<{ plan: { groups: { changes: object[] }[] } }>(
        ...(['publishServiceVersion', to, asked] as const),
      );
      expect(plan.groups.map(({ changes }) => changes.length)).toEqual([0, 4]);
    });
  }, 60_000);

  const changed = (): string =>
    JSON.stringify({
      _format_version: '3.0',
      consumers: [{ username: 'ada', keyauth_credentials: [{ key: unique('another') }] }],
    });

  it('are wrapped by another key on request, and by none but that one then', async () => {
    const text = newMasterKeyText();
    await running(async () => undefined);
    expect(await changeMasterKey(database, kept, readMasterKey(text)!)).toBe(2);
    await expect(running(async () => undefined)).rejects.toThrow(
      'The encryption key is not the one that the secrets in this database are encrypted with',
    );
    await running(
      async ({ seed, admin }) => {
        const { groups } = await everyGroup(admin);
        for (const group of groups) {
          const { client } = await seed.instance(group);
          const run = await told(client, runtimeConfig());
          if (run.includes('rate-limiting')) expect(foundIn(run)).toEqual(names);
        }
      },
      { SIGNALBOX_ENCRYPTION_KEY: text },
    );
    await changeMasterKey(database, readMasterKey(text)!, kept);
  }, 60_000);

  async function everyGroup(admin: Client): Promise<{ groups: Group[] }> {
    const query = '{ runtimeGroups(first: 50) { nodes { id name } } }';
    const { runtimeGroups } = await admin.gql<{ runtimeGroups: { nodes: Group[] } }>(query);
    return { groups: runtimeGroups.nodes };
  }

  it('are never made anew where secrets need those that are lost', async () => {
    const key = join(dataDirectory, 'encryption-key');
    const text = await readFile(key, 'utf8');
    await rm(key);
    await expect(running(async () => undefined)).rejects.toThrow(`which is not in ${key} any more`);
    await expect(stat(key)).rejects.toThrow();
    await running(async () => undefined, { SIGNALBOX_ENCRYPTION_KEY: text.trim() });
  }, 60_000);

  it('must be given where the database is somewhere else', async () => {
    const settings = { DATABASE_URL: server.connectionString };
    await expect(running(async () => undefined, settings)).rejects.toThrow('There is no encryption key');
  });
});
