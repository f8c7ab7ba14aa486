import fc from 'fast-check';
import {
  countChanges,
  forGateway,
  fromSnapshot,
  withDelta,
  withFold,
  type Configuration,
  type EntityState,
} from './configuration.js';

const collections = ['services'];

function entity(index: number, port: number): EntityState {
  const document = { port };
  return { kind: 'gateway_service', collection: 'services', id: `id-${index}`, document, secrets: null };
}

function snapshot(entities: readonly EntityState[], previous?: Configuration): Configuration {
  return fromSnapshot([{ cursor: 'c1', revision: 1, entities }], collections, previous);
}

const change = fc.record({
  index: fc.integer({ min: 0, max: 5 }),
  port: fc.integer({ min: 0, max: 3 }),
  operation: fc.constantFrom('CREATED' as const, 'UPDATED' as const, 'DELETED' as const),
});

describe('a configuration', () => {
  it('keeps what is not for gateways, and has it in its hash, but not in the file', () => {
    const schema = { ...entity(1, 80), kind: 'plugin_schema', collection: '_plugin_schemas' };
    const both = snapshot([entity(0, 80), schema]);
    expect([...forGateway(both)].map(({ id }) => id)).toEqual(['id-0']);
    expect(both.stateHash).not.toBe(snapshot([entity(0, 80)]).stateHash);
  });

  it('has the same entities and the same hash by deltas as by a snapshot', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 8 }), (revisions) => {
        let byDeltas = snapshot([]);
        const content = new Map<string, EntityState>();
        revisions.forEach((changes, index) => {
          const revision = {
            revision: index + 2,
            changes: changes.map(({ index: at, port, operation }) => {
              const state = entity(at, port);
              if (operation === 'DELETED') content.delete(state.id);
              else content.set(state.id, state);
              return { ...state, operation, after: state.document };
            }),
          };
          byDeltas = withDelta(byDeltas, { cursor: `c${index + 2}`, revisions: [revision] });
        });
        const atOnce = snapshot([...content.values()]);
        expect(byDeltas.stateHash).toBe(atOnce.stateHash);
        expect(new Set(byDeltas.entities.keys())).toEqual(new Set(atOnce.entities.keys()));
      }),
    );
  });

  it('has the same entities and the same hash by a fold', () => {
    const before = snapshot([entity(0, 80), entity(1, 80), entity(2, 80)]);
    const changes = [
      { ...entity(0, 80), operation: 'DELETED' as const, after: null },
      { ...entity(1, 81), operation: 'UPDATED' as const, after: entity(1, 81).document },
      { ...entity(3, 80), operation: 'CREATED' as const, after: entity(3, 80).document },
    ];
    const folded = withFold(before, { cursor: 'c900', revision: 900, changes });
    const { stateHash } = snapshot([entity(1, 81), entity(2, 80), entity(3, 80)]);
    expect(folded).toMatchObject({ cursor: 'c900', revision: 900, stateHash });
  });

  it('is a value: a delta leaves the one before as it is', () => {
    const before = snapshot([entity(1, 80)]);
    const after = withDelta(before, {
      cursor: 'c2',
      revisions: [
        { revision: 2, changes: [{ ...entity(1, 81), operation: 'UPDATED', after: { port: 81 } }] },
      ],
    });
    expect(before.entities.get('id-1')?.document).toEqual({ port: 80 });
    expect(after).toMatchObject({ cursor: 'c2', revision: 2 });
  });

  it('keeps the objects of entities that a snapshot brings unchanged, so that only the others are rendered again', () => {
    const before = snapshot([entity(1, 80), entity(2, 80)]);
    const after = snapshot([entity(1, 80), entity(2, 81), entity(3, 80)], before);
    expect(after.entities.get('id-1')).toBe(before.entities.get('id-1'));
    expect(countChanges(before, after)).toBe(2);
  });

  it('counts what is new, other and gone', () => {
    const before = snapshot([entity(1, 80), entity(2, 80)]);
    expect(countChanges(undefined, before)).toBe(2);
    expect(countChanges(before, snapshot([entity(2, 80)], before))).toBe(1);
  });
});
