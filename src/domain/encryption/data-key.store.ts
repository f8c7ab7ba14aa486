import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';

/** A data key as it is stored: wrapped by a master key. */
export interface WrappedDataKey {
  readonly id: string;
  readonly masterKeyId: string;
  readonly wrappedKey: Buffer;
  readonly wrappedFingerprintKey: Buffer;
  readonly createdAt: Date;
}

interface DataKeyRow {
  readonly id: string;
  readonly master_key_id: string;
  readonly wrapped_key: Buffer;
  readonly wrapped_fingerprint_key: Buffer;
  readonly created_at: Date;
}

const oneAtATime = statement('encryption.lock', 'select pg_advisory_xact_lock(7240113003)');

/** Keeps all others from making and wrapping data keys until the transaction ends. */
export async function lockDataKeys(tx: Transaction): Promise<void> {
  await tx.rows(oneAtATime);
}

const all = statement(
  'encryption.all',
  `select id, master_key_id, wrapped_key, wrapped_fingerprint_key, created_at from data_key order by created_at, id`,
);

/** All data keys, the newest last. */
export async function readDataKeys(reader: Reader): Promise<WrappedDataKey[]> {
  return (await reader.rows<DataKeyRow>(all)).map((row) => ({
    id: row.id,
    masterKeyId: row.master_key_id,
    wrappedKey: row.wrapped_key,
    wrappedFingerprintKey: row.wrapped_fingerprint_key,
    createdAt: row.created_at,
  }));
}

const insert = statement(
  'encryption.insert',
  `insert into data_key (id, master_key_id, wrapped_key, wrapped_fingerprint_key) values ($1, $2, $3, $4)`,
);

export async function insertDataKey(tx: Transaction, key: Omit<WrappedDataKey, 'createdAt'>): Promise<void> {
  await tx.rows(insert, [key.id, key.masterKeyId, key.wrappedKey, key.wrappedFingerprintKey]);
}

const rewrap = statement(
  'encryption.rewrap',
  `update data_key set master_key_id = $2, wrapped_key = $3, wrapped_fingerprint_key = $4 where id = $1`,
);

/** Replaces what wraps a data key. The key itself stays what it is. */
export async function updateWrapping(tx: Transaction, key: Omit<WrappedDataKey, 'createdAt'>): Promise<void> {
  await tx.rows(rewrap, [key.id, key.masterKeyId, key.wrappedKey, key.wrappedFingerprintKey]);
}
