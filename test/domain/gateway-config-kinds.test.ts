import { newId } from '../../src/foundation/kernel/id.js';
import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import type { Group } from '../kit/seed.js';
import type { Given } from './kind-case.js';
import { kindCases, seedGiven } from './kinds.js';

let plane: TestControlPlane;
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());

type Node = Readonly<Record<string, unknown>> & { readonly id: string };

/** Inputs name what they refer to by `…Id` and `…Ids`; answers show it. Secrets they do not show. */
function shown(input: Variables, secrets: readonly string[] = []): Variables {
  const open = Object.entries(input).filter(([name]) => !secrets.includes(name));
  return Object.fromEntries(
    open.map(([name, value]) => {
      if (name === 'customId' || name === 'clientId') return [name, value];
      if (name.endsWith('Ids')) return [`${name.slice(0, -3)}s`, (value as string[]).map((id) => ({ id }))];
      return name.endsWith('Id') ? [name.slice(0, -2), { id: value }] : [name, value];
    }),
  );
}

describe.each(kindCases)(
  '$typeName',
  ({ typeName, field, list, minimal, defaults, full, secrets, selection, change }) => {
    let group: Group;
    let given: Given;
    beforeEach(async () => {
      ({ group } = await plane.seed.group());
      given = await seedGiven(plane.seed, group);
    });

    const create = async (input: Variables): Promise<Node> => {
      const asked = { runtimeGroupId: group.id, ...input };
      const payload = await admin.mutate(`create${typeName}`, asked, `${field} { id ${selection} }`);
      return payload[field] as Node;
    };
    const read = async (id: string): Promise<Node | null> => {
      const query = `query ($id: ID!) { node(id: $id) { id ... on ${typeName} { ${selection} } } }`;
      return (await admin.gql<{ node: Node | null }>(query, { id })).node;
    };

    it('is made of the least that is needed, and has the defaults for the rest', async () => {
      const input = minimal(given);
      const created = await create(input);
      expect(created).toMatchObject({ ...shown(input, secrets), ...defaults });
      expect(await read(created.id)).toEqual(created);
    });

    it('keeps everything that can be set', async () => {
      const input = full(given);
      const created = await create(input);
      expect(created).toMatchObject(shown(input, secrets));
      expect(await read(created.id)).toEqual(created);
    });

    it('is changed where it is asked to, and nowhere else', async () => {
      const before = await create(full(given));
      await admin.mutate(`update${typeName}`, { id: before.id, ...change });
      expect(await read(before.id)).toEqual({ ...before, ...shown(change) });
    });

    it('is named with the revision that last changed it, and when', async () => {
      const times = `${field} { id revision createdAt updatedAt runtimeGroup { id } }`;
      const input = { runtimeGroupId: group.id, ...minimal(given) };
      const created = await admin.mutate(`create${typeName}`, input, times);
      const first = created[field] as Node;
      expect(first).toMatchObject({ revision: created.revision, runtimeGroup: { id: group.id } });
      expect(first['createdAt']).toMatch(/^20\d\d-.*Z$/);
      const updated = await admin.mutate(`update${typeName}`, { id: first.id, ...change }, times);
      const second = updated[field] as Node;
      expect(second).toMatchObject({ revision: created.revision + 1, createdAt: first['createdAt'] });
      const deleted = await admin.mutate(`delete${typeName}`, { id: first.id }, times);
      expect({ payload: deleted[field], revision: deleted.revision }).toEqual({
        payload: second,
        revision: created.revision + 2,
      });
    });

    it('is gone once it is deleted, and cannot be changed or deleted then', async () => {
      const { id } = await create(minimal(given));
      await admin.mutate(`delete${typeName}`, { id });
      expect(await read(id)).toBeNull();
      const { message } = await expectRefused(admin.attempt(`delete${typeName}`, { id }), 'ENTITY_NOT_FOUND');
      expect(message).toBe(`There is no ${typeName} with the id ${id}.`);
      await expectRefused(admin.attempt(`update${typeName}`, { id, ...change }), 'ENTITY_NOT_FOUND');
    });

    it('takes the id that it is given, in small letters', async () => {
      const id = newId().toUpperCase();
      const created = await create({ ...minimal(given), id });
      expect(created.id).toBe(id.toLowerCase());
      await expectRefused(
        admin.attempt(`create${typeName}`, { ...minimal(given), runtimeGroupId: group.id, id }),
        'ID_TAKEN',
      );
      await admin.mutate(`update${typeName}`, { id, ...change });
      expect(await read(id)).toMatchObject(shown(change));
    });

    it('refuses an id that is none', async () => {
      for (const id of ['', 'nope', '0b5b3fd6']) {
        const input = { ...minimal(given), runtimeGroupId: group.id, id };
        const { path } = await expectRefused(admin.attempt(`create${typeName}`, input), 'ID_INVALID');
        expect(path).toEqual(['id']);
      }
    });

    it('is not mistaken for an entity of another kind', async () => {
      const other = kindCases.find((each) => each.typeName !== typeName && each.typeName !== 'Target')!;
      const { id } = await create(minimal(given));
      await expectRefused(admin.attempt(`delete${other.typeName}`, { id }), 'ENTITY_NOT_FOUND');
      const representations = [{ __typename: other.typeName, id }];
      const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }`;
      expect(await admin.gql(query, { representations })).toEqual({ _entities: [null] });
      expect(await read(id)).not.toBeNull();
    });

    it('is in the list of its group alone', async () => {
      const { id } = await create(minimal(given));
      const other = await plane.seed.group();
      const query = `query ($id: ID!) { runtimeGroup(id: $id) { ${list} { nodes { id } } } }`;
      interface Lists {
        runtimeGroup: Record<string, { nodes: Node[] }>;
      }
      const ids = async (of: Group) =>
        (await admin.gql<Lists>(query, { id: of.id })).runtimeGroup[list]?.nodes.map((node) => node.id);
      expect(await ids(group)).toContain(id);
      expect(await ids(other.group)).toEqual([]);
    });
  },
);
