import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { renderDeclarative } from '../../../foundation/declarative/render.js';
import { forGateway } from '../configuration.js';
import { replaceFile, sweepLeftovers } from '../durable-file.js';
import type { DriverKind } from './driver.js';

/** Not for everybody: a configuration can hold secrets. The group may read, because gateways run as other users. */
const newFileMode = 0o640;

/** Writes each configuration to one file, in Kong's declarative format, whole and in one step. */
export const fileDriver: DriverKind = {
  name: 'file',
  description: 'writes a declarative file (Kong’s format 3.0), for a gateway that reads it',
  open: async ({ out, edition }) => {
    const path = resolve(out);
    await mkdir(dirname(path), { recursive: true });
    await sweepLeftovers(path);
    return {
      apply: async (configuration) => {
        const text = renderDeclarative(configuration.collections, forGateway(configuration, edition));
        if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return;
        await replaceFile(path, text, await modeOf(path));
      },
    };
  },
};

async function modeOf(path: string): Promise<number> {
  const known = await stat(path).catch(() => undefined);
  return known ? known.mode & 0o777 : newFileMode;
}
