import { Foundation1700000000001 } from '../../migrations/1-foundation.js';
import { Services1700000000007 } from '../../migrations/7-services.js';

/** All migrations, the oldest first. */
export const migrations = [Foundation1700000000001, Services1700000000007];
