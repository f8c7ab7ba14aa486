import { Foundation1700000000001 } from '../../migrations/1-foundation.js';
import { History1700000000002 } from '../../migrations/2-history.js';
import { StatusesGoWithTheirGroup1700000000006 } from '../../migrations/6-statuses-go-with-their-group.js';

/** All migrations, the oldest first. */
export const migrations = [
  Foundation1700000000001,
  History1700000000002,
  StatusesGoWithTheirGroup1700000000006,
];
