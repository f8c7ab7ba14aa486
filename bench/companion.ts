import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Another process that takes part in a benchmark, and answers each message with one. */
export class Companion {
  private constructor(
    private readonly child: ChildProcess,
    /** What it said when it was ready. */
    readonly said: unknown,
  ) {}

  static async start(program: string): Promise<Companion> {
    const child = fork(join(import.meta.dirname, 'child.mjs'), [program], { execArgv: ['--expose-gc'] });
    const [said] = (await once(child, 'message')) as [unknown];
    return new Companion(child, said);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Sends a message, and gives the next that comes back. */
  async ask<Answer>(message: object): Promise<Answer> {
    const answered = once(this.child, 'message');
    this.child.send(message);
    return (await answered)[0] as Answer;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

/** The processor time that a process has taken so far, in milliseconds. */
export async function processorMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The memory of a process that is not swapped, in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
}

/** Milliseconds by a clock that all processes of this machine share. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now();
}
