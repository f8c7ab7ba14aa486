import type { Client } from './client.js';
import { AppliedDocument, type AppliedSubscription, type RequiredInstances } from './generated.js';
import type { Delivered, StreamOptions } from './stream.js';

/** How far a revision has come. */
export type AppliedStatus = Delivered<AppliedSubscription['applied']>;

/** What is waited for: that a revision of a group runs on the instances that have to run it. */
export interface Barrier {
  readonly runtimeGroupId: string;
  readonly revision: number;
  readonly required: RequiredInstances;
}

export interface WaitOptions extends Pick<StreamOptions, 'onEvent'> {
  readonly timeoutMs: number;
  /** Ends the waiting early. */
  readonly signal: AbortSignal;
  /** True: it is well if no instance counts. False: one is waited for. */
  readonly allowEmpty: boolean;
  /** True: a refusal by an instance is waited out, as a later revision may mend it. False: it ends the waiting. */
  readonly keepWaiting: boolean;
  /** Called with the state as it stands, and after each change. */
  readonly onStatus?: (status: AppliedStatus) => void;
}

/** How the waiting ended: `EVERYWHERE` and, where that is allowed, `EMPTY` are well. */
export type Outcome = 'EVERYWHERE' | 'EMPTY' | 'REJECTED' | 'TIMED_OUT' | 'LEFT';

/** The outcome with what was known last; nothing if the server could not be asked at all. */
export interface Waited {
  readonly outcome: Outcome;
  readonly status: AppliedStatus | undefined;
}

/** Waits until a revision is everywhere, over as many connections as it takes. Throws if the server refuses the question. */
export async function waitApplied(client: Client, barrier: Barrier, options: WaitOptions): Promise<Waited> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), options.timeoutMs);
  const signal = AbortSignal.any([timeout.signal, options.signal]);
  const { onEvent } = options;
  let status: AppliedStatus | undefined;
  try {
    for await (status of client.stream(AppliedDocument, barrier, { signal, ...(onEvent && { onEvent }) })) {
      options.onStatus?.(status);
      const outcome = outcomeOf(status, options);
      if (outcome) return { outcome, status };
    }
    return { outcome: timeout.signal.aborted ? 'TIMED_OUT' : 'LEFT', status };
  } finally {
    clearTimeout(timer);
  }
}

/** How the waiting ends with this state, if it does. */
function outcomeOf(status: AppliedStatus, options: WaitOptions): Outcome | undefined {
  if (status.everywhere) return 'EVERYWHERE';
  if (status.totalCount === 0 && options.allowEmpty) return 'EMPTY';
  const isRejected = status.missingByReason.some(({ syncReason }) => syncReason === 'REJECTED');
  return isRejected && !options.keepWaiting ? 'REJECTED' : undefined;
}
