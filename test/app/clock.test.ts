import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClient, expectRefused } from '../kit/client.js';
import { startControlPlaneProcess } from '../kit/control-plane-process.js';

const skewed = join(import.meta.dirname, '../kit/skewed-clock.mjs');

/** By the clock of this machine, which is that of the database. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

describe('a replica whose clock is wrong', () => {
  it.each([5, -5])(
    'lets a token in for as long as it is good by the database: %i minutes off',
    async (minutes) => {
      const folder = await mkdtemp(join(tmpdir(), 'signalbox-clock-'));
      const file = join(folder, 'offset');
      await writeFile(file, String(minutes * 60_000));
      const environment = { NODE_OPTIONS: `--import ${skewed}`, SIGNALBOX_TEST_CLOCK: file };
      const plane = await startControlPlaneProcess({ environment });
      try {
        const tokenUntil = async (expiresAt: number): Promise<string> => {
          const input = { name: 'soon over', role: 'VIEWER', expiresAt: new Date(expiresAt).toISOString() };
          const made = await plane.admin.mutate<{ secret: string }>('createAccessToken', input, 'secret');
          return made.secret;
        };
        const good = makeClient(plane.origin, await tokenUntil(now() + 60_000));
        expect(await good.gql('{ organization { name } }')).toBeTruthy();
        const past = { name: 'over', role: 'VIEWER', expiresAt: new Date(now() - 1_000).toISOString() };
        await expectRefused(plane.admin.attempt('createAccessToken', past), 'TOKEN_EXPIRY_PAST');
      } finally {
        await plane.stop();
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});
