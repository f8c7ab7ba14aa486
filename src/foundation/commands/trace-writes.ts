import { tell, traced } from '../tracing/span.js';
import type { Execute } from './execute.js';

/** The same door, which traces each write: waiting for its stream, and all its statements. */
export function traceWrites(execute: Execute): Execute {
  return (actor, command, input, options) =>
    traced({ name: command.name }, async () => {
      const executed = await execute(actor, command, input, options);
      tell({ attributes: { 'signalbox.committed': executed.committed } });
      return executed;
    });
}
