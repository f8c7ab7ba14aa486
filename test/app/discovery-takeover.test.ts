import { startConsul, type TestConsul } from '../kit/consul.js';
import { startControlPlaneProcess, type ControlPlaneProcess } from '../kit/control-plane-process.js';
import { migratedDatabase } from '../kit/migrated-database.js';
import { administer, type TestDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { makeSeed, unique, type Group } from '../kit/seed.js';

let database: TestDatabase;
let consul: TestConsul;
const replicas: ControlPlaneProcess[] = [];
beforeAll(async () => {
  database = await migratedDatabase();
  consul = await startConsul();
});
afterAll(async () => {
  for (const replica of replicas) await replica.stop();
  await consul.stop();
  await database.close();
});

async function replica(): Promise<ControlPlaneProcess> {
  const started = await startControlPlaneProcess({
    database,
    environment: { SIGNALBOX_ALLOW_LOOPBACK: 'true' },
  });
  replicas.push(started);
  return started;
}

/** The group's revision, and the targets of its one upstream. */
async function stateOf({ admin }: ControlPlaneProcess, { id }: Group) {
  const query = `query ($id: ID!) { runtimeGroup(id: $id) { revision serviceRegistries { nodes { health { status } } }
    upstreams { nodes { targets { nodes { target } } } } } }`;
  const { runtimeGroup } = await admin.gql<{
    runtimeGroup: {
      readonly revision: number;
      readonly serviceRegistries: {
        readonly nodes: readonly { readonly health: { readonly status: string } }[];
      };
      readonly upstreams: {
        readonly nodes: readonly { readonly targets: { readonly nodes: readonly { target: string }[] } }[];
      };
    };
  }>(query, { id });
  const { revision, upstreams, serviceRegistries } = runtimeGroup;
  const targets = upstreams.nodes.flatMap((upstream) => upstream.targets.nodes.map(({ target }) => target));
  return { revision, targets, health: serviceRegistries.nodes.map(({ health }) => health.status) };
}

describe('of two replicas', () => {
  it('one follows a registry; when it is killed or loses its database, another goes on, and nothing is written twice', async () => {
    const first = await replica();
    const { group } = await makeSeed(first.admin, database.url).group();
    consul.register('pets', [{ address: '10.0.0.1', port: 80 }]);
    const { serviceRegistry } = await first.admin.mutate<{ serviceRegistry: { id: string } }>(
      'createServiceRegistry',
      { runtimeGroupId: group.id, name: 'consul', address: consul.address },
      'serviceRegistry { id }',
    );
    const { service } = await first.admin.mutate<{ service: { id: string } }>(
      'createService',
      {
        name: unique('pets'),
        releasePolicy: 'ONE_LIVE',
        template: { routes: [{ name: 'pets', paths: ['/pets'] }] },
      },
      'service { id }',
    );
    const runtimeConfiguration = {
      target: { registry: { registryId: serviceRegistry.id, service: 'pets' } },
    };
    const { revision } = await first.admin.mutate('publishServiceVersion', {
      publications: [{ serviceId: service.id, number: '1', runtimeConfiguration }],
      runtimeGroupIds: [group.id],
    });
    const second = await replica();
    await eventually(() => consul.waiting() === 1);
    consul.register('pets', [{ address: '10.0.0.2', port: 80 }]);
    const changed = { revision: revision + 1, targets: ['10.0.0.2:80'], health: ['HEALTHY'] };
    await eventually(async () => expect(await stateOf(second, group)).toEqual(changed) ?? true);
    await eventually(() => consul.waiting() === 1);

    await first.end('SIGKILL');
    await eventually(() => consul.waiting() === 0);
    // Nobody looks for a moment; what happens then is seen by whoever takes over.
    consul.register('pets', [{ address: '10.0.0.3', port: 80 }]);
    const taken = { revision: revision + 2, targets: ['10.0.0.3:80'], health: ['HEALTHY'] };
    await eventually(async () => expect(await stateOf(second, group)).toEqual(taken) ?? true);
    await eventually(() => consul.waiting() === 1);

    // Whoever holds the duty loses the connection by which it does, and may not know it yet.
    const third = await replica();
    await administer(database.url, terminateHolder);
    consul.register('pets', [{ address: '10.0.0.4', port: 80 }]);
    const followed = { revision: revision + 3, targets: ['10.0.0.4:80'], health: ['HEALTHY'] };
    for (const plane of [second, third])
      await eventually(async () => expect(await stateOf(plane, group)).toEqual(followed) ?? true);
    await eventually(() => consul.waiting() === 1);
    expect((await stateOf(third, group)).revision).toBe(revision + 3);
  });
});

const terminateHolder = `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
  and database = (select oid from pg_database where datname = current_database())
  and objid = (hashtext('service-discovery')::bigint & 4294967295)::oid`;
