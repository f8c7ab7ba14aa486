import { Slots } from './slots.js';

/** Something that lasts until it is told to end. */
function lasting(): { readonly run: () => Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => done, end: () => end() };
}

describe('slots', () => {
  it('let so many at it as there are, and the others in their turn', async () => {
    const slots = new Slots(2);
    const works = [lasting(), lasting(), lasting(), lasting()];
    const begun: number[] = [];
    const all = works.map((work, index) =>
      slots.use(() => {
        begun.push(index);
        return work.run();
      }),
    );
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    expect(slots.isCrowded).toBe(true);
    works[1]?.end();
    await all[1];
    expect(begun).toEqual([0, 1, 2]);
    for (const { end } of works) end();
    await Promise.all(all);
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(slots.isCrowded).toBe(false);
  });

  it('are free again after a failure', async () => {
    const slots = new Slots(1);
    await expect(slots.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.use(() => Promise.resolve('yes'))).toBe('yes');
  });
});
