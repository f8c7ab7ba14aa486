import { startControlPlane, type TestControlPlane } from '../test/kit/control-plane.js';
import type { Client } from '../test/kit/client.js';
import type { LiveStream } from '../test/kit/live-client.js';
import { runtimeConfig } from '../test/kit/streams.js';
import { platformFile } from './platform.js';
import { median } from './median.js';

const sizes = [1_000, 100_000] as const;
const perImport = 10_000;
const rounds = 300;
const warming = 30;

/**
 * One changed route in a small group and in a large one, in turn: until it is answered, and until an agent has it. First with
 * statistics from before these groups were there, as it is until PostgreSQL takes new ones; then with new ones.
 */
export async function run(): Promise<string> {
  const plane = await startControlPlane();
  try {
    for (let other = 0; other < 20; other += 1) await fill(plane, 100);
    for (const table of tables) await plane.sql(`alter table ${table} set (autovacuum_enabled = false)`);
    await plane.sql('analyze');
    const groups = [await prepare(plane, sizes[0]), await prepare(plane, sizes[1])] as const;
    const stale = await measure(groups);
    await plane.sql('analyze');
    const fresh = await measure(groups);
    const heading = `medians of ${rounds} changes in each group, in turn`;
    return [heading, 'with old statistics:', ...stale, 'with new statistics:', ...fresh].join('\n');
  } finally {
    await plane.stop();
  }
}

/** What a write changes. */
const tables = ['config_entity', 'config_reference', 'route_key', 'stream_revision', 'stream_event'];

async function measure([small, large]: readonly [Followed, Followed]): Promise<string[]> {
  const times: { readonly small: Times; readonly large: Times }[] = [];
  // What the first rounds take to get warm is not counted.
  for (let round = 0; round < warming + rounds; round += 1) {
    times.push({ small: await change(small, round), large: await change(large, round) });
  }
  const counted = times.slice(warming);
  const line = (what: string, until: keyof Times): string => {
    const few = median(counted.map((each) => each.small[until]));
    const many = median(counted.map((each) => each.large[until]));
    const among = `${few.toFixed(1)} ms among ${sizes[0]} entities, ${many.toFixed(1)} ms among ${sizes[1]}`;
    return `  ${what}: ${among}; ratio ${(many / few).toFixed(2)}`;
  };
  return [line('until it is answered', 'answered'), line('until an agent has it', 'told')];
}

/** A group with an agent that follows it. */
interface Followed {
  readonly admin: Client;
  readonly routes: readonly string[];
  readonly agent: LiveStream;
}

/** A group with this many entities. */
async function fill(plane: TestControlPlane, entities: number): Promise<string> {
  const { group, admin } = await plane.seed.group();
  for (let made = 0; made < entities; made += perImport) {
    const content = platformFile(Math.min(perImport, entities), `p${made}-`);
    const documents = [{ name: 'platform.yaml', content }];
    await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents }, 'revision');
  }
  return group.id;
}

async function prepare(plane: TestControlPlane, entities: number): Promise<Followed> {
  const id = await fill(plane, entities);
  const { client } = await plane.seed.instance({ id, name: '' });
  const agent = (await plane.live(client)).open(runtimeConfig());
  for (let told = false; !told;) {
    const { part, parts } = await agent.nextOf('snapshot');
    told = part === parts;
  }
  return { admin: plane.admin, agent, routes: await someRoutes(plane.admin, id) };
}

interface Found {
  readonly runtimeGroup: { readonly routes: { readonly nodes: readonly { readonly id: string }[] } };
}

async function someRoutes(admin: Client, id: string): Promise<string[]> {
  const query = 'query ($id: ID!) { runtimeGroup(id: $id) { routes(first: 100) { nodes { id } } } }';
  const { runtimeGroup } = await admin.gql<Found>(query, { id });
  return runtimeGroup.routes.nodes.map(({ id: route }) => route);
}

interface Times {
  readonly answered: number;
  readonly told: number;
}

/** A path of its own for a route, as people change them. */
async function change({ admin, agent, routes }: Followed, round: number): Promise<Times> {
  const start = performance.now();
  const since = (): number => performance.now() - start;
  const input = { id: routes[round % routes.length], paths: [`/changed-${round}`] };
  const answered = admin.mutate('updateRoute', input).then(since);
  const told = agent.nextOf('delta').then(since);
  return { answered: await answered, told: await told };
}
