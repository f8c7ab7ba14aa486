import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file in one step: whoever reads it, at whatever moment and after whatever crash, finds the old content or the
 * new one, whole. When this resolves, the new content is on the disk.
 */
export async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  const temporary = join(dirname(path), `${prefixOf(path)}${process.pid}.tmp`);
  try {
    await writeDurably(temporary, content, mode);
    await moveDurably(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** When this resolves, the content is on the disk; before, it may be there in part. */
async function writeDurably(path: string, content: string, mode: number): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives a file another name in its directory, in place of what had that name. Survives a crash once it resolves. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const directory = await open(dirname(to), 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Removes what processes left that were killed while they replaced the file. */
export async function sweepLeftovers(path: string): Promise<void> {
  const directory = dirname(path);
  const names = await readdir(directory).catch(() => []);
  const leftovers = names.filter((name) => name.startsWith(prefixOf(path)) && name.endsWith('.tmp'));
  await Promise.all(leftovers.map((name) => rm(join(directory, name), { force: true })));
}

function prefixOf(path: string): string {
  return `.${basename(path)}.`;
}
