import type { ServiceVersion, VersionStage, VersionState } from './version.js';

/** A state machine as a table: what each step leads to from each state, or why it does not. */
export type Machine<Step extends string, State extends string> = Readonly<
  Record<Step, Readonly<Record<State, { readonly to: State } | { readonly why: string }>>>
>;

/** What can be done to what readers of the catalogue are told of a version. */
export type StateStep = 'DEPRECATE' | 'UNPUBLISH' | 'REPUBLISH';

/** What readers of the catalogue are told of a version. */
export const stateMachine: Machine<StateStep, VersionState> = {
  DEPRECATE: {
    PUBLISHED: { to: 'DEPRECATED' },
    // With another date, successor or message.
    DEPRECATED: { to: 'DEPRECATED' },
    UNPUBLISHED: { why: 'It is unpublished: nobody new can find it. Publish it again first.' },
  },
  UNPUBLISH: {
    PUBLISHED: { to: 'UNPUBLISHED' },
    DEPRECATED: { to: 'UNPUBLISHED' },
    UNPUBLISHED: { why: 'It is unpublished already.' },
  },
  REPUBLISH: {
    PUBLISHED: { why: 'It is published already.' },
    DEPRECATED: { to: 'PUBLISHED' },
    UNPUBLISHED: { to: 'PUBLISHED' },
  },
};

export type StageStep = 'SUPERSEDE' | 'ROLL_BACK';

/** Whether a version of a service with one live version is reachable. */
export const stageMachine: Machine<StageStep, VersionStage> = {
  SUPERSEDE: {
    LIVE: { to: 'HISTORY' },
    HISTORY: { why: 'Another version is live already.' },
  },
  ROLL_BACK: {
    LIVE: { why: 'It is live already.' },
    HISTORY: { to: 'LIVE' },
  },
};

export type CanaryState = 'NONE' | 'RUNNING';
export type CanaryStep = 'START' | 'SHIFT' | 'PROMOTE' | 'ABORT';

const noCanary = { why: 'No canary is running. Start one first.' };

/** Whether a part of the requests goes to a second target. */
export const canaryMachine: Machine<CanaryStep, CanaryState> = {
  START: {
    NONE: { to: 'RUNNING' },
    RUNNING: { why: 'A canary is running. Promote or abort it first.' },
  },
  SHIFT: { NONE: noCanary, RUNNING: { to: 'RUNNING' } },
  PROMOTE: { NONE: noCanary, RUNNING: { to: 'NONE' } },
  ABORT: { NONE: noCanary, RUNNING: { to: 'NONE' } },
};

/** A step, with what it leads to, or with why it is refused. */
export interface Considered<Step extends string, State extends string> {
  readonly step: Step;
  readonly to: State | null;
  readonly why: string | null;
}

/** What a step would do in a state. */
export function consider<Step extends string, State extends string>(
  machine: Pick<Machine<Step, State>, Step>,
  step: Step,
  state: State,
): Considered<Step, State> {
  const next = machine[step][state];
  return 'to' in next ? { step, to: next.to, why: null } : { step, to: null, why: next.why };
}

/** What a step would do to a version that readers see; history is read-only. */
export function considerState(
  step: StateStep,
  { stage, state }: Pick<ServiceVersion, 'stage' | 'state'>,
): Considered<StateStep, VersionState> {
  if (stage === 'LIVE') return consider(stateMachine, step, state);
  return { step, to: null, why: 'It is history, which is read-only. Roll back to it first.' };
}

/** Every step that concerns a version, with what it would do to it. */
export function considerAll(
  version: Pick<ServiceVersion, 'stage' | 'state'>,
  { oneLive }: { readonly oneLive: boolean },
): Considered<StateStep | 'ROLL_BACK', VersionState | VersionStage>[] {
  const states = (Object.keys(stateMachine) as StateStep[]).map((step) => considerState(step, version));
  if (!oneLive) return states;
  return [...states, consider<'ROLL_BACK', VersionStage>(stageMachine, 'ROLL_BACK', version.stage)];
}
