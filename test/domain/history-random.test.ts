import { parse } from 'yaml';
import { canonicalJson, type JsonObject } from '../../src/foundation/kernel/json.js';
import { problemsOf, type Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import type { Group } from '../kit/seed.js';
import { randomFrom } from '../kit/random.js';
import { RandomEditor } from './random-configuration.js';

let plane: TestControlPlane;
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());

/** A configuration as it can be seen: what lists and an export of it says, and the hash, which covers the secrets too. */
interface Seen {
  readonly revision: number;
  readonly configHash: string;
  readonly document: string;
  /** What refers to what, from both ends. */
  readonly tree: unknown;
}

const page = '(first: 100, orderBy: [{ field: REVISION }])';
const tree = `runtimeGroup(id: $id, asOf: $asOf) {
  gatewayServices${page} { nodes { id name revision routes${page} { nodes { id service { name } } } } }
  routes${page} { totalCount nodes { id plugins${page} { nodes { id name route { id } } } } }
  consumers${page} { nodes { username groups { id name } } }
  consumerGroups${page} { nodes { id consumers${page} { nodes { id } } } }
}`;

async function seen({ id }: Group, revision?: number): Promise<Seen> {
  const query = `query ($id: ID!, $asOf: AsOfInput) {
    exportConfiguration(runtimeGroupId: $id, asOf: $asOf) { revision configHash document }
    ${tree}
  }`;
  const variables = { id, asOf: revision === undefined ? null : { revision } };
  const answer = await admin.gql<{ exportConfiguration: Seen; runtimeGroup: unknown }>(query, variables);
  return { ...answer.exportConfiguration, tree: answer.runtimeGroup };
}

/** The entities of an export, by collection and id, each as one text. */
function entitiesOf({ document }: Seen): Map<string, string> {
  const file = parse(document) as Readonly<Record<string, readonly JsonObject[] | string>>;
  const collections = Object.entries(file).filter(([, entries]) => Array.isArray(entries));
  return new Map(
    collections.flatMap(([collection, entries]) =>
      (entries as readonly JsonObject[]).map(
        ({ id, ...document }) => [`${collection} ${id as string}`, canonicalJson(document)] as const,
      ),
    ),
  );
}

interface Diff {
  readonly counts: { readonly created: number; readonly updated: number; readonly deleted: number };
  readonly changes: readonly {
    readonly collection: string;
    readonly id: string;
    readonly before: JsonObject | null;
    readonly after: JsonObject | null;
    readonly fields: readonly { readonly path: string }[];
  }[];
}

async function diff({ id }: Group, from: number, to: number): Promise<Diff> {
  const query = `query ($from: ConfigPointInput!, $to: ConfigPointInput!) { configDiff(from: $from, to: $to) {
    counts { created updated deleted } changes { collection id before after fields { path } }
  } }`;
  const variables = {
    from: { runtimeGroupId: id, revision: from },
    to: { runtimeGroupId: id, revision: to },
  };
  return (await admin.gql<{ configDiff: Diff }>(query, variables)).configDiff;
}

/** What the differences make of a configuration. Fails where they are not about what is there. */
function applied(from: Seen, { changes }: Diff): Map<string, string> {
  const entities = entitiesOf(from);
  for (const { collection, id, before, after } of changes) {
    const key = `${collection} ${id}`;
    expect(entities.get(key)).toBe(before ? canonicalJson(before) : undefined);
    if (after) entities.set(key, canonicalJson(after));
    else entities.delete(key);
  }
  return new Map([...entities].sort());
}

const sorted = (entities: ReadonlyMap<string, string>): Map<string, string> => new Map([...entities].sort());

class Chronicle {
  readonly states: Seen[] = [];
  constructor(
    readonly group: Group,
    private readonly random: () => number,
  ) {}

  async record(): Promise<void> {
    const now = await seen(this.group);
    this.states[now.revision] = now;
  }

  any(): Seen {
    return this.states[Math.floor(this.random() * this.states.length)] as Seen;
  }

  get newest(): Seen {
    return this.states.at(-1) as Seen;
  }
}

async function restore({ id }: Group, revision: number): Promise<{ revision: number; hash: string }> {
  const answer = await admin.attempt(
    'restoreRevision',
    { runtimeGroupId: id, revision },
    'restoredRevision runtimeGroup { configHash }',
  );
  expect(problemsOf(answer)).toEqual([]);
  const payload = answer.data?.['restoreRevision'] as unknown as {
    revision: number;
    runtimeGroup: { configHash: string };
  };
  return { revision: payload.revision, hash: payload.runtimeGroup.configHash };
}

describe.each([7, 4242])('whatever is done to a group (seed %i)', (seed) => {
  const random = randomFrom(seed);
  let chronicle: Chronicle;
  let editor: RandomEditor;
  beforeAll(async () => {
    const { group } = await plane.seed.group();
    chronicle = new Chronicle(group, random);
    editor = new RandomEditor(admin, group, random);
    await chronicle.record();
  });

  it('every revision can be read as it was when it was the newest', async () => {
    for (let turn = 0; turn < 120; turn += 1) {
      if (random() < 0.05) await restore(chronicle.group, chronicle.any().revision);
      else await editor.change();
      await chronicle.record();
      const then = chronicle.any();
      expect(await seen(chronicle.group, then.revision)).toEqual(then);
    }
    expect(chronicle.newest.revision).toBeGreaterThan(50);
    for (const then of chronicle.states.filter((_, index) => index % 4 === 0)) {
      expect(await seen(chronicle.group, then.revision)).toEqual(then);
    }
  });

  it('the difference between two revisions makes the one of the other, forward and backward', async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      const [from, to] = [chronicle.any(), chronicle.any()];
      const between = await diff(chronicle.group, from.revision, to.revision);
      expect(applied(from, between)).toEqual(sorted(entitiesOf(to)));
      // Secrets that changed are hidden on both sides, and told as fields all the same.
      for (const { before, after, fields } of between.changes)
        expect(fields.length > 0).toBe(Boolean(before && after));
    }
  });

  it('a restored revision has the hash that it had, and is a new revision if anything differs', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const then = chronicle.any();
      const { newest } = chronicle;
      const { revision, hash } = await restore(chronicle.group, then.revision);
      expect(hash).toBe(then.configHash);
      expect(revision).toBe(newest.configHash === then.configHash ? newest.revision : newest.revision + 1);
      await chronicle.record();
      expect(chronicle.newest.document).toBe(then.document);
    }
  });
});
