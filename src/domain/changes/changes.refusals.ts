import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const changesCursorGone = defineRefusal(
  'CHANGES_CURSOR_GONE',
  'compacted',
  (facts: { reason: 'COMPACTED' | 'DIVERGED' | 'FUTURE' }) =>
    `${why[facts.reason]} List the changes without it, from the oldest that is kept.`,
);

const why = {
  COMPACTED: 'The changes after this cursor are no longer kept.',
  DIVERGED: 'This cursor belongs to another history than the one that is here now, as after a restore.',
  FUTURE: 'This cursor is ahead of the history that is here now, as after a restore.',
};
