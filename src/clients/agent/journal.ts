import { systemClock } from '../../foundation/kernel/clock.js';

/** What an agent tells the person who runs it. */
export interface Journal {
  say(sentence: string): void;
  /** Something needs attention. */
  warn(sentence: string): void;
}

/** One line for each thing, with the time of the day. */
export function openJournal(write: (line: string) => void): Journal {
  const line = (mark: string, sentence: string): void => {
    write(`${systemClock.now().toTimeString().slice(0, 8)} ${mark}${sentence}\n`);
  };
  return {
    say: (sentence) => line('', sentence),
    warn: (sentence) => line('warning: ', sentence),
  };
}
