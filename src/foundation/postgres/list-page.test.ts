import { Refusal } from '../kernel/refusal.js';
import { defaultPageSize, largestPageSize, pageWindow, type PageRequest } from './list-page.js';

function refusalOf(page: PageRequest): Refusal {
  try {
    pageWindow(page);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('The page was not refused.');
}

describe('pageWindow', () => {
  it('is the first rows by default', () => {
    expect(pageWindow({})).toEqual({ size: defaultPageSize, backward: false, after: null, before: null });
  });

  it('takes null for absent', () => {
    expect(pageWindow({ first: null, after: null, last: null, before: null })).toEqual(pageWindow({}));
  });

  it('reads from the end when asked for the last rows', () => {
    expect(pageWindow({ last: 3 })).toMatchObject({ size: 3, backward: true });
  });

  it('is the page right before a cursor that is all it is given', () => {
    expect(pageWindow({ before: 'c' })).toMatchObject({ backward: true, before: 'c' });
    expect(pageWindow({ before: 'c', first: 2 })).toMatchObject({ backward: false });
    expect(pageWindow({ before: 'c', after: 'a' })).toMatchObject({ backward: false });
  });

  it('takes the largest page and a page of no rows', () => {
    expect(pageWindow({ first: largestPageSize }).size).toBe(largestPageSize);
    expect(pageWindow({ first: 0 }).size).toBe(0);
  });

  it('refuses a larger page and says the limit', () => {
    const refusal = refusalOf({ first: largestPageSize + 1 });
    expect(refusal).toMatchObject({ code: 'PAGE_TOO_LARGE', kind: 'invalid' });
    expect(refusal.message).toContain(String(largestPageSize));
    expect(refusal.problems[0].path).toEqual(['first']);
    expect(refusalOf({ last: 10_000 }).problems[0].path).toEqual(['last']);
  });

  it.each([{ first: -1 }, { last: -1 }, { first: 1.5 }, { first: Number.NaN }, { first: 1, last: 1 }])(
    'refuses %p',
    (page) => {
      expect(refusalOf(page).code).toBe('PAGE_INVALID');
    },
  );
});
