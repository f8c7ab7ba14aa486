import { inParts } from './in-parts.js';

const limits = { items: 3, size: 10 };

describe('the parts of a snapshot', () => {
  it.each([
    ['nothing is one empty part', [], [[]]],
    ['few small items are one', [1, 1, 1], [[1, 1, 1]]],
    ['no part has more items than it may', [1, 1, 1, 1], [[1, 1, 1], [1]]],
    ['no part is larger than it may be', [6, 4, 5, 6], [[6, 4], [5], [6]]],
    ['what is larger than a part is one by itself', [1, 40, 1], [[1], [40], [1]]],
    ['and so it is if it is the first', [40, 1], [[40], [1]]],
  ])('%s', (_what, sizes, parts) => {
    expect(inParts<number>(sizes, (size) => size, limits)).toEqual(parts);
  });
});
