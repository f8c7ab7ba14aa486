import { StartupError } from '../foundation/kernel/startup-error.js';

/** Ends a program that cannot go on: in a sentence where the reason is known, with the stack where it is a defect. */
export function fail(error: unknown): void {
  process.stderr.write(error instanceof StartupError ? explained(error) : `${stackOf(error)}\n`);
  process.exitCode = 1;
}

function explained({ message, hint }: StartupError): string {
  return hint === undefined ? `${message}\n` : `${message}\n${hint}\n`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
