import type { Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { unique, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());

describe('the page of a catalogue', () => {
  /** Services, versions, their services, groups, live instances, runtime configurations, their histories, and successors. */
  const page = `query ($marker: String!) {
    services(first: 50, filter: { name: { startsWith: $marker } }) { totalCount nodes {
      name releasePolicy
      versions(first: 10, orderBy: [{ field: RANK }]) { totalCount nodes {
        number stage state publishedAt
        allowedTransitions { step allowed reason }
        service { name }
        runtimeGroup { name activeInstanceCount }
        runtimeConfiguration {
          hosts pathPrefix canary { weight } target { address { host } nodes { target } }
          history(first: 2) { totalCount nodes { change actor after { target { address { host } } } } }
        }
        deprecation { message successor { number } }
      } }
    } }
  }`;
  const levels = 8;

  it.each([2, 50])('costs one statement for each level, with %i services', async (size) => {
    const marker = await plant(size);
    const read = (): Promise<Page> => admin.gql<Page>(page, { marker });
    const { services } = await read();
    expect(services.nodes).toHaveLength(size);
    const shown = services.nodes.flatMap(({ versions }) => versions.nodes);
    expect(
      shown.map(({ state, runtimeConfiguration }) => [state, runtimeConfiguration.target.address.host]),
    ).toEqual(
      upTo(size).flatMap(() => [
        ['DEPRECATED', 'api.internal'],
        ['PUBLISHED', 'api.internal'],
      ]),
    );
    expect(new Set(shown.map(({ runtimeGroup }) => runtimeGroup.name)).size).toBe(2);
    // The control plane also looks around by itself every second, which may fall into an answer.
    await eventually(async () => {
      await plane.settled();
      const before = plane.statementCount();
      await read();
      expect(plane.statementCount() - before).toBeLessThanOrEqual(levels);
    });
  });
});

describe('a publication', () => {
  it('costs the same statements, however many services it is of', async () => {
    const { group } = await plane.seed.group();
    const publicationOf = async (name: string): Promise<object> => {
      const template = { routes: [{ name, paths: [`/${name}`] }], plugins: [{ name: 'cors' }] };
      const input = { name: unique(name), releasePolicy: 'ONE_LIVE', template };
      const made = await admin.mutate<{ service: { id: string } }>('createService', input, 'service { id }');
      const runtimeConfiguration = { target: { address: { url: 'http://pets.internal' } } };
      return { serviceId: made.service.id, number: '1', runtimeConfiguration };
    };
    const publications = await Promise.all(upTo(6).map((index) => publicationOf(`pets${index}`)));
    const cost = async (count: number): Promise<number> => {
      await plane.settled();
      const before = plane.statementCount();
      await admin.mutate('publishServiceVersion', {
        publications: publications.slice(0, count),
        runtimeGroupIds: [group.id],
        dryRun: true,
      });
      return plane.statementCount() - before;
    };
    // The control plane also looks around by itself every second, which may fall into an answer.
    await eventually(async () => {
      const one = await cost(1);
      expect((await cost(6)) - one).toBeLessThanOrEqual(0);
    });
  });
});

interface Page {
  readonly services: {
    readonly nodes: readonly { readonly versions: { readonly nodes: readonly VersionSeen[] } }[];
  };
}

interface VersionSeen {
  readonly state: string;
  readonly runtimeGroup: { readonly name: string };
  readonly runtimeConfiguration: { readonly target: { readonly address: { readonly host: string } } };
}

/** Services with two versions each, in two groups with an instance; one version is deprecated and names the other. */
async function plant(size: number): Promise<string> {
  const marker = unique('page');
  const groups: Group[] = [];
  while (groups.length < 2) {
    const { group } = await plane.seed.group();
    await plane.seed.instance(group);
    groups.push(group);
  }
  for (const number of upTo(size)) await plantService(`${marker}-${number}`, groups);
  return marker;
}

async function plantService(name: string, groups: readonly Group[]): Promise<void> {
  const input = { name, releasePolicy: 'SIDE_BY_SIDE' };
  const { service } = await admin.mutate<{ service: { id: string } }>(
    ...(['createService', input, 'service { id }'] as const),
  );
  const ids: string[] = [];
  for (const [index, { id: runtimeGroupId }] of groups.entries()) {
    const { serviceVersion } = await admin.mutate<{ serviceVersion: { id: string } }>(
      'createServiceVersion',
      {
        ...{ serviceId: service.id, runtimeGroupId, number: `${index + 1}` },
        implementation: { routes: [{ name: 'main', paths: [`/${name}`] }] },
        runtimeConfiguration: { target: { address: { url: 'http://api.internal' } } },
      },
      'serviceVersion { id }',
    );
    ids.push(serviceVersion.id);
  }
  await admin.mutate('deprecateServiceVersion', { id: ids[0], successorId: ids[1], message: 'Use 2.' });
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
