import { readSettings } from '../foundation/config/settings.js';
import { openLog } from '../foundation/log/log.js';
import { startControlPlane } from './control-plane.js';
import { fail } from './fail.js';
import { greeting } from './greeting.js';

/** The server: `npm start`. Runs until it is told to stop. */
async function main(): Promise<void> {
  const settings = readSettings();
  const log = openLog(settings.logLevel, settings.terminal);
  const started = performance.now();
  const plane = await startControlPlane(settings, log);
  let stopping = false;
  const stop = (signal: string): void => {
    // Asked twice, it leaves at once: whoever waits has waited long enough.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    void plane.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Last, because whoever reads it may take the server for one that can be stopped.
  process.stdout.write(greeting(plane, performance.now() - started));
}

main().catch(fail);
