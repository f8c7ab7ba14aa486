import { Turns, type Room, type Turn } from './turns.js';

/** Whose turn it is, by their keys. */
async function granted(turns: Readonly<Record<string, Turn>>): Promise<string[]> {
  const later = Promise.resolve(false);
  const are = await Promise.all(
    Object.entries(turns).map(async ([name, turn]) => [name, await Promise.race([turn.granted, later])]),
  );
  return are.flatMap(([name, is]) => (is === true ? [name as string] : []));
}

/** What says that there is room, or none. */
class GivenRoom implements Room {
  isFull = false;
  again: () => void = () => undefined;
  onRoom(listener: () => void): void {
    this.again = listener;
  }
}

describe('turns', () => {
  it('are given to as many answers as may be under way, in the order in which they were asked for', async () => {
    const turns = new Turns(2);
    const [a, b, c, d] = [turns.ask('a'), turns.ask('b'), turns.ask('c'), turns.ask('d')];
    expect(await granted({ a, b, c, d })).toEqual(['a', 'b']);
    b.leave();
    expect(await granted({ a, c, d })).toEqual(['a', 'c']);
    a.leave();
    c.leave();
    expect(await granted({ d })).toEqual(['d']);
    expect(turns).toMatchObject({ underWayCount: 1, waitingCount: 0 });
  });

  it('are shared by those who want the same, and last until the last of them has it', async () => {
    const turns = new Turns(1);
    const [first, second, other] = [turns.ask('a'), turns.ask('a'), turns.ask('b')];
    expect(await granted({ first, second, other })).toEqual(['first', 'second']);
    first.leave();
    first.leave();
    expect(await granted({ other })).toEqual([]);
    second.leave();
    expect(await granted({ other })).toEqual(['other']);
  });

  it('are not shared past those who wait, so that none waits for ever', async () => {
    const turns = new Turns(1);
    const [first, other, late] = [turns.ask('a'), turns.ask('b'), turns.ask('a')];
    expect(await granted({ first, other, late })).toEqual(['first']);
    first.leave();
    expect(await granted({ other, late })).toEqual(['other']);
  });

  it('are not kept for those who have gone', async () => {
    const turns = new Turns(1);
    const [first, gone, next] = [turns.ask('a'), turns.ask('b'), turns.ask('c')];
    gone.leave();
    expect(await gone.granted).toBe(false);
    first.leave();
    expect(await granted({ next })).toEqual(['next']);
  });

  it('wait for room, unless nothing is under way', async () => {
    const room = new GivenRoom();
    room.isFull = true;
    const turns = new Turns(9, room);
    const [a, b] = [turns.ask('a'), turns.ask('b')];
    expect(await granted({ a, b })).toEqual(['a']);
    room.isFull = false;
    room.again();
    expect(await granted({ b })).toEqual(['b']);
  });

  it('are had by nobody who was dismissed', async () => {
    const turns = new Turns(1);
    const [a, b] = [turns.ask('a'), turns.ask('b')];
    turns.dismiss();
    expect(await b.granted).toBe(false);
    b.leave();
    expect(turns).toMatchObject({ underWayCount: 1, waitingCount: 0 });
    a.leave();
    expect(turns.underWayCount).toBe(0);
  });
});
