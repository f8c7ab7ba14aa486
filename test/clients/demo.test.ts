import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

interface Demo {
  /** Resolves when it has said this. Has no deadline but the test's: how long a start takes depends on the machine. */
  readonly says: (part: string) => Promise<void>;
  readonly text: () => string;
  readonly ended: Promise<number | null>;
  readonly interrupt: () => void;
}

let place: string;
let demo: Demo | undefined;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'demo-'));
});
afterEach(async () => {
  demo?.interrupt();
  await demo?.ended;
  await rm(place, { recursive: true });
});

function startDemo(...options: readonly string[]): Demo {
  // `env` becomes the program that it is given, so signals reach that.
  const command = [`TMPDIR=${place}`, process.execPath, join(root, 'bin/signalbox.js'), 'demo', ...options];
  const child = spawn('env', command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let look: () => void = () => undefined;
  const listen = (chunk: Buffer): void => {
    text += String(chunk);
    look();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = once(child, 'close').then(() => child.exitCode);
  const says = (part: string): Promise<void> =>
    new Promise((resolve, reject) => {
      look = () => {
        if (text.includes(part)) resolve();
      };
      look();
      void ended.then(() => {
        reject(new Error(`It ended without saying “${part}”. It said:\n${text}`));
      });
    });
  return { says, ended, text: () => text, interrupt: () => void child.kill('SIGINT') };
}

describe('the demo', () => {
  it('shows changes come to all instances, sums up, and leaves nothing behind', async () => {
    demo = startDemo('--changes', '3');
    const code = await demo.ended;
    expect(demo.text()).toContain('3 revisions came to all 3 instances.');
    expect(code).toBe(0);
    expect(await readdir(place)).toEqual([]);
  });

  it('stops everything on Ctrl-C', async () => {
    demo = startDemo('--keep', '--changes', '0');
    await demo.says('runs on all 3 instances');
    demo.interrupt();
    expect(await demo.ended).toBe(0);
    expect(await readdir(place)).toEqual([]);
  });
});
