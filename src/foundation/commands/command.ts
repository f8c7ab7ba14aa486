import type { Reader, Transaction } from '../postgres/database.js';
import type { Json, JsonObject } from '../kernel/json.js';
import type { Keyring } from '../secrets/keyring.js';
import type { Outbound } from '../outbound/outbound.js';

/** All of an actor that access is decided by, and that what it reads is narrowed by. */
export interface Rights {
  readonly role: 'ADMIN' | 'VIEWER' | 'INSTANCE';
  readonly organizationId: string;
  /** Set when the token is good for one runtime group only. */
  readonly runtimeGroupId: string | null;
  /** Set for an instance's own token. */
  readonly runtimeInstanceId: string | null;
}

/** Who asks: a token, with the one role that it carries. */
export interface Actor extends Rights {
  readonly tokenId: string;
  readonly name: string;
  readonly expiresAt: Date | null;
}

/** What a right is asked for. A resource without a runtime group belongs to the organization as a whole. */
export interface Resource {
  readonly organizationId: string;
  readonly runtimeGroupId: string | null;
  readonly runtimeInstanceId?: string;
}

/** A right, as `scope:verb`. */
export type Action = `${string}:${string}`;

/** What streams are about. The one list. */
export const topics = ['config', 'status', 'services', 'organization', 'changes'] as const;

/**
 * A log of its own: the configuration of a group, the status of its instances, the life of an organization's services,
 * what else happens in an organization; or all of these, in the order in which they were noticed.
 */
export interface StreamKey {
  readonly topic: (typeof topics)[number];
  readonly scopeId: string;
}

/** Where others are to look: at a stream, or at the facts that the statuses of a group's instances are derived from. */
export interface Hint {
  readonly topic: StreamKey['topic'] | 'instances';
  readonly scopeId: string;
}

/** Where a stream stands: how many revisions it has, and what they add up to. */
export interface StreamHead {
  readonly revision: number;
  /** The hash chain over all revisions, up to this one. */
  readonly hash: Buffer;
  /** The hash of the state that they lead to. */
  readonly stateHash: Buffer;
}

/** One thing that happened to one subject: what it was before, what it is after. */
export interface NewEvent {
  /** What happened, in the past tense: `route.created`. */
  readonly type: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly operation: 'CREATED' | 'UPDATED' | 'DELETED';
  readonly before: Json;
  readonly after: Json;
}

/** What becomes one revision of a stream, and the state that it leads to. */
export interface Entry {
  readonly events: readonly NewEvent[];
  readonly stateHash: Buffer;
}

/** What a command did: its answer, and the events that become one revision of its stream. No events, no revision. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly events: readonly NewEvent[];
  /** The new hash of the stream's state, where the stream keeps one. */
  readonly stateHash?: Buffer;
  /** What becomes one revision of the journal, where the scope names one. */
  readonly journal?: Entry;
  /** What else, besides the events, whoever saw the plan relied on. */
  readonly plan?: Json;
  /**
   * Asked before it is kept, with the token of its plan: may refuse, and answers the journal's entry as it is to be written.
   * A dry run does not ask, so that plans can be seen before others have agreed to them.
   */
  readonly confirm?: (planToken: string) => Promise<Entry>;
  /** The earlier revision whose state this one brings back, if it does. */
  readonly restoredRevision?: number;
  /** Where others should look because of this, beside the command's own stream. */
  readonly wakes?: readonly Hint[];
}

/** What a command needs to know before it may run. */
export interface Scope {
  readonly resource: Resource;
  /**
   * The log that the command writes to. Commands on one stream run one after the other. Null for what is no event (an
   * instance's report): such a command locks nothing, and may have no events.
   */
  readonly stream: StreamKey | null;
  /**
   * A second log that the command writes to in the same transaction: the story, where the stream is the effect. Locked before
   * the stream, by all commands that have both, so that no two wait for each other.
   */
  readonly journal?: StreamKey;
  /** What the command saw before anything was locked, for it to notice in `run` that somebody else was faster. */
  readonly seen?: Json;
}

/**
 * A write that the product offers, as a value. It can neither authorize, nor open a transaction, nor append: it is not
 * handed the means. `execute` does these three, for every command alike.
 */
export interface Command<Input, Result extends Json | JsonObject, Prepared = Input> {
  /** Stable; part of the idempotency record and of the history: `gateway-config.write`. */
  readonly name: string;
  readonly action: Action;
  /** Inputs that differ between a call and its retry (a new secret); a repeated key is not compared by them. */
  readonly fresh?: readonly (keyof Input)[];
  /** Finds what the right is asked for. Refuses what does not exist for this actor. */
  scope(reader: Reader, input: Input, actor: Actor): Promise<Scope>;
  /**
   * Does the work that needs no lock (reading a large document, asking another server), so that nobody waits for it; `run`
   * gets what it answers in the place of the input. May refuse. Only those who have the right get this far. What it reads
   * may have changed until `run`.
   */
  prepare?(input: Input, means: Means): Prepared | Promise<Prepared>;
  /** False for an input that `run` takes as it is. Without it, all are prepared. */
  prepares?(input: Input): boolean;
  /** Runs while the stream is locked: what it reads of the stream's state cannot change before the commit. */
  run(tx: Transaction, input: Prepared, context: CommandContext): Promise<Outcome<Result>>;
}

/** What a command has before anything is locked. */
export interface Means {
  readonly actor: Actor;
  /** What the write is about, as far as it is known by then. */
  readonly resource: Resource;
  readonly reader: Reader;
  readonly outbound: Outbound;
  /** Opens the secrets that it takes. */
  readonly secrets: Keyring;
}

export interface CommandContext {
  readonly actor: Actor;
  readonly scope: Scope;
  /** The stream as it stands before this command. */
  readonly head: StreamHead;
  /** The journal as it stands before this command, where the scope names one. */
  readonly journalHead: StreamHead;
  /** Seals the secrets that the command stores. */
  readonly secrets: Keyring;
}

/** What any write may be asked for. */
export interface ExecuteOptions {
  /** A retry with the same key answers what the first call answered, and does nothing again. */
  readonly idempotencyKey?: string | undefined;
  /** Why it is done, for those who read the history. */
  readonly reason?: string | undefined;
  /** Refuse unless the stream is at this revision. */
  readonly expectedRevision?: number | undefined;
  /** Do everything but keep it. */
  readonly dryRun?: boolean | undefined;
  /** Of a dry run: also refuse what others have not agreed to, as the write itself would. */
  readonly rehearsal?: boolean | undefined;
  /** Refuse unless the write would do exactly what a dry run with this token in its answer would have done. */
  readonly planToken?: string | undefined;
}

/** The answer to a write: the command's result, and the stream's revision after it. */
export interface Executed<Result> {
  readonly result: Result;
  /** The revision that this write produced, or the one that the stream was at if there was nothing to change. */
  readonly revision: number;
  /** False when nothing changed, or when it was a dry run. */
  readonly committed: boolean;
  /** Of a dry run: stands for all that the write would do, for `ExecuteOptions.planToken`. */
  readonly planToken?: string;
}

/** A read that the product offers, as a value. */
export interface Query<Input, Result> {
  readonly name: string;
  readonly action: Action;
  scope(reader: Reader, input: Input, actor: Actor): Promise<Resource>;
  run(reader: Reader, input: Input, context: QueryContext): Promise<Result>;
}

export interface QueryContext {
  readonly actor: Actor;
  readonly visibility: Visibility;
  /** Opens secrets, for those few queries whose right it is. */
  readonly secrets: Keyring;
}

/** Which rows an actor may see. Every store read that can return many takes one. */
export interface Visibility {
  readonly organizationId: string;
  /** Null: all groups of the organization. */
  readonly runtimeGroupId: string | null;
}
