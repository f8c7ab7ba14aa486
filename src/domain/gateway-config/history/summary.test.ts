import { summaryOf, type Summarised } from './summary.js';

const route = (operation: 'CREATED' | 'UPDATED' | 'DELETED'): Summarised['first'] => ({
  ...{ kind: 'route', id: '01890a5d-ac96-774b-bcce-b302099a8057', operation },
  document: { name: 'checkout' },
});

const summarised = (created: number, updated: number, deleted: number, rest: Partial<Summarised>): string =>
  summaryOf({ counts: { created, updated, deleted }, first: null, restoredRevision: null, ...rest });

describe('the summary of a revision', () => {
  it.each([
    ['Created route checkout', summarised(1, 0, 0, { first: route('CREATED') })],
    ['Created route checkout and 3 more', summarised(4, 0, 0, { first: route('CREATED') })],
    ['Updated route checkout, deleted 2', summarised(0, 1, 2, { first: route('UPDATED') })],
    ['Deleted route checkout and 1 more, created 5', summarised(5, 0, 2, { first: route('DELETED') })],
    [
      'Restored revision 12: deleted route checkout',
      summarised(0, 0, 1, { first: route('DELETED'), restoredRevision: 12 }),
    ],
  ])('says “%s”', (expected, actual) => expect(actual).toBe(expected));

  it('calls an entity by what is no secret, and by its id where there is nothing else', () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8057';
    const first = {
      kind: 'keyauth_credential',
      id,
      operation: 'CREATED',
      document: { key: 'hidden' },
    } as const;
    expect(summarised(1, 0, 0, { first })).toBe(`Created keyauth credential ${id}`);
  });
});
