import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newTokenSecret } from '../domain/access/slice.js';

/** The administrator's token of this installation, and where it is kept. */
export interface AdminToken {
  readonly secret: string;
  /** Null when the token came from the environment: it is then written nowhere. */
  readonly file: string | null;
}

/** The token that the environment gives, or the one in the data directory, which is made at the first start. */
export async function loadAdminToken(given: string | undefined, dataDirectory: string): Promise<AdminToken> {
  if (given !== undefined) return { secret: given, file: null };
  const file = join(dataDirectory, 'admin-token');
  const kept = await readFile(file, 'utf8').catch(() => '');
  const secret = kept.trim() || newTokenSecret().secret;
  await mkdir(dataDirectory, { recursive: true });
  if (!kept.trim()) await writeFile(file, `${secret}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return { secret, file };
}
