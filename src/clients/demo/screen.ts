import { createLogUpdate } from 'log-update';
import type { Terminal } from '../cli/terminal.js';

/** Where the demo is seen: as a table that changes in place, or, where nobody looks live, as lines. */
export interface Screen {
  /** Something happened: said once. */
  say(line: string): void;
  /** How things are now. */
  show(text: string): void;
  /** Leaves the last state on the screen. */
  close(): void;
}

/** How many of the last lines stay above the table. */
const keptLines = 6;

/** The screen of a terminal. */
export function openScreen(terminal: Terminal): Screen {
  return terminal.isLive ? liveScreen(terminal) : plainScreen(terminal);
}

function plainScreen({ out }: Terminal): Screen {
  let state = '';
  return {
    say: out,
    show: (text) => {
      state = text;
    },
    close: () => {
      if (state) out(state);
      state = '';
    },
  };
}

function liveScreen({ paint }: Terminal): Screen {
  const update = createLogUpdate(process.stdout);
  let lines: readonly string[] = [];
  let state = '';
  const draw = (): void => {
    update(['', ...lines.map((line) => paint('dim', line)), '', state, ''].join('\n'));
  };
  return {
    say: (line) => {
      lines = [...lines, line].slice(-keptLines);
      draw();
    },
    show: (text) => {
      state = text;
      draw();
    },
    close: () => {
      update.done();
    },
  };
}
