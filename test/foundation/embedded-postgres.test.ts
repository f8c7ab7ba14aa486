import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { nobodyAccount } from '../../src/foundation/postgres/embedded/account.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/foundation/postgres/embedded/embedded-postgres.js';
import { until } from '../../src/foundation/postgres/embedded/until.js';
import {
  cleanUp,
  copyTree,
  installApplication,
  isRoot,
  killChild,
  killServer,
  launch,
  makeRoom,
  platformPackage,
  query,
  removeIfEmpty,
  serverPid,
  spawnChild,
  type User,
} from './embedded-postgres.world.js';

/** Only root can become another account; everybody else is what the other tests run as. */
const asRoot = isRoot ? it : it.skip;
const ordinary = isRoot ? nobodyAccount() : undefined;

const room = makeRoom();
const template = join(room, 'template');
/** The folders of one test. */
const used: string[] = [];
const handles: EmbeddedPostgres[] = [];
let application: string;
let homes = 0;

beforeAll(async () => {
  application = await installApplication(join(room, 'application'), true);
  const postgres = await startEmbeddedPostgres({ directory: template });
  await writeNote(postgres);
  await postgres.stop();
});

afterEach(async () => {
  for (const handle of handles.splice(0)) await handle.stop();
  await cleanUp(used.splice(0));
});

afterAll(async () => {
  await cleanUp([room]);
  // The copied programs beside it stay, for the next run: another run may be using them.
  removeIfEmpty('/var/lib/signalbox/postgres');
});

/** A folder that nobody has used. */
function newHome(): string {
  homes += 1;
  const home = join(room, `home-${String(homes)}`);
  used.push(home);
  return home;
}

async function start(directory: string): Promise<EmbeddedPostgres> {
  const handle = await startEmbeddedPostgres({ directory });
  handles.push(handle);
  return handle;
}

/** A folder with a note in its database, and no server: a copy of one that was stopped in order. */
function homeWithNote(home = newHome()): string {
  copyTree(template, home);
  return home;
}

async function writeNote({ connectionString }: { readonly connectionString: string }): Promise<void> {
  await query(connectionString, `create table note as select 'kept' as text`);
}

async function notes({ connectionString }: { readonly connectionString: string }): Promise<unknown> {
  return query(connectionString, 'select text from note');
}

const theNote = [{ text: 'kept' }];

describe('a start', () => {
  it('makes an empty database signalbox, and the data outlive a stop', async () => {
    const home = newHome();
    const first = await start(home);
    expect(first).toMatchObject({ dataDirectory: home, reattached: false });
    expect(await query(first.connectionString, 'select current_database() as name')).toEqual([
      { name: 'signalbox' },
    ]);
    await writeNote(first);
    await first.stop();
    expect(serverPid(home)).toBeUndefined();

    const second = await start(home);
    expect(second.reattached).toBe(false);
    expect(await notes(second)).toEqual(theNote);
  });

  it('gives a URL that TypeORM and URL parsers read', async () => {
    const { connectionString } = await start(homeWithNote());
    expect(new URL(connectionString).pathname).toBe('/signalbox');
    const dataSource = await new DataSource({ type: 'postgres', url: connectionString }).initialize();
    try {
      expect(await dataSource.query('select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('keeps every commit safe, and everybody else out', async () => {
    const home = homeWithNote();
    const { connectionString } = await start(home);
    const settings = `select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'jit', 'max_connections')`;
    const rows = await query<{ name: string; setting: string }>(connectionString, settings);
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      listen_addresses: '',
      jit: 'off',
      max_connections: '200',
    });
    expect(statSync(join(home, 'socket')).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, 'cluster')).mode & 0o777).toBe(0o700);
  });

  it('never uses what a killed first start left half made', async () => {
    const home = newHome();
    const child = spawnChild({ application, directory: home });
    const draft = await until(() => draftsIn(home)[0], 10_000);
    await killChild(child);
    expect(draft).toBeDefined();

    const postgres = await start(home);
    expect(postgres.reattached).toBe(false);
    expect(draftsIn(home)).toEqual([]);
    expect(await query(postgres.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('works in a folder whose name is hard to write', async () => {
    const home = homeWithNote(join(newHome(), `it's "50%", a b, ü+&?#`));
    const postgres = await start(home);
    expect(await notes(postgres)).toEqual(theNote);
  });

  it('puts the socket among the temporary files when its path would be too long', async () => {
    const home = homeWithNote(join(newHome(), 'a-folder-with-a-long-name'.repeat(6)));
    const postgres = await start(home);
    const socketDirectory = new URL(postgres.connectionString).searchParams.get('host') ?? '';
    expect(socketDirectory.startsWith(home)).toBe(false);
    expect(lstatSync(socketDirectory).mode & 0o777).toBe(0o700);
    await postgres.stop();
    expect(existsSync(socketDirectory)).toBe(false);
    expect(await notes(await start(home))).toEqual(theNote);
  });
});

function draftsIn(home: string): readonly string[] {
  return existsSync(home) ? readdirSync(home).filter((name) => name.startsWith('cluster-draft-')) : [];
}

describe('processes that name the same folder', () => {
  it('find the server again after a kill -9', async () => {
    const home = homeWithNote();
    const killed = await launch({ application, directory: home });
    await query(killed.connectionString, `insert into note values ('new')`);
    const pid = serverPid(home);
    await killed.kill();
    expect(serverPid(home)).toBe(pid);

    const postgres = await start(home);
    expect(postgres.reattached).toBe(true);
    expect(await notes(postgres)).toEqual([...theNote, { text: 'new' }]);
    await postgres.stop();
    expect(serverPid(home)).toBeUndefined();
  });

  it('share one server, which the last of them stops', async () => {
    const home = homeWithNote();
    const first = await launch({ application, directory: home });
    const second = await start(home);
    expect([first.reattached, second.reattached]).toEqual([false, true]);
    await first.leave();
    expect(await notes(second)).toEqual(theNote);
    await second.stop();
    expect(serverPid(home)).toBeUndefined();
  });

  it('do not wait for one that was killed', async () => {
    const home = homeWithNote();
    const killed = await launch({ application, directory: home });
    const other = await launch({ application, directory: home });
    await killed.kill();
    await other.leave();
    expect(serverPid(home)).toBeUndefined();
  });

  it('may start at the same time on nothing, and get one server', async () => {
    const home = newHome();
    const users = await Promise.all([1, 2, 3, 4].map(() => launch({ application, directory: home })));
    expect(users.filter(({ reattached }) => !reattached)).toHaveLength(1);
    await writeNote(users[0] as User);
    for (const user of users) expect(await notes(user)).toEqual(theNote);
    await Promise.all(users.map((user) => user.leave()));
    expect(serverPid(home)).toBeUndefined();
  });

  it('may come and go at the same time, and each has a server for as long as it stays', async () => {
    const home = homeWithNote();
    const visit = async (): Promise<void> => {
      for (let round = 0; round < 4; round += 1) {
        const postgres = await startEmbeddedPostgres({ directory: home });
        expect(await notes(postgres)).toEqual(theNote);
        await postgres.stop();
      }
    };
    await Promise.all([visit(), visit(), visit()]);
    expect(serverPid(home)).toBeUndefined();
  });

  it('may be one process twice: stopping one use leaves the other', async () => {
    const home = homeWithNote();
    const one = await start(home);
    const other = await start(home);
    await one.stop();
    await one.stop();
    expect(await query(other.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('after a crash', () => {
  it('the server recovers what was committed', async () => {
    const home = homeWithNote();
    const user = await launch({ application, directory: home });
    await query(user.connectionString, `insert into note values ('new')`);
    await killServer(home, 'SIGKILL');
    await user.kill();
    expect(await notes(await start(home))).toEqual([...theNote, { text: 'new' }]);
  });

  it('a postmaster.pid whose number now belongs to another program is not taken for a server', async () => {
    const home = homeWithNote();
    leaveServerFiles(home, process.pid);
    const postgres = await start(home);
    expect(postgres.reattached).toBe(false);
    expect(await notes(postgres)).toEqual(theNote);
  });

  it("a postmaster.pid whose number now belongs to another folder's server is not taken for this one's", async () => {
    const [home, other] = [homeWithNote(), homeWithNote()];
    await start(other);
    const otherPid = serverPid(other);
    leaveServerFiles(home, otherPid ?? 0);
    const postgres = await start(home);
    expect(postgres.reattached).toBe(false);
    expect(await notes(postgres)).toEqual(theNote);
    await postgres.stop();
    expect(serverPid(other)).toBe(otherPid);
  });

  it('a server whose socket was removed is started anew', async () => {
    const home = homeWithNote();
    const killed = await launch({ application, directory: home });
    await killed.kill();
    rmSync(join(home, 'socket', '.s.PGSQL.5432'));
    const postgres = await start(home);
    expect(postgres.reattached).toBe(false);
    expect(await notes(postgres)).toEqual(theNote);
  });

  it('a server that cannot be seen but answers is left alone', async () => {
    const home = homeWithNote();
    makeSocketFolder(home);
    const unseen = await listenOn(join(home, 'socket', '.s.PGSQL.5432'));
    try {
      await expect(start(home)).rejects.toThrow('cannot be seen from here');
    } finally {
      unseen.close();
    }
  });
});

/** Writes what a server that is gone would have left, with a process id of our choice. */
function leaveServerFiles(home: string, pid: number): void {
  const [cluster, socket] = [join(home, 'cluster'), join(home, 'socket')];
  makeSocketFolder(home);
  const lines = [pid, cluster, 1_700_000_000, 5432, socket, '', '  123456   0', 'ready   ', ''].join('\n');
  for (const file of [join(cluster, 'postmaster.pid'), join(socket, '.s.PGSQL.5432.lock')]) {
    writeFileSync(file, lines, { mode: 0o600 });
    giveToServer(file);
  }
}

function makeSocketFolder(home: string): void {
  mkdirSync(join(home, 'socket'), { mode: 0o700 });
  giveToServer(join(home, 'socket'));
}

function giveToServer(path: string): void {
  if (ordinary !== undefined) chownSync(path, ordinary.uid, ordinary.gid);
}

function listenOn(path: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.listen(path, () => resolve(server));
  });
}

describe('the programs', () => {
  it('get the library links that an install without scripts leaves out', async () => {
    const bare = await installApplication(join(room, 'without-links'), true);
    const links = removeLinks(bare);
    const user = await launch({ application: bare, directory: newHome() });
    expect(links.map((link) => lstatSync(link).isSymbolicLink())).not.toContain(false);
    await user.leave();
  });

  it('are taken from PATH when npm installed none', async () => {
    const none = await installApplication(join(room, 'without-programs'), false);
    const path = join(programsOf(application), 'bin');
    const user = await launch({ application: none, directory: newHome(), path: `${path}:/usr/bin:/bin` });
    const [row] = await query<{ version: string }>(user.connectionString, 'select version()');
    expect(row?.version).toContain('PostgreSQL 18');
    await user.leave();
  });

  it('that cannot run here are named, and DATABASE_URL as the way out', async () => {
    const musl = await installApplication(join(room, 'for-another-system'), false);
    const programs = programsOf(musl);
    for (const folder of ['bin', 'lib/postgresql', 'share/postgresql']) {
      mkdirSync(join(programs, folder), { recursive: true });
    }
    mkdirSync(join(programs, '../dist'));
    writeFileSync(join(programs, '../dist/index.js'), '');
    writeFileSync(join(programs, '../package.json'), '{ "exports": "./dist/index.js", "version": "0.0.1" }');
    writeFileSync(join(programs, 'share/postgresql/postgres.bki'), '');
    for (const name of ['postgres', 'initdb']) {
      writeFileSync(join(programs, 'bin', name), '#!/lib/loader-of-another-libc\n', { mode: 0o755 });
    }
    // No PostgreSQL reads this version's data, so that one which the machine happens to have does not help out.
    const home = homeWithNote();
    writeFileSync(join(home, 'cluster/PG_VERSION'), '7\n');
    await expect(launch({ application: musl, directory: home })).rejects.toThrow(
      /StartupError: .*@embedded-postgres\/\S+ cannot run with this system's C library.*DATABASE_URL/,
    );
  });

  it('are not let near the data of another major version', async () => {
    const home = homeWithNote();
    const version = join(home, 'cluster/PG_VERSION');
    const real = readFileSync(version);
    writeFileSync(version, '9\n');
    await expect(start(home)).rejects.toThrow(
      /were written by PostgreSQL 9, which no other major version can read.*is PostgreSQL 18/,
    );
    writeFileSync(version, real);
    expect(await notes(await start(home))).toEqual(theNote);
  });
});

function programsOf(folder: string): string {
  return join(folder, 'node_modules', platformPackage, 'native');
}

/** Leaves an application's package as `npm ci --ignore-scripts` does. */
function removeLinks(folder: string): readonly string[] {
  const list = JSON.parse(readFileSync(join(programsOf(folder), 'pg-symlinks.json'), 'utf8')) as {
    readonly target: string;
  }[];
  const links = list.map(({ target }) => join(programsOf(folder), '..', target));
  for (const link of links) rmSync(link);
  return links;
}

describe('accounts', () => {
  asRoot('root runs the server as nobody (needs root)', async () => {
    const home = homeWithNote();
    await start(home);
    expect(statSync(join(home, 'cluster/postmaster.pid')).uid).toBe(ordinary?.uid);
  });

  asRoot('root keeps data and programs where nobody can reach them (needs root)', async () => {
    const closed = join(room, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const own = await installApplication(join(closed, 'application'), true);
    const directory = join(closed, 'project/.signalbox/postgres');
    const first = await launch({ application: own, directory });
    used.push(closed, first.dataDirectory);
    expect(first.dataDirectory).toMatch(/^\/var\/lib\/signalbox\/postgres\//);
    expect(first.log.join('\n')).toContain(
      `may not enter ${directory}: its data are in ${first.dataDirectory}`,
    );
    await writeNote(first);
    await first.leave();

    // Data stay where they are, even when the folder could be entered now.
    chmodSync(closed, 0o755);
    const second = await launch({ application: own, directory });
    expect(second.dataDirectory).toBe(first.dataDirectory);
    expect(await notes(second)).toEqual(theNote);
    await second.leave();
  });

  asRoot('root serves the data of an ordinary account as that account (needs root)', async () => {
    const home = ordinaryHome();
    const user = await launch({ application, directory: home, ...ids() });
    await writeNote(user);
    await user.leave();
    const postgres = await start(home);
    expect(await notes(postgres)).toEqual(theNote);
    expect(statSync(join(home, 'cluster')).uid).toBe(ordinary?.uid);
  });

  asRoot('an ordinary account runs the server itself, and finds it again (needs root)', async () => {
    const home = ordinaryHome();
    const killed = await launch({ application, directory: home, ...ids() });
    expect(killed.dataDirectory).toBe(home);
    await writeNote(killed);
    await killed.kill();
    const user = await launch({ application, directory: home, ...ids() });
    expect(user.reattached).toBe(true);
    expect(await notes(user)).toEqual(theNote);
    await user.leave();
    expect(serverPid(home)).toBeUndefined();
  });

  asRoot('an ordinary account copies programs that it cannot repair (needs root)', async () => {
    const bare = await installApplication(join(room, 'not-writable'), true);
    removeLinks(bare);
    const home = ordinaryHome();
    const user = await launch({ application: bare, directory: home, ...ids() });
    expect(user.log.join('\n')).toContain(`copying them to ${join(home, 'programs')}`);
    await user.leave();
  });

  asRoot('an ordinary account is told whose data it may not use (needs root)', async () => {
    const home = homeWithNote();
    const other = { uid: 1, gid: 1 };
    for (const folder of [home, join(home, 'users'), join(home, 'queue')]) chmodSync(folder, 0o777);
    await expect(launch({ application, directory: home, ...other })).rejects.toThrow(
      `The data in ${home} belong to nobody, and this process runs as`,
    );
    chmodSync(home, 0o711);
    await expect(launch({ application, directory: home, ...other })).rejects.toThrow(
      'cannot be made or written',
    );
  });
});

function ordinaryHome(): string {
  const home = newHome();
  mkdirSync(home);
  giveToServer(home);
  return home;
}

function ids(): { readonly uid: number; readonly gid: number } {
  return { uid: ordinary?.uid ?? 0, gid: ordinary?.gid ?? 0 };
}
