import { Foundation1700000000001 } from '../../migrations/1-foundation.js';
import { StatusesGoWithTheirGroup1700000000006 } from '../../migrations/6-statuses-go-with-their-group.js';
import { Services1700000000007 } from '../../migrations/7-services.js';
import { Registries1700000000009 } from '../../migrations/9-registries.js';

/** All migrations, the oldest first. */
export const migrations = [
  Foundation1700000000001,
  StatusesGoWithTheirGroup1700000000006,
  Services1700000000007,
  Registries1700000000009,
];
