import { isDeepStrictEqual } from 'node:util';
import type { Client, Variables } from './client.js';
import type { LiveClient } from './live-client.js';

/** How far a revision has come, as the API says it. */
export interface AppliedStatus {
  readonly revision: number;
  readonly required: string;
  readonly everywhere: boolean;
  readonly committedAt: string | null;
  readonly everywhereSince: string | null;
  readonly totalCount: number;
  readonly appliedCount: number;
  readonly missingCount: number;
  readonly missingByReason: readonly { readonly syncReason: string; readonly count: number }[];
  readonly missing: readonly Missing[];
}

interface Missing {
  readonly hostname: string;
  readonly appliedRevision: number | null;
  readonly syncReason: string;
  readonly syncMessage: string;
  readonly since: string;
}

/** The arguments of `applied`. */
export interface Asked {
  readonly runtimeGroupId: string;
  readonly revision: number;
  readonly required?: string;
}

const status = `revision required everywhere committedAt everywhereSince totalCount appliedCount missingCount
  missingByReason { syncReason count }
  missing(first: 200) { hostname appliedRevision syncReason syncMessage since }`;

const definitions = '($runtimeGroupId: ID!, $revision: Int!, $required: RequiredInstances! = PRESENT)';
const passed = '(runtimeGroupId: $runtimeGroupId, revision: $revision, required: $required)';

/** The query, for those who want to see how it is refused. */
export const appliedQuery = `query ${definitions} { applied${passed} { ${status} } }`;

/** Asks once. Fails if it is refused. */
export async function askApplied(client: Client, asked: Asked): Promise<AppliedStatus> {
  const { applied } = await client.gql<{ applied: AppliedStatus }>(
    appliedQuery,
    asked as unknown as Variables,
  );
  const broken = brokenPromise([applied], false);
  if (broken) throw new Error(`${broken}: ${JSON.stringify(applied, null, 2)}`);
  return applied;
}

type Told =
  | ({ readonly __typename: 'AppliedStatus' } & AppliedStatus)
  | { readonly __typename: 'Goodbye'; readonly cause: string };

/** Somebody who waits for a revision: keeps all that it is told. */
export class BarrierWatcher {
  readonly states: AppliedStatus[] = [];
  /** Why the server said goodbye, if it did. */
  goodbye: string | undefined;
  private readonly messages: ReturnType<LiveClient['iterate']>;

  constructor(socket: LiveClient, asked: Asked) {
    const query = `subscription ${definitions} {
      message: applied${passed} { __typename ... on AppliedStatus { ${status} } ... on Goodbye { cause } }
    }`;
    this.messages = socket.iterate(query, asked as unknown as Variables);
  }

  /** The next state. Fails with what the server says if it refuses, or if the stream ends. */
  async next(): Promise<AppliedStatus> {
    const state = await this.read();
    if (!state) throw new Error('The stream ended.');
    return state;
  }

  /** Reads on until a state is as it should be. */
  async until(holds: (state: AppliedStatus) => boolean): Promise<AppliedStatus> {
    for (;;) {
      const state = await this.next();
      if (holds(state)) return state;
    }
  }

  /** Reads on to the end, which the server is to bring about, and checks all that the barrier promises. */
  async completed(): Promise<readonly AppliedStatus[]> {
    while (await this.read());
    this.check(true);
    return this.states;
  }

  /** Leaves, and checks all that the barrier promises. */
  async leave(): Promise<void> {
    await this.messages.return?.();
    this.check(false);
  }

  private async read(): Promise<AppliedStatus | undefined> {
    for (;;) {
      const { done, value } = await this.messages.next();
      if (done) return undefined;
      const { message } = value.data as { readonly message: Told };
      if (message.__typename === 'Goodbye') this.goodbye = message.cause;
      else this.states.push(message);
      if (message.__typename === 'AppliedStatus') return message;
    }
  }

  private check(isComplete: boolean): void {
    const broken = brokenPromise(this.states, isComplete && this.goodbye === undefined);
    if (broken) throw new Error(`${broken}: ${JSON.stringify(this.states, null, 2)}`);
  }
}

/** The first promise of the barrier that these states break, if there is one. */
function brokenPromise(states: readonly AppliedStatus[], isComplete: boolean): string | undefined {
  const last = states.at(-1);
  const promises: [string, boolean][] = [
    ['Counts add up', states.every(addsUp)],
    ['Everywhere is: some count, and none is missing', states.every(saysEverywhere)],
    [
      'Each state differs from the one before',
      states.every((each, at) => !isDeepStrictEqual(each, states[at - 1])),
    ],
    ['Nothing comes after everywhere', states.slice(0, -1).every(({ everywhere }) => !everywhere)],
    ['The stream completes when it is everywhere, and not before', !isComplete || last?.everywhere === true],
  ];
  return promises.find(([, holds]) => !holds)?.[0];
}

function addsUp({
  totalCount,
  appliedCount,
  missingCount,
  missingByReason,
  missing,
}: AppliedStatus): boolean {
  const reasons = missingByReason.reduce((sum, { count }) => sum + count, 0);
  const isNamed = missing.length === Math.min(missingCount, 200);
  return appliedCount + missingCount === totalCount && reasons === missingCount && isNamed;
}

function saysEverywhere({ everywhere, totalCount, missingCount, everywhereSince }: AppliedStatus): boolean {
  return everywhere === (totalCount > 0 && missingCount === 0) && everywhere === (everywhereSince !== null);
}
