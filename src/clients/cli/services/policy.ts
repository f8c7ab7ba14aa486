import type { ReleasePolicy } from '../../sdk/generated.js';

/** Release policies as the command line names them. */
export const policies = ['one-live', 'side-by-side'] as const;

/** A policy as the command line names it. */
export function policyText(policy: ReleasePolicy): string {
  return policy === 'ONE_LIVE' ? 'one-live' : 'side-by-side';
}

/** The policy that the command line names so. */
export function policyNamed(name: (typeof policies)[number]): ReleasePolicy {
  return name === 'one-live' ? 'ONE_LIVE' : 'SIDE_BY_SIDE';
}
