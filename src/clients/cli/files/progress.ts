import type { Terminal } from '../terminal.js';

/** How long work goes on without a word. */
const quietMs = 500;
const tickMs = 200;

/** Says meanwhile how long work has been going on, where somebody looks; it leaves nothing behind. */
export async function withProgress<Result>(
  { status }: Terminal,
  text: string,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!status) return work();
  let waited = 0;
  const timer = setInterval(() => {
    waited += tickMs;
    if (waited >= quietMs) status(`${text} … ${Math.floor(waited / 1_000)} s`);
  }, tickMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    status('');
  }
}
