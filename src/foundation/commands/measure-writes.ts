import { Refusal } from '../kernel/refusal.js';
import type { Meter } from '../metrics/meter.js';
import { secondsSince } from '../metrics/seconds.js';
import type { Execute } from './execute.js';

/** The same door, which takes note of how long each write took and of what came of it. */
export function measureWrites(execute: Execute, meter: Meter): Execute {
  return async (actor, command, input, options) => {
    const begun = performance.now();
    const note = (outcome: string): void =>
      meter.observe('signalbox_command_duration_seconds', secondsSince(begun), {
        command: command.name,
        outcome,
      });
    try {
      const executed = await execute(actor, command, input, options);
      note(executed.committed ? 'committed' : 'unchanged');
      return executed;
    } catch (error) {
      const isRefusal = error instanceof Refusal;
      note(isRefusal ? 'refused' : 'failed');
      if (isRefusal) {
        meter.count('signalbox_command_refusals_total', { command: command.name, code: error.code });
      }
      throw error;
    }
  };
}
