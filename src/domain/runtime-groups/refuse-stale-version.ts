import { versionStale } from './runtime-group.refusals.js';

/** Refuses a change to something that is no longer at the version at which the caller has seen it. */
export function refuseStaleVersion(
  { version }: { readonly version: number },
  expected: number | undefined,
): void {
  if (expected !== undefined && expected !== version) {
    throw versionStale({ expected, actual: version }, ['expectedVersion']);
  }
}
