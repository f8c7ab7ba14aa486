import { Foundation1700000000001 } from '../../migrations/1-foundation.js';

/** All migrations, the oldest first. */
export const migrations = [Foundation1700000000001];
