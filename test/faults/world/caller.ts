import { setTimeout as pause } from 'node:timers/promises';
import { adminToken } from '../../kit/control-plane.js';
import { makeClient, problemsOf, type Answer, type Variables } from '../../kit/client.js';

const attemptMs = 8_000;
const patienceMs = 120_000;

/** What came of a write in the end. */
export interface Outcome {
  readonly is: 'done' | 'refused';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly problem: string;
  /** How often it was tried: more than once if what came of it was not known. */
  readonly attempts: number;
}

/** Calls through the front, as a good client does: what is not known to be done is repeated with the same key. */
export class Caller {
  /** Answers that say that the server itself is wrong. */
  readonly defects: string[] = [];

  constructor(private readonly origin: string) {}

  /** Writes until it is known what came of it. */
  async write(mutation: string, input: Variables, selection = ''): Promise<Outcome> {
    const began = performance.now();
    for (let attempts = 1; ; attempts += 1) {
      const answer = await this.attempt(mutation, input, selection);
      const outcome = answer && this.outcomeOf(answer, mutation);
      if (outcome) return { ...outcome, attempts };
      if (performance.now() - began > patienceMs)
        throw new Error(`${mutation} had no answer within ${patienceMs / 1000} s: ${JSON.stringify(answer)}`);
      await pause(100 + Math.min(1_000, 100 * attempts));
    }
  }

  /** Writes what cannot be refused. */
  async make<Payload>(mutation: string, input: Variables, selection: string): Promise<Payload> {
    const { is, payload, problem } = await this.write(mutation, input, selection);
    if (is === 'done') return payload as Payload;
    throw new Error(`${mutation} was refused: ${problem}`);
  }

  /** Asks until there is an answer. */
  async ask<Data>(query: string, variables: Variables = {}): Promise<Data> {
    const client = makeClient(this.origin, adminToken, attemptMs);
    const began = performance.now();
    for (;;) {
      const answer = await client.send(query, variables).catch(() => undefined);
      if (answer?.data && !answer.errors) return answer.data as Data;
      if (performance.now() - began > patienceMs)
        throw new Error(`A question had no answer within ${patienceMs / 1000} s: ${JSON.stringify(answer)}`);
      await pause(300);
    }
  }

  private attempt(mutation: string, input: Variables, selection: string): Promise<Answer | undefined> {
    const client = makeClient(this.origin, adminToken, attemptMs);
    return client.attempt(mutation, input, selection).catch(() => undefined);
  }

  /** Nothing, if it may or may not have been done. */
  private outcomeOf(answer: Answer, mutation: string): Omit<Outcome, 'attempts'> | undefined {
    const [error] = answer.errors ?? [];
    if (error?.extensions.code === 'INTERNAL_SERVER_ERROR')
      this.defects.push(`${mutation}: ${error.message}`);
    if (error && (error.extensions.retryable ?? error.extensions.code === 'INTERNAL_SERVER_ERROR'))
      return undefined;
    const [problem] = problemsOf(answer);
    if (problem) return { is: 'refused', payload: {}, problem: `${problem.code}: ${problem.message}` };
    const payload = (answer.data as Record<string, Record<string, unknown>> | null | undefined)?.[mutation];
    return payload && { is: 'done', payload, problem: '' };
  }
}
