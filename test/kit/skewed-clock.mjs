import { readFileSync } from 'node:fs';

// Loaded into a process before all else: its clock is off by as many milliseconds as the file says, from one moment to the
// next. Time that is measured (performance.now, timers) goes on as it does.

const file = process.env.SIGNALBOX_TEST_CLOCK;
const TrueDate = Date;
let offset = 0;

function read() {
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    offset = 0;
  }
}

class SkewedDate extends TrueDate {
  constructor(...given) {
    if (given.length === 0) super(TrueDate.now() + offset);
    else super(...given);
  }

  static now() {
    return TrueDate.now() + offset;
  }
}

read();
setInterval(read, 200).unref();
globalThis.Date = SkewedDate;
