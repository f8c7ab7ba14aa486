import type { Implementation } from './implementation.js';
import type { ReleasePolicy } from './service.js';
import type { RuntimeSettings } from './runtime-configuration.js';

/** What readers of the catalogue are told of a version (the source on service versions). */
export type VersionState = 'PUBLISHED' | 'DEPRECATED' | 'UNPUBLISHED';

/** Whether a version is reachable now, or was before. */
export type VersionStage = 'LIVE' | 'HISTORY';

/** A version of a service in the one runtime group that it belongs to for ever. */
export interface ServiceVersion {
  readonly id: string;
  readonly serviceId: string;
  readonly runtimeGroupId: string;
  readonly number: string;
  readonly implementation: Implementation;
  readonly digest: Buffer;
  readonly stage: VersionStage;
  readonly state: VersionState;
  readonly deprecation: Deprecation | null;
  /** What is new in it, for people. */
  readonly notes: string;
  /** Of a version that was live: what it ran with when it ceased to be. */
  readonly lastRuntimeConfiguration: RuntimeSettings | null;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  /** Counts its changes. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Told to those who use a version that will go. */
export interface Deprecation {
  /** Since when it should not be used any more, in ISO 8601. */
  readonly date: string;
  /** When it is expected to cease, in ISO 8601. */
  readonly sunset: string | null;
  /** The version to use instead. */
  readonly successorId: string | null;
  readonly message: string;
}

/** How people speak of a version. */
export function titleOf(service: { readonly name: string }, number: string): string {
  return `version ${number} of service ${service.name}`;
}

/** True if there is at most one live version of the service in each group, and what is published is sealed. */
export function isOneLive({ releasePolicy }: { readonly releasePolicy: ReleasePolicy }): boolean {
  return releasePolicy === 'ONE_LIVE';
}
