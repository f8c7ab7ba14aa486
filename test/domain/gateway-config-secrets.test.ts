import { parse } from 'yaml';
import type { JsonObject } from '../../src/foundation/kernel/json.js';
import { expectRefused, type Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { pem } from '../kit/pem.js';
import { unique, type Group } from '../kit/seed.js';
import { configChanges, runtimeConfig, type Stream } from '../kit/streams.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());
beforeEach(async () => {
  ({ group } = await plane.seed.group());
});

const hidden = '***';

/** A secret as it is shown: hidden, with its fingerprint. */
const fingerprinted = expect.stringMatching(/^\*{3}[\w-]{16}$/) as string;

/** The entity with its secrets, as only those may have it who may read secrets. */
async function clear(id: string): Promise<JsonObject | undefined> {
  const query = `query ($id: ID!) { exported: exportConfiguration(runtimeGroupId: $id, withSecrets: true) { document } }`;
  const { exported } = await admin.gql<{ exported: { document: string } }>(query, { id: group.id });
  const { _format_version, _transform, ...file } = parse(exported.document) as Record<string, unknown>;
  return (Object.values(file) as (JsonObject & Made)[][]).flat().find((entity) => entity.id === id);
}

interface Made {
  readonly id: string;
}

async function create(typeName: string, field: string, input: object, more = ''): Promise<JsonObject & Made> {
  const selection = `${field} { id } changes { kind id operation before after } ${more}`;
  const asked = { runtimeGroupId: group.id, ...input };
  const payload = await admin.mutate(`create${typeName}`, asked, selection);
  return { ...payload, ...(payload[field] as Made) };
}

const consumer = (input: object = {}): Promise<Made> =>
  create('Consumer', 'consumer', { username: unique('ada'), ...input });

const keyCredential = async (input: object = {}): Promise<JsonObject & Made> =>
  create(
    'KeyAuthCredential',
    'keyAuthCredential',
    { consumerId: (await consumer()).id, ...input },
    'generated',
  );

/** What a stream begins with: the group as it is now, in a few entities. */
async function told(client: Client, stream: Stream): Promise<string> {
  const live = await plane.live(client);
  return JSON.stringify(await live.open(stream).nextOf('snapshot'));
}

const stored = async (id: string): Promise<JsonObject> =>
  (await plane.sql<{ body: JsonObject }>('select body from config_entity where id = $1', [id]))[0]?.body ??
  {};

describe('a secret', () => {
  it('is not shown to whoever writes it, nor to those who read', async () => {
    const secret = unique('secret');
    const { id, changes } = await keyCredential({ key: secret });
    expect(changes).toMatchObject([{ kind: 'keyauth_credential', id, after: { key: fingerprinted } }]);
    const query = 'query ($id: ID!) { exportConfiguration(runtimeGroupId: $id) { document } }';
    const exported = await admin.gql<JsonObject>(query, { id: group.id });
    expect(JSON.stringify(exported)).toContain(id);
    expect(JSON.stringify(exported)).not.toContain(secret);
  });

  it('is hidden among the settings of a plugin', async () => {
    const secret = unique('secret');
    const redis = { host: 'redis.internal', password: secret };
    const input = { runtimeGroupId: group.id, name: 'rate-limiting', config: { minute: 5, redis } };
    const created = await admin.mutate('createPlugin', input, 'plugin { id config } changes { after }');
    const { id, config } = created['plugin'] as Made & { config: JsonObject };
    expect(config).toMatchObject({ redis: { ...redis, password: fingerprinted } });
    const change = { id, config: { ...config, minute: 6 } };
    const changed = await admin.mutate('updatePlugin', change, 'plugin { config } changes { before after }');
    expect(JSON.stringify([created, changed])).not.toContain(secret);
    expect(await clear(id)).toMatchObject({ config: { minute: 6, redis } });
  });

  it('reaches gateways, and not the watchers of a configuration', async () => {
    const secret = unique('secret');
    const { id } = await keyCredential({ key: secret });
    const { client } = await plane.seed.instance(group);
    const watched = await told(admin, configChanges(group.id));
    expect(watched).toContain(id);
    expect(watched).not.toContain(secret);
    expect(await told(client, runtimeConfig())).toContain(secret);
  });

  it('is hidden from watchers when it changes, too', async () => {
    const { id } = await keyCredential();
    const { client } = await plane.seed.instance(group);
    const streams = [
      (await plane.live(admin)).open(configChanges(group.id)),
      (await plane.live(client)).open(runtimeConfig()),
    ];
    for (const stream of streams) await stream.nextOf('snapshot');
    const secret = unique('secret');
    await admin.mutate('updateKeyAuthCredential', { id, key: secret });
    const [watched, run] = await Promise.all(streams.map((stream) => stream.nextOf('delta')));
    const [change] = watched?.changes ?? [];
    expect(change).toMatchObject({ id, after: { key: fingerprinted }, secrets: null });
    expect(change?.after?.['key']).not.toBe(change?.before?.['key']);
    expect(run?.changes).toEqual([{ ...change, secrets: [{ path: ['key'], value: secret }] }]);
  });

  it('is no field to read, to find, or to sort by', async () => {
    const query = `{
      object: __type(name: "KeyAuthCredential") { fields { name } }
      filter: __type(name: "KeyAuthCredentialFilter") { inputFields { name } }
    }`;
    expect(JSON.stringify(await admin.gql(query))).not.toContain('"key"');
  });

  it('stays as it is where it comes back hidden', async () => {
    const { id } = await keyCredential({ key: 'the-first' + unique('x') });
    const before = await stored(id);
    await admin.mutate('updateKeyAuthCredential', { id, key: hidden, ttl: 5 });
    expect(await stored(id)).toEqual({ ...before, ttl: 5 });
  });

  it('is refused where it comes back as the fingerprint of an older one', async () => {
    const { id, changes } = await keyCredential();
    const [{ after }] = changes as [{ after: { key: string } }];
    expect(after.key).toMatch(/^\*{3}[\w-]{16}$/);
    await admin.mutate('updateKeyAuthCredential', { id, key: after.key, ttl: 5 });
    await admin.mutate('updateKeyAuthCredential', { id, key: unique('another') });
    await expectRefused(admin.attempt('updateKeyAuthCredential', { id, key: after.key }), 'FIELD_INVALID');
  });

  it('opens in its stored form for its own entity alone', async () => {
    const [one, other] = [await keyCredential(), await keyCredential()];
    const { key } = await stored(one.id);
    await admin.mutate('updateKeyAuthCredential', { id: one.id, key: unique('another') });
    await expectRefused(admin.attempt('updateKeyAuthCredential', { id: other.id, key }), 'FIELD_INVALID');
    await admin.mutate('updateKeyAuthCredential', { id: one.id, key });
    expect((await clear(one.id))?.['key']).toBe((one['generated'] as JsonObject)['key']);
  });

  it('is exported for administrators alone', async () => {
    const query =
      'query ($id: ID!) { exportConfiguration(runtimeGroupId: $id, withSecrets: true) { revision } }';
    const { client } = await plane.seed.instance(group);
    for (const reader of [await plane.seed.viewer(), await plane.seed.viewer(group), client])
      await expectRefused(reader.send(query, { id: group.id }), 'ACTION_DENIED');
  });

  it('cannot begin hidden', async () => {
    const input = { runtimeGroupId: group.id, consumerId: (await consumer()).id, key: hidden };
    const { path } = await expectRefused(admin.attempt('createKeyAuthCredential', input), 'FIELD_INVALID');
    expect(path).toEqual(['key']);
  });

  it('is not told where two credentials have the same', async () => {
    const key = unique('secret');
    await keyCredential({ key });
    const input = { runtimeGroupId: group.id, consumerId: (await consumer()).id, key };
    const { message } = await expectRefused(admin.attempt('createKeyAuthCredential', input), 'KEY_TAKEN');
    expect(message).not.toContain(key);
  });

  it('may be the same in another group', async () => {
    const key = unique('secret');
    await keyCredential({ key });
    ({ group } = await plane.seed.group());
    await expect(keyCredential({ key })).resolves.toBeDefined();
  });
});

describe('what is generated', () => {
  const rotate = (id: string, more: object = {}): Promise<{ generated: JsonObject | null }> =>
    admin.mutate('updateKeyAuthCredential', { id, key: null, ...more }, 'generated');

  it('is told once, to whoever made it', async () => {
    const { id, generated } = await keyCredential();
    expect(generated).toEqual({ key: (await clear(id))?.['key'] });
    const again = await admin.mutate('updateKeyAuthCredential', { id, ttl: 5 }, 'generated');
    expect(again['generated']).toBeNull();
  });

  it('is nothing where everything was given', async () => {
    expect((await keyCredential({ key: unique('key') }))['generated']).toBeNull();
  });

  it('is made anew on request', async () => {
    const { id, generated: first } = await keyCredential();
    const { generated: second } = await rotate(id);
    expect(second).toEqual({ key: (await clear(id))?.['key'] });
    expect(second).not.toEqual(first);
  });

  it('lets no dry run see what was there', async () => {
    const { id } = await keyCredential({ key: unique('key') });
    expect((await rotate(id, { dryRun: true })).generated).toBeNull();
  });

  it('is told again to whoever repeats the write, but not what came after it', async () => {
    const { id } = await keyCredential();
    const key = unique('idempotency');
    const { generated } = await rotate(id, { idempotencyKey: key });
    expect((await rotate(id, { idempotencyKey: key })).generated).toEqual(generated);
    await admin.mutate('updateKeyAuthCredential', { id, key: unique('another') });
    expect((await rotate(id, { idempotencyKey: key })).generated).toBeNull();
  });
});

describe('consumer groups', () => {
  const groupsOf = async (id: string): Promise<readonly Made[]> => {
    const query = 'query ($id: ID!) { node(id: $id) { ... on Consumer { groups { id } } } }';
    return (await admin.gql<{ node: { groups: Made[] } }>(query, { id })).node.groups;
  };
  const consumerGroup = (): Promise<Made> =>
    create('ConsumerGroup', 'consumerGroup', { name: unique('gold') });

  it('know their consumers, and consumers their groups, in the order given', async () => {
    const [gold, silver] = [await consumerGroup(), await consumerGroup()];
    const { id } = await consumer({ groupIds: [silver.id, gold.id] });
    await consumer();
    expect(await groupsOf(id)).toEqual([{ id: silver.id }, { id: gold.id }]);
    const query = `query ($id: ID!) {
      node(id: $id) { ... on ConsumerGroup { consumers { nodes { id } } } }
    }`;
    expect(await admin.gql(query, { id: gold.id })).toEqual({ node: { consumers: { nodes: [{ id }] } } });
  });

  it.each([false, true])(
    'leave their consumers behind when they are deleted, cascade: %s',
    async (cascade) => {
      const [gold, silver] = [await consumerGroup(), await consumerGroup()];
      const { id } = await consumer({ groupIds: [gold.id, silver.id] });
      const input = { id: gold.id, cascade };
      const { changes } = await admin.mutate('deleteConsumerGroup', input, 'changes { operation id }');
      expect(changes).toEqual([
        { operation: 'UPDATED', id },
        { operation: 'DELETED', id: gold.id },
      ]);
      expect(await groupsOf(id)).toEqual([{ id: silver.id }]);
      await admin.mutate('deleteConsumerGroup', { id: silver.id });
      expect(await stored(id)).not.toHaveProperty('groups');
    },
  );

  it('take their plugins with them', async () => {
    const gold = await consumerGroup();
    const limit = { name: 'rate-limiting', config: { minute: 5 } };
    const input = { ...limit, consumerGroupId: gold.id };
    const { id } = await create('Plugin', 'plugin', input);
    await expectRefused(admin.attempt('createPlugin', { ...input, runtimeGroupId: group.id }), 'KEY_TAKEN');
    await create('Plugin', 'plugin', limit);
    await admin.mutate('deleteConsumerGroup', { id: gold.id });
    expect(await stored(id)).toEqual({});
  });

  it('must be of the same runtime group', async () => {
    const gold = await consumerGroup();
    ({ group } = await plane.seed.group());
    const input = { runtimeGroupId: group.id, username: 'ada', groupIds: [gold.id] };
    const { path } = await expectRefused(admin.attempt('createConsumer', input), 'REFERENCE_NOT_FOUND');
    expect(path).toEqual(['groupIds']);
  });
});

describe('certificates', () => {
  const certificate = (): Promise<Made> =>
    create('Certificate', 'certificate', { cert: pem('server-ec.crt'), key: pem('server-ec.key') });

  it('cannot go while something shows or trusts them', async () => {
    const { id: clientCertificateId } = await certificate();
    const authority = await create('CaCertificate', 'caCertificate', { cert: pem('ca.crt') });
    const service = await create('GatewayService', 'gatewayService', {
      url: 'https://api.internal',
      ...{ clientCertificateId, caCertificateIds: [authority.id] },
    });
    await create('Sni', 'sni', { name: 'example.com', certificateId: clientCertificateId });
    const refused = admin.attempt('deleteCertificate', { id: clientCertificateId });
    expect((await expectRefused(refused, 'STILL_REFERRED_TO')).message).toContain('example.com');
    await expectRefused(admin.attempt('deleteCaCertificate', { id: authority.id }), 'STILL_REFERRED_TO');
    const query = `query ($id: ID!) {
      node(id: $id) { ... on CaCertificate { gatewayServices { nodes { id } } } }
    }`;
    const answer = await admin.gql(query, { id: authority.id });
    expect(answer).toEqual({ node: { gatewayServices: { nodes: [{ id: service.id }] } } });
  });

  it('are shown for a hostname by one alone', async () => {
    const { id: certificateId } = await certificate();
    await create('Sni', 'sni', { name: 'example.com', certificateId });
    const input = { runtimeGroupId: group.id, name: 'example.com', certificateId };
    await expectRefused(admin.attempt('createSni', input), 'KEY_TAKEN');
  });

  it('of authorities are there once', async () => {
    await create('CaCertificate', 'caCertificate', { cert: pem('ca.crt') });
    const input = { runtimeGroupId: group.id, cert: `\n${pem('ca.crt')}` };
    await expectRefused(admin.attempt('createCaCertificate', input), 'KEY_TAKEN');
  });
});

describe('files', () => {
  interface Imported {
    readonly summary: { created: number; updated: number; unchanged: number };
  }
  const load = async (document: string): Promise<Imported['summary']> => {
    const input = { runtimeGroupId: group.id, documents: [{ name: 'kong.yaml', content: document }] };
    const selection = 'summary { created updated unchanged }';
    return (await admin.mutate<Imported>('importConfiguration', input, selection)).summary;
  };
  const exported = async (): Promise<string> => {
    const query = 'query ($id: ID!) { exportConfiguration(runtimeGroupId: $id) { document } }';
    const answer = await admin.gql<{ exportConfiguration: { document: string } }>(query, { id: group.id });
    return answer.exportConfiguration.document;
  };
  const limiting = {
    name: 'rate-limiting',
    config: { minute: 5, redis: { host: 'redis.internal', password: 'secret' } },
  };
  const everything = JSON.stringify({
    vaults: [{ prefix: 'team', name: 'env' }],
    certificates: [
      { cert: pem('server-rsa.crt'), key: pem('server-rsa.key'), snis: [{ name: 'a.example.com' }] },
    ],
    ca_certificates: [{ cert: pem('ca.crt') }],
    key_sets: [{ name: 'tokens', keys: [{ kid: 'k', pem: { private_key: pem('server-ec.key') } }] }],
    consumer_groups: [{ name: 'gold', plugins: [limiting] }, { name: 'silver' }],
    consumers: [
      {
        ...{ username: 'ada', groups: [{ name: 'silver' }, 'gold'] },
        ...{ keyauth_credentials: [{}, { key: 'given' }], jwt_secrets: [{}], acls: [{ group: 'staff' }] },
        basicauth_credentials: [{ username: 'ada', password: 'secret' }],
        ...{ hmacauth_credentials: [{ username: 'ada' }], oauth2_credentials: [{ name: 'App' }] },
      },
    ],
  });

  it('bring every kind, and change nothing when they come again', async () => {
    expect(await load(everything)).toEqual({ created: 17, updated: 0, unchanged: 0 });
    const before = await exported();
    expect(await load(everything)).toEqual({ created: 0, updated: 0, unchanged: 17 });
    expect(await exported()).toBe(before);
  });

  it('name the groups of a consumer', async () => {
    await load(everything);
    const query = `query ($id: ID!) {
      runtimeGroup(id: $id) { consumers { nodes { groups { name } } } }
    }`;
    expect(await admin.gql(query, { id: group.id })).toEqual({
      runtimeGroup: { consumers: { nodes: [{ groups: [{ name: 'silver' }, { name: 'gold' }] }] } },
    });
  });

  it('with hidden secrets leave the secrets as they are', async () => {
    await load(everything);
    const query = 'select id, body from config_entity where runtime_group_id = $1 order by id';
    const before = await plane.sql(query, [group.id]);
    expect(await load(await exported())).toEqual({ created: 0, updated: 0, unchanged: 17 });
    expect(await plane.sql(query, [group.id])).toEqual(before);
  });

  it('with hidden secrets are refused where there are none', async () => {
    const credential = { username: 'ada', password: hidden };
    const document = JSON.stringify({
      consumers: [{ username: 'ada', basicauth_credentials: [credential] }],
    });
    const refused = admin.attempt('importConfiguration', {
      runtimeGroupId: group.id,
      documents: [{ name: 'kong.yaml', content: document }],
    });
    expect((await expectRefused(refused, 'FIELD_INVALID')).message).toContain('be the secret itself');
  });

  it.each([
    [
      'a name that nobody has',
      { consumers: [{ username: 'ada', groups: ['gold'] }] },
      'REFERENCE_UNRESOLVED',
    ],
    ['groups that are no list', { consumers: [{ username: 'ada', groups: 'gold' }] }, 'FIELD_INVALID'],
    ['a group that is a number', { consumers: [{ username: 'ada', groups: [7] }] }, 'FIELD_INVALID'],
    [
      'one key twice',
      { consumers: [{ username: 'ada', keyauth_credentials: [{ key: 'same-one' }, { key: 'same-one' }] }] },
      'DUPLICATE_IN_FILE',
    ],
  ])('with %s are refused', async (_, file, code) => {
    const input = {
      runtimeGroupId: group.id,
      documents: [{ name: 'kong.yaml', content: JSON.stringify(file) }],
    };
    const { message } = await expectRefused(admin.attempt('importConfiguration', input), code);
    expect(message).not.toContain('same-one');
  });
});
