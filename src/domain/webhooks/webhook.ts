import type { Actor } from '../../foundation/commands/command.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import { itself } from '../access/index.js';
import type { ChangeFilter } from '../changes/index.js';
import { webhookAttemptsInvalid, webhookNameInvalid, webhookUrlInvalid } from './webhook.refusals.js';

/** A server that is told of changes. */
export interface Webhook {
  readonly id: string;
  readonly organizationId: string;
  /** Set for one that was made with a token of one group: it is told what that token may see. */
  readonly runtimeGroupId: string | null;
  readonly name: string;
  readonly url: string;
  readonly filter: ChangeFilter;
  /** How often one delivery is tried before the webhook is suspended. */
  readonly maxAttempts: number;
  readonly state: 'ACTIVE' | 'PAUSED' | 'SUSPENDED';
  /** Why it is suspended, in a sentence. */
  readonly stateReason: string | null;
  /** Everything up to here was delivered. */
  readonly cursor: string;
  /** How often the next delivery has failed. */
  readonly failures: number;
  readonly nextAttemptAt: Date | null;
  /** Counts its changes. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Who sees what a webhook is told: an administrator, of the group that it belongs to, or of the organization. */
export function readerOf({ organizationId, runtimeGroupId }: Webhook): Actor {
  return { ...itself(organizationId), runtimeGroupId };
}

/** How often a delivery is tried unless it is said otherwise: over about two hours. */
export const defaultAttempts = 20;
export const mostAttempts = 100;

/** What is wrong with the settings that a webhook would have. */
export function webhookProblems({
  name,
  url,
  maxAttempts,
}: Pick<Webhook, 'name' | 'url' | 'maxAttempts'>): Problem[] {
  const problems: Problem[] = [];
  if (!/^[^\p{Cc}\p{Cs}]{1,100}$/u.test(name)) problems.push(webhookNameInvalid.problem({}, ['name']));
  if (!receiverAt(url)) problems.push(webhookUrlInvalid.problem({ url: url.slice(0, 200) }, ['url']));
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || maxAttempts > mostAttempts)
    problems.push(webhookAttemptsInvalid.problem({ most: mostAttempts }, ['maxAttempts']));
  return problems;
}

/** The address as a URL, if it is one that a receiver can have. */
export function receiverAt(text: string): URL | undefined {
  if (text.length > 2_048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username + url.password + url.hash === '' && /^https?:$/.test(url.protocol) ? url : undefined;
}
