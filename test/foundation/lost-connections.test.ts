import { openDatabase, type Database } from '../../src/foundation/postgres/database.js';
import { databaseProxy, type DatabaseProxy } from '../kit/database-proxy.js';
import { administer, testDatabase, type TestDatabase } from '../kit/database.js';

let scratch: TestDatabase;
let proxy: DatabaseProxy;
let database: Database;
/** What would have ended the process. */
let unheard: unknown[];
const note = (error: unknown): void => void unheard.push(error);
/** Jest has listeners of its own, which would call the test failed without saying which. */
let others: NodeJS.UncaughtExceptionListener[];
beforeEach(async () => {
  scratch = await testDatabase();
  proxy = await databaseProxy(scratch.url);
  database = await openDatabase({ url: proxy.url, tables: [], migrations: [], poolSize: 1 });
  unheard = [];
  others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', note);
});
afterEach(async () => {
  process.off('uncaughtException', note);
  for (const other of others) process.on('uncaughtException', other);
  await database.close();
  await proxy.close();
  await scratch.close();
});

const answer = { name: 'answer', text: 'select 1 as one' };

describe('a connection that the database ends', () => {
  it('in the moment in which another one is given it fails that one, and nothing else', async () => {
    await database.rows(answer);
    proxy.endWithAnswer();
    const first = database.rows(answer);
    const second = database.transaction((tx) => tx.rows(answer));
    await expect(first).resolves.toEqual([{ one: 1 }]);
    await expect(second).rejects.toThrow(/connection/i);
    expect(unheard).toEqual([]);
    await expect(database.rows(answer)).resolves.toEqual([{ one: 1 }]);
  });

  it('may be one of somebody who heard of it once already', async () => {
    const client = await database.connect();
    client.once('error', () => undefined);
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    await administer(
      scratch.url,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'signalbox (own connection)' and datname = current_database()`,
    );
    await ended;
    expect(unheard).toEqual([]);
  });
});
