import { byIdLoader, levelKey, levelLoader } from './level-loader.js';

const newContext = () => ({});

describe('levelLoader', () => {
  it('asks once for all ids of a level, and for each id once', async () => {
    const context = newContext();
    const asked: (readonly string[])[] = [];
    const load = (ids: readonly string[]) => {
      asked.push(ids);
      return Promise.resolve(ids.map((id) => `page of ${id}`));
    };
    const ids = ['a', 'b', 'a'];
    const pages = await Promise.all(ids.map((id) => levelLoader(context, 'edge', load).load(id)));
    expect(pages).toEqual(['page of a', 'page of b', 'page of a']);
    expect(asked).toEqual([['a', 'b']]);
  });

  it('keeps keys and contexts apart', async () => {
    const contexts = [newContext(), newContext()] as const;
    const load = (text: string) => (ids: readonly string[]) => Promise.resolve(ids.map(() => text));
    const pages = await Promise.all([
      levelLoader(contexts[0], 'x', load('first')).load('a'),
      levelLoader(contexts[0], 'y', load('second')).load('a'),
      levelLoader(contexts[1], 'x', load('third')).load('a'),
    ]);
    expect(pages).toEqual(['first', 'second', 'third']);
  });

  it('reads anew what a later level asks for, failures included', async () => {
    const context = newContext();
    let turn = 0;
    const load = (ids: readonly string[]): Promise<number[]> => {
      turn += 1;
      return turn === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(ids.map(() => turn));
    };
    await expect(levelLoader(context, 'edge', load).load('a')).rejects.toThrow('gone');
    expect(await levelLoader(context, 'edge', load).load('a')).toBe(2);
    expect(await levelLoader(context, 'edge', load).load('a')).toBe(3);
  });
});

describe('byIdLoader', () => {
  it('finds what there is, in whatever order it is answered, and null for the rest', async () => {
    const loader = byIdLoader(newContext(), 'things', (ids) =>
      Promise.resolve(
        ids
          .filter((id) => id !== 'b')
          .map((id) => ({ id }))
          .reverse(),
      ),
    );
    expect(await loader.loadMany(['a', 'b', 'c'])).toEqual([{ id: 'a' }, null, { id: 'c' }]);
  });
});

describe('levelKey', () => {
  it('is the same for equal arguments', () => {
    const plain = { first: 5, filter: { name: { eq: 'a' } } };
    const strange: object = Object.assign(Object.create(null) as object, {
      filter: { name: { eq: 'a', ne: undefined } },
      first: 5,
      after: undefined,
    });
    expect(levelKey('edge', strange)).toBe(levelKey('edge', plain));
  });

  it('differs where edges or arguments differ, dates among them', () => {
    const keys = [
      levelKey('edge', {}),
      levelKey('other', {}),
      levelKey('edge', { at: new Date(0) }),
      levelKey('edge', { at: new Date(1) }),
      levelKey('edge', { at: null }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
