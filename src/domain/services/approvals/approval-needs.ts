/** When a write needs approvals, in a group that asks for some. */
export type ApprovalNeed = 'ALWAYS' | 'IF_LIVE_CHANGES' | 'NEVER';

interface Need {
  readonly mutation: string | null;
  readonly need: ApprovalNeed;
  readonly why: string;
}

/** Every write to what is live, and whether others are to agree to it. */
export const approvalNeeds = {
  'services.publish': need('publishServiceVersion', 'ALWAYS', 'It puts a version live.'),
  'services.promote': need('promoteServiceVersion', 'ALWAYS', 'It puts a version live.'),
  'services.roll-back': need('rollbackService', 'ALWAYS', 'It puts a version live.'),
  'services.create-version': need('createServiceVersion', 'ALWAYS', 'It puts a version live.'),
  'services.update-version': need(
    'updateServiceVersion',
    'IF_LIVE_CHANGES',
    'It changes what a live version does; notes alone concern nobody else.',
  ),
  'services.delete-version': need(
    'deleteServiceVersion',
    'IF_LIVE_CHANGES',
    'By force it takes a live version away; history concerns nobody else.',
  ),
  'services.update-runtime-configuration': need(
    'updateRuntimeConfiguration',
    'IF_LIVE_CHANGES',
    'It sends requests elsewhere.',
  ),
  'services.start-canary': need('startCanary', 'IF_LIVE_CHANGES', 'It sends requests elsewhere.'),
  'services.promote-canary': need(
    'promoteCanary',
    'IF_LIVE_CHANGES',
    'It sends all requests elsewhere, for good.',
  ),
  'services.shift-canary': need(
    'shiftCanary',
    'NEVER',
    'The target was approved; how much goes there must be quick to change.',
  ),
  'services.abort-canary': need('abortCanary', 'NEVER', 'It goes back to what was approved.'),
  'services.deprecate': need(
    'deprecateServiceVersion',
    'NEVER',
    'It tells people something; requests are answered as before.',
  ),
  'services.unpublish': need(
    'unpublishServiceVersion',
    'NEVER',
    'It tells people something; requests are answered as before.',
  ),
  'services.republish': need(
    'republishServiceVersion',
    'NEVER',
    'It tells people something; requests are answered as before.',
  ),
  'services.apply-found-nodes': need(
    null,
    'NEVER',
    'What service registries find is followed: it was approved to be looked up there.',
  ),
} as const;

/** The name of a write to what is live. */
export type LifecycleName = keyof typeof approvalNeeds;

/** True if a write that does this needs approvals, in a group that asks for some. */
export function needsApproval(
  name: LifecycleName,
  does: { readonly changesLive: boolean; readonly tells: boolean },
): boolean {
  const whether: Readonly<Record<ApprovalNeed, boolean>> = {
    ALWAYS: does.changesLive || does.tells,
    IF_LIVE_CHANGES: does.changesLive,
    NEVER: false,
  };
  return whether[approvalNeeds[name].need];
}

function need(mutation: string | null, when: ApprovalNeed, why: string): Need {
  return { mutation, need: when, why };
}
