import type { Problem } from '../../foundation/kernel/refusal.js';
import { labelProblems, type GivenLabels, type Labels } from '../runtime-groups/index.js';
import type { Implementation } from './implementation.js';
import { serviceNameInvalid, textTooLong } from './services.refusals.js';

/**
 * How versions of a service come about (the sources on service versions and on publishing). `SIDE_BY_SIDE`: each version is
 * made and edited in its group, and many are live there. `ONE_LIVE`: the service's one template is published under a number;
 * what was published is sealed, and in each group at most one version is live.
 */
export type ReleasePolicy = 'SIDE_BY_SIDE' | 'ONE_LIVE';

/** An application or a service outside, with all its APIs: what people think of, where gateways think of entities. */
export interface Service {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly description: string;
  readonly labels: Labels;
  readonly releasePolicy: ReleasePolicy;
  /** The draft of what is published next; only services with one live version have one. */
  readonly template: Template | null;
  /** Counts the changes of its own properties. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The draft of a service. It is reachable nowhere, and has no number. */
export interface Template {
  readonly implementation: Implementation;
  readonly digest: Buffer;
  /** Counts its changes. */
  readonly version: number;
}

/** The longest name: it is the beginning of the names of gateway entities. */
const maxName = 60;
const maxDescription = 2048;

/** What is wrong with the properties that a service would have. */
export function serviceProblems(service: {
  readonly name: string;
  readonly description: string;
  readonly labels: GivenLabels;
}): Problem[] {
  const problems: Problem[] = [];
  const { name, description } = service;
  if (name.length > maxName || !/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) {
    problems.push(serviceNameInvalid.problem({ name: name.slice(0, maxName), maxName }, ['name']));
  }
  if (!isText(description, maxDescription)) {
    problems.push(textTooLong.problem({ max: maxDescription }, ['description']));
  }
  return [...problems, ...labelProblems(service.labels)];
}

/** True for text of at most this length without control characters other than line breaks and tabs. */
export function isText(text: string, max: number): boolean {
  return text.length <= max && !/(?![\t\n\r])\p{Cc}|\p{Cs}/u.test(text);
}
