import { Continuity } from './continuity.js';

const snapshot = { cursor: 'c3', revision: 3, part: 1, parts: 1 };

describe('where a reader of versions stands', () => {
  it('is the newest cursor, though not all revisions are told', () => {
    const continuity = new Continuity(null, false);
    expect(continuity.admit({ __typename: 'ServiceVersionsSnapshot', ...snapshot })).toBeUndefined();
    const delta = { fromCursor: 'c3', cursor: 'c7' };
    expect(continuity.admit({ __typename: 'ServiceVersionsDelta', ...delta })).toBeUndefined();
    expect(continuity.cursor).toBe('c7');
  });

  it('is lost by a delta from elsewhere', () => {
    const continuity = new Continuity('c3', false);
    const delta = { fromCursor: 'c5', cursor: 'c7' };
    expect(continuity.admit({ __typename: 'ServiceVersionsDelta', ...delta })).toMatch(
      'does not begin where',
    );
  });
});

describe('where a reader of a feed stands', () => {
  it('is the cursor that is void, until it is told where the feed goes on: without one, it would begin with what is new', () => {
    const continuity = new Continuity('c3', true);
    const resync = { __typename: 'Resync', reason: 'DIVERGED', message: 'It is void.' } as const;
    expect(continuity.admit(resync)).toBeUndefined();
    expect(continuity.cursor).toBe('c3');
    expect(continuity.admit({ __typename: 'Bookmark', cursor: 'c0' })).toBeUndefined();
    expect(continuity.cursor).toBe('c0');
    expect(continuity.admit({ __typename: 'ChangesDelta', fromCursor: 'c1', cursor: 'c2' })).toBeDefined();
    continuity.forget();
    expect(continuity.cursor).toBe('c0');
  });
});

describe('a stream of a newer server', () => {
  it('is not continued after a message that is not known here', () => {
    const continuity = new Continuity('c3', false);
    const novelty = { __typename: 'ConfigNovelty' };
    expect(continuity.admit(novelty as never)).toBe('a message came that is not known here, ConfigNovelty');
    expect(continuity.cursor).toBe('c3');
  });
});

describe('where a reader of some of a configuration stands', () => {
  const begun = (): Continuity => {
    const continuity = new Continuity(null, false);
    continuity.admit({ __typename: 'ConfigSnapshot', ...snapshot });
    return continuity;
  };

  it('is where a bookmark leads that follows on it', () => {
    const continuity = begun();
    expect(continuity.admit({ __typename: 'Bookmark', fromCursor: 'c3', cursor: 'c9' })).toBeUndefined();
    expect(continuity.cursor).toBe('c9');
    const fold = { fromCursor: 'c9', cursor: 'c12', fromRevision: 9, revision: 12 };
    expect(continuity.admit({ __typename: 'ConfigFold', ...fold })).toBeUndefined();
  });

  it('is lost by a bookmark from elsewhere', () => {
    const bookmark = { __typename: 'Bookmark', fromCursor: 'c4', cursor: 'c9' } as const;
    expect(begun().admit(bookmark)).toMatch('does not begin where');
  });

  it('is kept by revisions of which some are left out, if there is no hash of all', () => {
    const delta = { fromCursor: 'c3', cursor: 'c9', revisions: [{ revision: 5 }, { revision: 8 }] };
    const typed = { __typename: 'ConfigDelta', ...delta } as const;
    expect(begun().admit({ ...typed, stateHash: null })).toBeUndefined();
    expect(begun().admit({ ...typed, stateHash: 'a hash' })).toMatch('revision 5 came after revision 3');
    const back = { ...typed, stateHash: null, revisions: [{ revision: 5 }, { revision: 4 }] };
    expect(begun().admit(back)).toMatch('revision 4 came after revision 5');
  });
});
