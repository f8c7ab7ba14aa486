import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';

type Parts = AsyncIterable<string>;

/** Writes parts to a stream at its speed. */
export async function pipeParts(parts: Parts, stream: Writable): Promise<void> {
  for await (const part of parts) {
    if (!stream.write(part)) await once(stream, 'drain');
  }
}

/** Writes parts to a file, which takes the place of the one before when all have come, and not before. */
export async function writeParts(path: string, parts: Parts, mode: number): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(beside, 'wx', mode);
    try {
      for await (const part of parts) await file.write(part);
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
