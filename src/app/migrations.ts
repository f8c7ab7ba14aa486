import { Foundation1700000000001 } from '../../migrations/1-foundation.js';
import { History1700000000002 } from '../../migrations/2-history.js';
import { Secrets1700000000003 } from '../../migrations/3-secrets.js';
import { RouteKeys1700000000005 } from '../../migrations/5-route-keys.js';
import { StatusesGoWithTheirGroup1700000000006 } from '../../migrations/6-statuses-go-with-their-group.js';
import { Services1700000000007 } from '../../migrations/7-services.js';
import { Registries1700000000009 } from '../../migrations/9-registries.js';
import { BulkWrites1700000000012 } from '../../migrations/12-bulk-writes.js';
import { Approvals1700000000014 } from '../../migrations/14-approvals.js';
import { Changes1700000000017 } from '../../migrations/17-changes.js';
import { Webhooks1700000000018 } from '../../migrations/18-webhooks.js';

/** All migrations, the oldest first. */
export const migrations = [
  Foundation1700000000001,
  History1700000000002,
  Secrets1700000000003,
  RouteKeys1700000000005,
  StatusesGoWithTheirGroup1700000000006,
  Services1700000000007,
  Registries1700000000009,
  BulkWrites1700000000012,
  Approvals1700000000014,
  Changes1700000000017,
  Webhooks1700000000018,
];
