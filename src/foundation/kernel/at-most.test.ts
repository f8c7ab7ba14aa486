import { AtMost } from './at-most.js';

describe('a limit of two', () => {
  it('lets two run, and the others one by one as they end, in their order', async () => {
    const limit = new AtMost(2);
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const start = (name: string): Promise<string> =>
      limit.run(async () => {
        begun.push(name);
        await new Promise<void>((resolve) => ends.set(name, resolve));
        return name;
      });
    const [a, , c] = [start('a'), start('b'), start('c'), start('d')];
    await Promise.resolve();
    expect(begun).toEqual(['a', 'b']);
    ends.get('a')?.();
    expect(await a).toBe('a');
    await new Promise(setImmediate);
    expect(begun).toEqual(['a', 'b', 'c']);
    ends.get('c')?.();
    await c;
    await new Promise(setImmediate);
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives the place of one that fails to the next', async () => {
    const limit = new AtMost(1);
    const failing = limit.run(() => Promise.reject(new Error('no')));
    const next = limit.run(() => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });
});
