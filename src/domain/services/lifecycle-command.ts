import type { Action, Actor, Command, CommandContext, NewEvent } from '../../foundation/commands/command.js';
import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import { applyChanges, changeOf, groupScope, type Change, type Warning } from '../gateway-config/index.js';
import { agreementTo } from './approvals/agreement.js';
import type { LifecycleName } from './approvals/approval-needs.js';
import { changesToDeploy, changesToWithdraw, type Deployment, type Withdrawal } from './deploy.js';
import { keepFindings, lookUp, type AskedTarget, type Finding } from './found-targets.js';
import { entryOf, servicesStream } from './service-events.js';
import { routesOverlap } from './services.refusals.js';

/** What a write to what is live in a group did. */
export interface Effect {
  readonly result: JsonObject;
  /** What is told of services and versions. */
  readonly story: readonly NewEvent[];
  /** What is to be live, exactly so. */
  readonly deployments: readonly Deployment[];
  /** What is to be live no more. */
  readonly withdrawals?: readonly Withdrawal[];
}

/** What every such write can be asked for. */
export interface LifecycleOptions {
  /** Do it although routes get in the way of those of others, or these in theirs. */
  readonly allowOverlaps?: boolean;
}

/** A write to what is live of services in one group. */
export interface LifecycleCommand<Input> {
  readonly name: LifecycleName;
  readonly action: Action;
  /** The group that it is about, if that is there for the actor. */
  group(reader: Reader, input: Input, actor: Actor): Promise<string>;
  /** What the caller decided by, as it is before anything is locked. */
  see?(reader: Reader, input: Input, actor: Actor): Promise<Json>;
  /** The targets in the input: what is to be found by a service registry is looked up before anything is locked. */
  targets?(input: Input): readonly AskedTarget[];
  run(tx: Transaction, input: Input, context: LifecycleContext): Promise<Effect>;
}

export interface LifecycleContext extends CommandContext {
  readonly groupId: string;
}

/** What registries know of the targets in an input, where there are any. */
interface Found {
  readonly findings?: readonly Finding[];
}

export type LifecycleWrite<Input> = Command<Input & LifecycleOptions, Json, Input & LifecycleOptions & Found>;

/**
 * The one form of such a write: one revision of the group's configuration and one of the organization's services, in one
 * transaction. All of an organization's come one after the other, so that what is read of services cannot change.
 */
export function lifecycleCommand<Input>(definition: LifecycleCommand<Input>): LifecycleWrite<Input> {
  return {
    name: definition.name,
    action: definition.action,
    scope: async (reader, input, actor) => {
      const group = await definition.group(reader, input, actor);
      const scope = await groupScope(group, actor, reader);
      const seen = (await definition.see?.(reader, input, actor)) ?? null;
      return { ...scope, journal: servicesStream(actor), seen };
    },
    prepares: (input) => (definition.targets?.(input) ?? []).some(({ target }) => target.is === 'registry'),
    prepare: async (input, means) => {
      const targets = definition.targets?.(input) ?? [];
      return { ...input, findings: await lookUp(targets, means.resource.runtimeGroupId as string, means) };
    },
    run: async (tx, input, context) => {
      const groupId = context.scope.resource.runtimeGroupId as string;
      await keepFindings(tx, groupId, input.findings ?? []);
      const { result, story, ...effect } = await definition.run(tx, input, { ...context, groupId });
      const changes = await changesOf(tx, effect, context.secrets);
      const { events, stateHash, warnings } = await applyChanges(tx, {
        ...{ groupId, changes, cascade: false },
        head: context.head,
        secrets: context.secrets,
      });
      if (input.allowOverlaps !== true) refuseOverlaps(warnings, changes);
      const journal = entryOf(context.journalHead, story);
      const written = { name: definition.name, changes, events, story };
      const { approval, ...confirm } = await agreementTo(tx, written, { ...context, groupId });
      const told = {
        ...result,
        changes: events.map(changeOf) as unknown as Json,
        warnings: warnings as unknown as Json,
        approval: approval as unknown as Json,
      };
      return { result: told, events, stateHash, journal, plan: told.warnings, ...confirm };
    },
  };
}

/** What becomes of the group's configuration. */
async function changesOf(
  tx: Transaction,
  { deployments, withdrawals = [] }: Pick<Effect, 'deployments' | 'withdrawals'>,
  secrets: Keyring,
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const withdrawal of withdrawals) changes.push(...(await changesToWithdraw(tx, withdrawal)));
  return [...changes, ...(await changesToDeploy(tx, deployments, secrets))];
}

/** Routes of one service that get in the way of another's are rather a mistake; among its own, they are its own affair. */
function refuseOverlaps(warnings: readonly Warning[], changes: readonly Change[]): void {
  const own = new Set(changes.map(({ id }) => id));
  const overlaps = warnings.filter(({ entityIds }) => entityIds.some((id) => !own.has(id)));
  refuseAny(overlaps.map(({ message }) => routesOverlap.problem({ message }, ['allowOverlaps'])));
}
