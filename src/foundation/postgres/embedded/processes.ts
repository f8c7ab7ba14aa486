import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const hasProc = existsSync('/proc/self/stat');

/**
 * A mark of when the process with this id was started: the same for as long as it runs, another one for a later
 * process that was given the same id. Undefined when no such process runs; a zombie does not run.
 */
export function startMark(pid: number): string | undefined {
  return hasProc ? startMarkFromProc(pid) : startMarkFromPs(pid);
}

/** The program and arguments of a running process, separated by spaces; undefined when it does not run or is hidden. */
export function commandOf(pid: number): string | undefined {
  const command = hasProc ? read(`/proc/${String(pid)}/cmdline`)?.replaceAll('\0', ' ') : ps(pid, 'command=');
  return command === '' ? undefined : command;
}

function startMarkFromProc(pid: number): string | undefined {
  const stat = read(`/proc/${String(pid)}/stat`);
  // The second field is the program's name in parentheses, and may itself contain spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? undefined : fields[19];
}

function startMarkFromPs(pid: number): string | undefined {
  const line = ps(pid, 'state=,lstart=');
  if (line === undefined || line.startsWith('Z')) return undefined;
  return line.replace(/^\S+/, '').replace(/[^0-9A-Za-z]/g, '');
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid: number, columns: string): string | undefined {
  try {
    const options = { encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, stdio: 'pipe' } as const;
    return execFileSync('ps', ['-ww', '-o', columns, '-p', String(pid)], options).trim();
  } catch {
    return undefined;
  }
}
