import { pageInvalid, pageTooLarge } from './list-refusals.js';

/** Which part of a list is asked for, in Relay's words. Null and absent mean the same. */
export interface PageRequest {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A page request that makes sense: how many rows, from which end, between which cursors. */
export interface PageWindow {
  readonly size: number;
  /** True: the last rows of the window are meant, not the first. */
  readonly backward: boolean;
  readonly after: string | null;
  readonly before: string | null;
}

/** How many rows a page has when nothing else is asked for. */
export const defaultPageSize = 20;

/** How many rows a page has at most. */
export const largestPageSize = 200;

/**
 * Reads a page request. Refuses `PAGE_INVALID` (both ends at once, a negative or fractional size) and `PAGE_TOO_LARGE`.
 * A page that is only said to end before a cursor is the one right before it.
 */
export function pageWindow(page: PageRequest): PageWindow {
  const first = sizeOf('first', page.first);
  const last = sizeOf('last', page.last);
  if (first !== null && last !== null) throw bothEnds();
  const after = page.after ?? null;
  const before = page.before ?? null;
  const onlyBefore = before !== null && after === null && first === null;
  return { size: first ?? last ?? defaultPageSize, backward: last !== null || onlyBefore, after, before };
}

function sizeOf(argument: 'first' | 'last', asked: number | null | undefined): number | null {
  if (asked === null || asked === undefined) return null;
  if (!Number.isInteger(asked) || asked < 0) throw notASize(argument, asked);
  if (asked > largestPageSize) throw pageTooLarge({ argument, asked, limit: largestPageSize }, [argument]);
  return asked;
}

function notASize(argument: string, asked: number): Error {
  const advice = `Ask for a whole number from 0 to ${largestPageSize}.`;
  return pageInvalid({ reason: `\`${argument}: ${asked}\` is not a number of rows.`, advice }, [argument]);
}

function bothEnds(): Error {
  const reason = '`first` and `last` ask for both ends of the list at once.';
  return pageInvalid({ reason, advice: 'Ask for one of them.' }, ['last']);
}
