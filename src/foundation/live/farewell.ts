import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { closeSocket } from './connection.js';

/** So many are closed at once without harm; all at once, they would all come back at once. */
const smallestSlice = 50;
const mostSlices = 20;

/** How sockets are closed: with which code, and why. */
export interface Parting {
  readonly code: number;
  readonly reason: string;
}

/** Closes sockets: in slices of equal size over `spreadMs`, or at once if they are few. */
export async function farewell(
  sockets: readonly WebSocket[],
  spreadMs: number,
  { code, reason }: Parting,
): Promise<void> {
  const size = Math.max(smallestSlice, Math.ceil(sockets.length / mostSlices));
  for (let start = 0; start < sockets.length; start += size) {
    if (start > 0) await pause(spreadMs / mostSlices);
    for (const socket of sockets.slice(start, start + size)) {
      closeSocket(socket, code, reason);
    }
  }
}

/** Resolves when something holds, or after `limitMs`. */
export async function until(holds: () => boolean, limitMs: number): Promise<void> {
  for (let waitedMs = 0; !holds() && waitedMs < limitMs; waitedMs += lookMs) await pause(lookMs);
}

const lookMs = 10;
