import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { platformFile } from '../../bench/platform.js';
import { newId } from '../../src/foundation/kernel/id.js';
import { expectRefused, type Answer, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import type { Group } from '../kit/seed.js';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

type Parameters = Readonly<Record<string, string | readonly string[]>>;

function addressOf({ id }: { readonly id: string }, parameters: Parameters = {}): URL {
  const url = new URL(`/v1/runtime-groups/${id}/configuration`, plane.origin);
  for (const [name, values] of Object.entries(parameters)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  return url;
}

function get(group: { readonly id: string }, parameters?: Parameters, client: Client = plane.admin) {
  const headers = client.token === null ? {} : { authorization: `Bearer ${client.token}` };
  return fetch(addressOf(group, parameters), { headers });
}

async function refusal(response: Promise<Response>): Promise<Answer> {
  const answered = await response;
  return { status: answered.status, ...((await answered.json()) as object) };
}

interface Exported {
  readonly revision: number;
  readonly configHash: string;
  readonly document: string;
}

async function query({ id }: Group, options: Variables): Promise<Exported> {
  const text = `query ($id: ID!, $form: ConfigurationForm!, $notation: ConfigurationNotation!, $tags: [String!], $secrets: Boolean! = false, $edition: GatewayEdition! = ENTERPRISE, $asOf: AsOfInput) {
    exportConfiguration(runtimeGroupId: $id, form: $form, notation: $notation, selectTags: $tags, withSecrets: $secrets, edition: $edition, asOf: $asOf) { revision configHash document }
  }`;
  return (await plane.admin.gql<{ exportConfiguration: Exported }>(text, { id, ...options }))
    .exportConfiguration;
}

async function bringIn(group: Group, content: string, mode = 'APPLY'): Promise<void> {
  const documents = [{ name: 'file.yaml', content }];
  await plane.admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents, mode });
}

/** What makes every rule of the nested form count. */
const everySortOfPlace = `
upstreams:
- { name: u, tags: [mine], targets: [{ target: b:80 }, { target: a:80 }] }
services:
- name: s
  host: u
  tags: [mine]
  routes:
  - { name: r, paths: [/r], tags: [mine], plugins: [{ name: cors }] }
  - { paths: [/unnamed-2] }
  - { paths: [/unnamed-1], methods: [GET] }
consumers:
- { username: ana, groups: [{ name: gold }], keyauth_credentials: [{ key: a-secret }], acls: [{ group: z }, { group: b }] }
- { custom_id: without-a-name, jwt_secrets: [{ key: j, secret: abcdefghijabcdefghijabcdefghijabcdefghij }] }
consumer_groups: [{ name: gold }]
routes:
- { paths: [/no-service-2], tags: [mine] }
- { paths: [/no-service-1] }
plugins:
- { name: rate-limiting, config: { minute: 9, policy: local }, service: s, consumer: ana }
- { name: rate-limiting, config: { minute: 1, policy: local } }
- { name: rate-limiting, config: { minute: 5, policy: local }, route: r, consumer: ana, tags: [mine] }
`;

describe('an export over HTTP', () => {
  const forms = ['flat', 'nested'] as const;
  const notations = ['yaml', 'json'] as const;

  it.each(forms.flatMap((form) => notations.map((notation) => [form, notation] as const)))(
    'is the same bytes as exportConfiguration: %s, %s',
    async (form, notation) => {
      const { group } = await plane.seed.group();
      await bringIn(group, everySortOfPlace);
      await bringIn(group, platformFile(1_500));
      const shape = { form: form.toUpperCase(), notation: notation.toUpperCase() };
      const cases: readonly (readonly [Parameters, Variables])[] = [
        [{}, {}],
        [{ selectTag: 'mine' }, { tags: ['mine'] }],
        [{ selectTag: ['mine', 'none'] }, { tags: ['mine', 'none'] }],
        [{ withSecrets: 'true' }, { secrets: true }],
        [{ revision: '1' }, { asOf: { revision: 1 } }],
        [{ revision: '0' }, { asOf: { revision: 0 } }],
      ];
      for (const [parameters, options] of cases) {
        const response = await get(group, { form, notation, ...parameters });
        const asked = await query(group, { ...shape, ...options });
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toBe(`application/${notation}; charset=utf-8`);
        expect(response.headers.get('signalbox-revision')).toBe(String(asked.revision));
        expect(response.headers.get('signalbox-config-hash')).toBe(asked.configHash);
        expect(await response.text()).toBe(asked.document);
      }
    },
  );

  it.each(forms)('of an earlier state is the one that was made then: %s', async (form) => {
    const { group } = await plane.seed.group();
    await bringIn(group, everySortOfPlace);
    const then = await (await get(group, { form })).text();
    await bringIn(group, 'services: [{ name: other, host: other }]', 'SYNC');
    expect(await (await get(group, { form })).text()).not.toBe(then);
    expect(await (await get(group, { form, revision: '1' })).text()).toBe(then);
  });

  it.each(notations)(
    'of the nested form, imported elsewhere, gives the same bytes there: %s',
    async (notation) => {
      const [one, other] = [await plane.seed.group(), await plane.seed.group()];
      await bringIn(one.group, everySortOfPlace);
      const parameters = { form: 'nested', notation };
      const text = await (await get(one.group, { ...parameters, withSecrets: 'true' })).text();
      await bringIn(other.group, text);
      expect(await (await get(other.group, { ...parameters, withSecrets: 'true' })).text()).toBe(text);
    },
  );
});

describe('an export for a gateway without Enterprise', () => {
  it('has no consumer groups, nobody in them, and no plugin that is limited to one; and all the rest', async () => {
    const { group } = await plane.seed.group();
    await bringIn(
      group,
      `${everySortOfPlace}- { name: rate-limiting, config: { minute: 2, policy: local }, consumer_group: gold, instance_name: limited }`,
    );
    type File = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
    const file = async (edition: string): Promise<File> =>
      JSON.parse(await (await get(group, { edition, notation: 'json' })).text()) as File;
    const { consumer_groups: groups, consumers = [], plugins = [], ...rest } = await file('enterprise');
    expect(groups).toHaveLength(1);
    expect(await file('oss')).toEqual({
      ...rest,
      consumers: consumers.map(({ groups: _, ...consumer }) => consumer),
      plugins: plugins.filter((plugin) => plugin['instance_name'] !== 'limited'),
    });
    const asked = await query(group, { form: 'FLAT', notation: 'JSON', edition: 'OPEN_SOURCE' });
    expect(JSON.parse(asked.document)).toEqual(await file('oss'));
  });
});

describe('an export over HTTP is refused', () => {
  it('to whoever comes without a token, or with one that nobody made', async () => {
    const { group } = await plane.seed.group();
    const nobody = await refusal(get(group, {}, plane.as(null)));
    expect(nobody.status).toBe(401);
    await expectRefused(nobody, 'TOKEN_MISSING');
    await expectRefused(
      refusal(get(group, {}, plane.as('sbx_unknown-token-that-nobody-made'))),
      'TOKEN_UNKNOWN',
    );
  });

  it('to whoever may not read secrets, and to tokens of other groups and organizations', async () => {
    const { group } = await plane.seed.group();
    const viewer = await plane.seed.viewer();
    expect((await get(group, {}, viewer)).status).toBe(200);
    await expectRefused(refusal(get(group, { withSecrets: 'true' }, viewer)), 'ACTION_DENIED');
    const { group: other } = await plane.seed.group();
    const ofOther = await plane.seed.viewer(other);
    expect((await refusal(get(group, {}, ofOther))).status).toBe(404);
    const { admin: stranger } = await plane.seed.organization();
    await expectRefused(refusal(get(group, {}, stranger)), 'RUNTIME_GROUP_NOT_FOUND');
    await expectRefused(refusal(get(group, { revision: '0' }, stranger)), 'RUNTIME_GROUP_NOT_FOUND');
  });

  it.each([
    [{ form: 'sideways' }, 'PARAMETER_INVALID'],
    [{ notation: 'xml' }, 'PARAMETER_INVALID'],
    [{ edition: 'free' }, 'PARAMETER_INVALID'],
    [{ revision: 'x' }, 'PARAMETER_INVALID'],
    [{ time: 'yesterday' }, 'PARAMETER_INVALID'],
    [{ tags: 'a' }, 'PARAMETER_UNKNOWN'],
    [{ selectTag: 'a,b' }, 'FIELD_INVALID'],
    [{ revision: '99' }, 'REVISION_IN_FUTURE'],
    [{ revision: '0', time: '2026-01-01T00:00:00Z' }, 'AS_OF_INVALID'],
  ])('with %j: %s', async (parameters: Parameters, code) => {
    const { group } = await plane.seed.group();
    const answer = await refusal(get(group, parameters));
    expect(answer.status).toBe(400);
    await expectRefused(answer, code);
  });

  it.each([newId(), 'no-id'])('for a group that is not there: %s', async (id) => {
    const answer = await refusal(get({ id }));
    expect(answer.status).toBe(404);
    await expectRefused(answer, 'RUNTIME_GROUP_NOT_FOUND');
  });
});

describe('whoever reads an export', () => {
  /** Begins to read an export, and takes nothing of it. */
  async function begin(group: Group): Promise<IncomingMessage> {
    const headers = { authorization: `Bearer ${plane.admin.token}` };
    const asking = request(addressOf(group, { form: 'flat' }), { headers });
    asking.end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    response.pause();
    response.on('error', () => undefined);
    return response;
  }

  async function open(): Promise<number> {
    const [row] = await plane.sql<{ open: number }>(
      `select count(*)::int as open from pg_stat_activity
       where datname = current_database() and state <> 'idle' and query like 'fetch %export_flat%'`,
    );
    return row?.open ?? 0;
  }

  /** More than all buffers between server and client hold. */
  let large: Group;
  beforeAll(async () => {
    ({ group: large } = await plane.seed.group());
    const body = 'long '.repeat(2_000);
    for (let part = 0; part < 4; part += 1) {
      const plugins = Array.from({ length: 900 }, (_, index) => ({
        ...{ name: 'request-termination', instance_name: `p${part}-${index}`, config: { body } },
        service: { name: `p${part}-${index}` },
      }));
      const services = plugins.map(({ service }) => ({ ...service, host: 'host' }));
      await bringIn(large, JSON.stringify({ services, plugins }));
    }
  });

  it('and goes away ends its transaction', async () => {
    const response = await begin(large);
    await eventually(async () => expect(await open()).toBe(1));
    response.destroy();
    await eventually(async () => expect(await open()).toBe(0));
  });

  it('and takes nothing is cut off, and cannot take the part for the whole', async () => {
    const response = await begin(large);
    await eventually(async () => expect(await open()).toBe(1));
    await eventually(async () => expect(await open()).toBe(0));
    response.resume();
    await eventually(async () => expect(response.destroyed).toBe(true));
    expect(response.complete).toBe(false);
  });

  it('waits for nobody when others write meanwhile, and sees nothing of that', async () => {
    const before = await (await get(large)).text();
    const response = await begin(large);
    await plane.seed.service(large);
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => (text += part));
    response.resume();
    await once(response, 'end');
    expect(text).toBe(before);
  });

  it('is asked to come later where too many read already', async () => {
    const reading = await Promise.all(Array.from({ length: 4 }, () => begin(large)));
    const answer = await refusal(get(large));
    expect(answer.status).toBe(503);
    await expectRefused(answer, 'DOWNLOADS_BUSY');
    for (const response of reading) response.destroy();
    await eventually(async () => expect((await get(large)).status).toBe(200));
  });
});
