import { defineRefusal } from '../kernel/refusal.js';

/** More rows were asked for than one page may have. */
export const pageTooLarge = defineRefusal<{ argument: string; asked: number; limit: number }>(
  'PAGE_TOO_LARGE',
  'invalid',
  ({ argument, asked, limit }) =>
    `\`${argument}: ${asked}\` asks for more than the ${limit} rows that a page may have. ` +
    `Ask for at most ${limit}, and go on from the page's cursor.`,
);

/** The page arguments contradict each other, or make no sense. */
export const pageInvalid = defineRefusal<{ reason: string; advice: string }>(
  'PAGE_INVALID',
  'invalid',
  ({ reason, advice }) => `${reason} ${advice}`,
);

/** The cursor is damaged, or belongs to another list or to another order of it. */
export const cursorInvalid = defineRefusal<{ argument: string }>(
  'CURSOR_INVALID',
  'invalid',
  ({ argument }) =>
    `The cursor in \`${argument}\` does not belong to this list in this order. ` +
    'Take a cursor from an answer to the same list with the same `orderBy`, or begin without one.',
);

/** The filter is larger than one statement should carry. */
export const filterTooLarge = defineRefusal<{ what: string; limit: number }>(
  'FILTER_TOO_LARGE',
  'invalid',
  ({ what, limit }) =>
    `The filter has more than ${limit} ${what}. Ask with a smaller filter, or in several requests.`,
);

/** The filter names a field or an operator that the list does not have, or compares with a value of the wrong type. */
export const filterInvalid = defineRefusal<{ reason: string }>(
  'FILTER_INVALID',
  'invalid',
  ({ reason }) => reason,
);

/** The list cannot be put into this order. */
export const orderInvalid = defineRefusal<{ reason: string }>(
  'ORDER_INVALID',
  'invalid',
  ({ reason }) => reason,
);
