import fc from 'fast-check';
import type { StreamMessage } from './continuity.js';
import { digestOf, HashedSet, type StatedEntity } from './hashed-set.js';
import { StateCheck } from './state-check.js';

const entity = fc.record({
  kind: fc.constantFrom('route', 'consumer'),
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  document: fc.record({ port: fc.integer({ min: 0, max: 3 }) }),
});
const change = fc.tuple(entity, fc.boolean());

/** What the server says of these entities. */
function hashOf(entities: readonly StatedEntity[]): string {
  const set = new HashedSet();
  for (const each of entities) set.put(each.id, { digest: digestOf(each) });
  return set.hash;
}

function snapshotOf(entities: readonly StatedEntity[], stateHash: string | null = hashOf(entities)): object {
  return { __typename: 'ConfigSnapshot', part: 1, parts: 1, revision: 1, stateHash, entities };
}

type Change = readonly [StatedEntity, boolean];

function applied(entities: readonly StatedEntity[], changes: readonly Change[]): StatedEntity[] {
  const held = new Map(entities.map((each) => [each.id, each]));
  for (const [each, isGone] of changes) {
    if (isGone) held.delete(each.id);
    else held.set(each.id, each);
  }
  return [...held.values()];
}

function toldOf(changes: readonly Change[]): object[] {
  return changes.map(([{ kind, id, document }, isGone]) => ({ kind, id, after: isGone ? null : document }));
}

const distinct = fc.uniqueArray(entity, { selector: ({ id }) => id });

describe('the check of a configuration', () => {
  const admit = (check: StateCheck, message: object): string | undefined =>
    check.admit(message as StreamMessage);

  it('accepts what adds up to the hash of the server, by deltas and by folds', () => {
    fc.assert(
      fc.property(distinct, fc.array(fc.array(change)), (begin, steps) => {
        const check = new StateCheck();
        expect(admit(check, snapshotOf(begin))).toBeUndefined();
        let state: readonly StatedEntity[] = begin;
        for (const [index, changes] of steps.entries()) {
          state = applied(state, changes);
          const told = { stateHash: hashOf(state), revision: index + 2, changes: toldOf(changes) };
          const fold = { __typename: 'ConfigFold', ...told };
          const delta = { __typename: 'ConfigDelta', stateHash: told.stateHash, revisions: [told] };
          expect(admit(check, index % 2 === 0 ? fold : delta)).toBeUndefined();
        }
      }),
    );
  });

  it('finds an entity that is missing, or another than the server’s', () => {
    const one = { kind: 'route', id: 'a', document: { port: 1 } };
    const other = { ...one, document: { port: 2 } };
    expect(admit(new StateCheck(), snapshotOf([], hashOf([one])))).toMatch('Revision 1 does not have');
    expect(admit(new StateCheck(), snapshotOf([other], hashOf([one])))).toMatch('Revision 1 does not have');
  });

  it('goes on from what is known of a cursor', () => {
    const one = { kind: 'route', id: 'a', document: { port: 1 } };
    const fold = (stateHash: string): object => ({
      ...{ __typename: 'ConfigFold', revision: 9, stateHash },
      changes: [{ kind: 'route', id: 'b', after: { port: 2 } }],
    });
    const both = hashOf([one, { kind: 'route', id: 'b', document: { port: 2 } }]);
    expect(admit(new StateCheck([one]), fold(both))).toBeUndefined();
    expect(admit(new StateCheck([]), fold(both))).toMatch('Revision 9 does not have');
  });

  it.each([
    ['after a cursor whose state is not known', undefined],
    ['of some of a configuration, which has no hash', snapshotOf([], null)],
    ['without the documents', { ...snapshotOf([], 'f'.repeat(64)), entities: [{ id: 'a' }] }],
  ])('says nothing %s', (_when, first) => {
    const check = new StateCheck();
    if (first) expect(admit(check, first)).toBeUndefined();
    const fold = { __typename: 'ConfigFold', stateHash: 'f'.repeat(64), revision: 2, changes: [] };
    expect(admit(check, fold)).toBeUndefined();
  });
});
