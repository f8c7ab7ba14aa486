import { setTimeout as pause } from 'node:timers/promises';
import { startControlPlaneProcess } from '../test/kit/control-plane-process.js';
import { migratedDatabase } from '../test/kit/migrated-database.js';
import { makeSeed } from '../test/kit/seed.js';
import { configChanges } from '../test/kit/streams.js';
import { Companion } from './companion.js';
import type { Arrived, Await, Open } from './crowd.js';
import { percentile } from './median.js';

const rounds = 200;
const warming = 20;

/** From a commit on one replica to a watcher on another, when it is quiet: three writes in a second, to one group. */
export async function run(): Promise<string> {
  const database = await migratedDatabase();
  const writing = await startControlPlaneProcess({ database });
  const telling = await startControlPlaneProcess({ database });
  const crowd = await Companion.start('crowd');
  try {
    const { group } = await makeSeed(writing.admin, database.url).group();
    const query = configChanges(group.id).query.replace('revisions { ', 'revisions { at ');
    const clients = [{ token: writing.admin.token ?? '', variables: { runtimeGroupId: group.id } }];
    await crowd.ask({
      open: `${telling.origin.replace('http', 'ws')}/graphql`,
      clients,
      query,
      atOnce: 1,
    } satisfies Open);
    const times: number[] = [];
    for (let round = 0; round < warming + rounds; round += 1) {
      const arriving = crowd.ask<Arrived>({ count: 1, text: 'ConfigDelta' } satisfies Await);
      const input = { runtimeGroupId: group.id, name: `s${round}`, host: 'example.internal' };
      await writing.admin.mutate('createGatewayService', input, 'gatewayService { id }');
      const { last, sample } = await arriving;
      // A little before the commit, by the clock of the database, which is this machine's, in whole milliseconds.
      times.push(last - Date.parse(/"at":"([^"]+)"/.exec(sample)?.[1] ?? ''));
      await pause(300);
    }
    const counted = times.slice(warming);
    const shares = [0.5, 0.9, 0.99, 1].map(
      (share) => `p${share * 100} ${percentile(counted, share).toFixed(1)}`,
    );
    return `${rounds} commits until a watcher on another replica has them, in ms: ${shares.join(', ')}`;
  } finally {
    await crowd.stop();
    await writing.stop();
    await telling.stop();
    await database.close();
  }
}
