import pg from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntitySchema,
  type ObjectLiteral,
  type Repository,
} from 'typeorm';
import { unmeasured, type Meter } from '../metrics/meter.js';
import { secondsSince } from '../metrics/seconds.js';
import { CopyIn, type Cell } from './copy.js';
import { mortalSockets } from './mortal-socket.js';
import type { Statement } from './statement.js';
import { isTraced, traced, type Part } from '../tracing/span.js';

/** Runs named statements. Stores take one as their first argument, and so work inside and outside of transactions. */
export interface Reader {
  rows<Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

/** An open transaction. Its statements run one after the other; it ends with the function it was given to. */
export interface Transaction extends Reader {
  /** Runs a `copy … from stdin` with these rows, which are asked for one by one. */
  copy(statement: Statement, rows: Iterable<readonly Cell[]>): Promise<void>;
  repository<Row extends ObjectLiteral>(table: EntitySchema<Row>): Repository<Row>;
}

/** PostgreSQL, as the rest of the code sees it. */
export interface Database extends Reader {
  /** Commits what `run` did, or nothing if it throws. Runs `run` once: it is never retried behind the caller's back. */
  transaction<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Runs `run` on one unchanging picture of the database, read only. */
  snapshot<Result>(run: (reader: Reader) => Promise<Result>): Promise<Result>;
  /** For what must go on while all other connections are taken: short reads for watchers, and life signs. */
  readonly vital: Reader;
  /** A connection of its own, for LISTEN and for advisory locks. The caller ends it. */
  connect(): Promise<pg.Client>;
  /** Runs the shortest statement there is, waiting for a connection as all do. */
  probe(): Promise<void>;
  /** True if a statement has failed for want of room a moment ago. */
  isFull(): boolean;
  /** How many statements have been run so far; tests compare two readings. */
  statementCount(): number;
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

/** A table, as TypeORM knows it. */
export type Table = EntitySchema;

export interface DatabaseOptions {
  readonly url: string;
  readonly tables: readonly Table[];
  readonly migrations: readonly (new () => object)[];
  readonly poolSize?: number;
  readonly meter?: Meter;
}

/** Connects. Fails if the database cannot be reached. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: [...options.tables],
    migrations: [...options.migrations] as never[],
    migrationsTableName: 'schema_migration',
    poolSize: options.poolSize ?? 20,
    extra: { ...sessionSettings, ...patience, stream: mortalSockets(silentMs) },
  });
  await dataSource.initialize();
  return new PostgresDatabase(dataSource, options.url, options.meter ?? unmeasured);
}

/** No statement, lock or forgotten transaction may hold up a group for long (docs/reliability.md). */
const sessionSettings = {
  application_name: 'signalbox',
  statement_timeout: 20_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 10_000,
};

type QueryConfig = Statement & { readonly values: readonly unknown[] };

interface Querying {
  query(config: QueryConfig): Promise<{ rows: unknown[] }>;
}
/** A connection on which nothing comes for this long is gone: the server ends each statement before. */
const silentMs = 25_000;

/** How long one waits for a connection, to be opened or to be free. */
const patience = { connectionTimeoutMillis: 10_000 };

/** PostgreSQL's state for a statement that found no room. Life signs are written more often than it is forgotten. */
const diskFull = '53100';
const fullForMs = 15_000;

/** Statements that must go on are short, and so are they waited for. */
const vitalSettings = {
  ...{ application_name: 'signalbox (vital)', max: 4, statement_timeout: 5_000, lock_timeout: 3_000 },
  ...{ connectionTimeoutMillis: 5_000, idle_in_transaction_session_timeout: 5_000 },
  stream: mortalSockets(8_000),
};

/** What TypeORM's query runner hands out for PostgreSQL; its own types say `any`. */
interface Connection extends Querying {
  query(config: QueryConfig): Promise<{ rows: unknown[] }>;
  query(copy: CopyIn): CopyIn;
}

class PostgresDatabase implements Database {
  private statements = 0;
  private fullAt = -Infinity;
  private readonly pool: pg.Pool;
  private readonly vitalPool: pg.Pool;
  readonly vital: Reader = {
    rows: (statement, values = []) => this.run(this.vitalPool, statement, values),
  };

  constructor(
    readonly dataSource: DataSource,
    private readonly url: string,
    private readonly meter: Meter,
  ) {
    this.pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
    this.vitalPool = new pg.Pool({ connectionString: url, ...vitalSettings });
    // One that is lost while nobody uses it is opened again when it is wanted.
    this.vitalPool.on('error', () => undefined);
    for (const pool of [this.pool, this.vitalPool]) hearErrors(pool);
    measurePool(this.pool, 'main', meter);
    measurePool(this.vitalPool, 'vital', meter);
  }

  rows<Row>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    return this.run<Row>(this.pool, statement, values);
  }

  transaction<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.within(undefined, run);
  }

  snapshot<Result>(run: (reader: Reader) => Promise<Result>): Promise<Result> {
    return this.within('REPEATABLE READ', async (tx) => {
      await tx.rows({ name: 'postgres.read_only', text: 'set transaction read only' });
      return run(tx);
    });
  }

  async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      ...{ keepAlive: true, connectionTimeoutMillis: 5_000 },
      application_name: 'signalbox (own connection)',
    });
    // A connection that the database ends fails twice: with what it is told, and when it is gone. Nobody need hear both.
    client.on('error', hear);
    await client.connect();
    return client;
  }

  async probe(): Promise<void> {
    await this.pool.query('select 1');
  }

  isFull(): boolean {
    return performance.now() - this.fullAt < fullForMs;
  }

  statementCount(): number {
    return this.statements;
  }

  async close(): Promise<void> {
    await Promise.all([this.vitalPool.end(), this.dataSource.destroy()]);
  }

  private async within<Result>(
    isolation: 'REPEATABLE READ' | undefined,
    run: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const connection = (await runner.connect()) as Connection;
      // Naming the isolation that PostgreSQL has anyway would cost a round trip.
      await runner.startTransaction(isolation);
      const result = await run(this.transactionOn(connection, runner.manager));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // A rollback that fails means that the connection is gone, and the transaction with it.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private transactionOn(connection: Connection, manager: EntityManager): Transaction {
    return {
      rows: (statement, values = []) => this.run(connection, statement, values),
      copy: (statement, rows) => this.copy(connection, statement, rows),
      repository: (table) => manager.getRepository(table),
    };
  }

  private copy(connection: Connection, copy: Statement, rows: Iterable<readonly Cell[]>): Promise<void> {
    return this.measured(copy, () => connection.query(new CopyIn(copy.text, rows)).done);
  }

  private async run<Row>(
    connection: Querying,
    statement: Statement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const { name, text } = statement;
    const { rows } = await this.measured(statement, () => connection.query({ name, text, values }));
    return rows as Row[];
  }

  private async measured<Result>(
    { name, family = name }: Statement,
    query: () => Promise<Result>,
  ): Promise<Result> {
    this.statements += 1;
    const begun = performance.now();
    try {
      return isTraced() ? await traced(partOf(family), query) : await query();
    } catch (error) {
      if ((error as { code?: unknown }).code === diskFull) this.fullAt = performance.now();
      throw error;
    } finally {
      this.meter.observe('signalbox_sql_statement_duration_seconds', secondsSince(begun), {
        statement: family,
      });
    }
  }
}

function partOf(family: string): Part {
  return { name: family, kind: 'client', attributes: { 'db.system.name': 'postgresql' } };
}

/**
 * A connection that is lost is found out by whoever uses it next. In the moment in which the pool hands it over nobody listens
 * to it, and an error that nobody hears would end the process.
 */
function hearErrors(pool: pg.Pool): void {
  pool.on('acquire', (client) => void client.off('error', hear).on('error', hear));
}

function hear(): void {
  // Whoever uses the connection is told by what it does with it.
}

function measurePool(pool: pg.Pool, name: string, meter: Meter): void {
  const connections = (state: string, read: () => number): void =>
    meter.gauge('signalbox_database_connections', read, { pool: name, state });
  connections('idle', () => pool.idleCount);
  connections('used', () => pool.totalCount - pool.idleCount);
  meter.gauge('signalbox_database_waiting', () => pool.waitingCount, { pool: name });
}
