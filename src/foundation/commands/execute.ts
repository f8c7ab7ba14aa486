import type { Transaction, Database } from '../postgres/database.js';
import { canonicalJson, type Json, type JsonObject } from '../kernel/json.js';
import type { Outbound } from '../outbound/outbound.js';
import { defineRefusal, Refusal } from '../kernel/refusal.js';
import type { Keyring } from '../secrets/keyring.js';
import { fingerprintsOnly } from '../secrets/sealed-text.js';
import type {
  Action,
  Actor,
  Command,
  Entry,
  ExecuteOptions,
  Executed,
  Hint,
  NewEvent,
  Outcome,
  Resource,
  Scope,
  StreamHead,
  StreamKey,
} from './command.js';

/** What the door needs from the slices behind it. */
export interface ExecutePorts {
  readonly database: Database;
  readonly outbound: Outbound;
  /** The one decision on access. */
  readonly decide: (actor: Actor, action: Action, resource: Resource) => Refusal | undefined;
  /** Holds the stream until the transaction ends; nothing if there is no such stream. */
  readonly lock: (tx: Transaction, stream: StreamKey) => Promise<StreamHead | undefined>;
  /** Appends one revision and answers the new head. */
  readonly append: (tx: Transaction, entry: AppendEntry) => Promise<StreamHead>;
  readonly idempotency: IdempotencyRecord;
  readonly secrets: Keyring;
  /** Says, after the commit, that a stream has moved. */
  readonly wake: (hint: Hint) => void;
}

export interface AppendEntry {
  readonly stream: StreamKey;
  readonly head: StreamHead;
  readonly command: string;
  readonly actor: Actor;
  readonly events: readonly NewEvent[];
  readonly stateHash: Buffer;
  readonly reason: string | null;
  readonly restoredRevision: number | null;
  /** Of the journal: the revision of the command's stream that came of it in the same transaction. */
  readonly effectRevision: number | null;
}

/** Remembers what was answered under a key. */
export interface IdempotencyRecord {
  /** Takes a free key, or gives what is recorded under it. Waits for a transaction that has just taken it. */
  claim(
    tx: Transaction,
    key: IdempotencyKey,
  ): Promise<{ readonly fingerprint: Buffer; readonly answer: Json } | undefined>;
  record(tx: Transaction, key: IdempotencyKey, answer: Json): Promise<void>;
}

export interface IdempotencyKey {
  readonly organizationId: string;
  readonly key: string;
  readonly fingerprint: Buffer;
}

/** Runs a write. There is no other way to write. */
export type Execute = <Input, Result extends Json | JsonObject, Prepared = Input>(
  actor: Actor,
  command: Command<Input, Result, Prepared>,
  input: Input,
  options?: ExecuteOptions,
) => Promise<Executed<Result>>;

const revisionStale = defineRefusal(
  'REVISION_STALE',
  'conflict',
  (facts: { expected: number; actual: number }) =>
    `You expected revision ${facts.expected}, but the group is at revision ${facts.actual}. Read it again, and repeat the change if it still makes sense.`,
);

const keyReused = defineRefusal(
  'IDEMPOTENCY_KEY_REUSED',
  'conflict',
  (facts: { key: string }) =>
    `The idempotency key “${facts.key}” was already used for another write. Use a new key for every new write.`,
);

const keyInvalid = defineRefusal(
  'IDEMPOTENCY_KEY_INVALID',
  'invalid',
  () => 'An idempotency key has 1 to 200 characters, and no control characters.',
);

const planStale = defineRefusal(
  'PLAN_STALE',
  'conflict',
  () =>
    'This write would no longer do what its plan says: something has changed since. Ask for the plan again with dryRun, look at it, and repeat the write with the new token.',
);

const reasonInvalid = defineRefusal(
  'REASON_INVALID',
  'invalid',
  () => `A reason has 1 to ${longestReason} characters, and no control characters.`,
);

const scopeGone = defineRefusal(
  'SCOPE_GONE',
  'missing',
  () => 'What this write is about was deleted a moment ago.',
);

const longestReason = 500;

/**
 * The one door for writes. What a command prepares comes first. Then, in one transaction: the right is decided, a repeated key is answered from the record, the
 * stream is locked, the command runs, and its events become one revision. After the commit the watchers are woken.
 * If anything is refused or fails, nothing has happened.
 */
export function makeExecute(ports: ExecutePorts): Execute {
  return async (actor, command, input, options = {}) => {
    refuseBadReason(options.reason);
    const write = new Write(ports, actor, command, options);
    try {
      const prepared = await write.prepare(input);
      const { executed, wakes } = await ports.database.transaction((tx) => write.run(tx, input, prepared));
      for (const hint of wakes) ports.wake(hint);
      return executed;
    } catch (error) {
      if (error instanceof DryRun) return error.executed as Executed<never>;
      throw error;
    }
  };
}

function refuseBadReason(reason: string | undefined): void {
  if (reason === undefined) return;
  const isFine =
    reason.trim() !== '' && [...reason].length <= longestReason && !/[\p{Cc}\p{Cs}]/u.test(reason);
  if (!isFine) throw reasonInvalid({}, ['reason']);
}

/** Carries the answer of a dry run out of its transaction, which its being thrown rolls back. */
class DryRun extends Error {
  constructor(readonly executed: Executed<unknown>) {
    super('dry run');
  }
}

/** What a command that writes to no stream is given for a head. */
const noHead: StreamHead = { revision: 0, hash: Buffer.alloc(0), stateHash: Buffer.alloc(0) };

/** Equal for outcomes that do the same: whatever else has happened in between, the plan still holds. */
function planTokenOf({ events, journal, plan = null }: Outcome<unknown>, secrets: Keyring): string {
  const told = canonicalJson([events, journal?.events ?? [], plan] as unknown as Json);
  return secrets.mac('plan', fingerprintsOnly(told)).toString('base64url');
}

/** What has not moved wakes nobody: whoever writes because of being woken would never come to rest. */
function wakesOf(
  { stream, journal }: Scope,
  { wakes = [] }: Outcome<unknown>,
  { moved, told }: { readonly moved: boolean; readonly told: boolean },
): readonly Hint[] {
  const own = [moved ? stream : null, told ? journal : null].filter((each) => each != null);
  return [...own, ...wakes];
}

/** What was answered under a key, and what that write was about. */
interface Repeated<Result> {
  readonly resource: Resource | undefined;
  readonly executed: Executed<Result>;
}

/** One write, step by step. */
class Write<Input, Result extends Json | JsonObject, Prepared> {
  constructor(
    private readonly ports: ExecutePorts,
    private readonly actor: Actor,
    private readonly command: Command<Input, Result, Prepared>,
    private readonly options: ExecuteOptions,
  ) {}

  /** The right is decided here, too, so that strangers cannot make anyone work; in the transaction, it is what counts. */
  async prepare(input: Input): Promise<Prepared> {
    const isPrepared = this.command.prepares?.(input) === false;
    // Without this step, the two are the same type by declaration.
    if (!this.command.prepare || isPrepared) return input as unknown as Prepared;
    const { resource } = await this.command.scope(this.ports.database, input, this.actor);
    this.authorize(resource);
    const { database: reader, outbound, secrets } = this.ports;
    return this.command.prepare(input, { actor: this.actor, resource, reader, outbound, secrets });
  }

  async run(
    tx: Transaction,
    input: Input,
    prepared: Prepared,
  ): Promise<{ executed: Executed<Result>; wakes: readonly Hint[] }> {
    const key = this.idempotencyKey(input);
    const scope = await this.scopeOrRepeated(tx, input, key);
    if ('repeated' in scope) return { executed: scope.repeated, wakes: [] };
    const { head, journalHead, outcome } = await this.runLocked(tx, prepared, scope);
    const journal = await this.confirmed(outcome);
    const moved = scope.stream ? await this.append(tx, scope.stream, head, outcome) : head;
    const effectRevision = moved === head ? null : moved.revision;
    const told = await this.tell(tx, scope.journal, journalHead, { ...journal, effectRevision });
    const committed = effectRevision !== null || told;
    const executed = { result: outcome.result, revision: moved.revision, committed };
    if (this.options.dryRun) {
      const planToken = planTokenOf(outcome, this.ports.secrets);
      throw new DryRun({ ...executed, revision: head.revision, committed: false, planToken });
    }
    if (key) await this.ports.idempotency.record(tx, key, { ...executed, resource: { ...scope.resource } });
    return { executed, wakes: wakesOf(scope, outcome, { moved: effectRevision !== null, told }) };
  }

  /**
   * What the write is about, if the actor may write there; or what was answered when it was done before. What a write deletes
   * is not there for its repetition: then the record says what it was about.
   */
  private async scopeOrRepeated(
    tx: Transaction,
    input: Input,
    key: IdempotencyKey | undefined,
  ): Promise<Scope | { readonly repeated: Executed<Result> }> {
    try {
      const scope = await this.command.scope(tx, input, this.actor);
      this.authorize(scope.resource);
      const repeated = key && (await this.repeated(tx, key));
      return repeated ? { repeated: repeated.executed } : scope;
    } catch (error) {
      const isGone = error instanceof Refusal && error.kind === 'missing';
      const repeated = isGone && key ? await this.repeated(tx, key) : undefined;
      if (!repeated?.resource) throw error;
      this.authorize(repeated.resource);
      return { repeated: repeated.executed };
    }
  }

  /** Runs the command while its streams are locked: the journal first, in every command that has one. */
  private async runLocked(
    tx: Transaction,
    prepared: Prepared,
    scope: Scope,
  ): Promise<{ head: StreamHead; journalHead: StreamHead; outcome: Outcome<Result> }> {
    const journalHead = scope.journal ? await this.lock(tx, scope.journal) : noHead;
    const head = scope.stream ? await this.lockAsExpected(tx, scope.stream) : noHead;
    const { secrets } = this.ports;
    const context = { actor: this.actor, scope, head, journalHead, secrets };
    const outcome = await this.command.run(tx, prepared, context);
    this.refuseOtherPlan(outcome);
    return { head, journalHead, outcome };
  }

  /** What is told in the journal, once those have agreed who are to; whoever only wants to see a plan asks nobody. */
  private async confirmed(outcome: Outcome<Result>): Promise<Entry | undefined> {
    const { dryRun = false, rehearsal = false } = this.options;
    if (!outcome.confirm || (dryRun && !rehearsal)) return outcome.journal;
    return outcome.confirm(planTokenOf(outcome, this.ports.secrets));
  }

  /** Appends to the journal; answers whether there was anything to tell. */
  private async tell(
    tx: Transaction,
    journal: StreamKey | undefined,
    head: StreamHead,
    entry: Partial<Entry> & { readonly effectRevision: number | null },
  ): Promise<boolean> {
    if (!journal) return false;
    return (await this.append(tx, journal, head, { events: [], ...entry })) !== head;
  }

  private refuseOtherPlan(outcome: Outcome<Result>): void {
    const { planToken } = this.options;
    if (planToken === undefined || planToken === planTokenOf(outcome, this.ports.secrets)) return;
    throw planStale({}, ['planToken']);
  }

  private authorize(resource: Resource): void {
    const refusal = this.ports.decide(this.actor, this.command.action, resource);
    if (refusal) throw refusal;
  }

  private async lock(tx: Transaction, stream: StreamKey): Promise<StreamHead> {
    const head = await this.ports.lock(tx, stream);
    if (!head) throw scopeGone({});
    return head;
  }

  private async lockAsExpected(tx: Transaction, stream: StreamKey): Promise<StreamHead> {
    const head = await this.lock(tx, stream);
    const expected = this.options.expectedRevision;
    if (expected !== undefined && expected !== head.revision) {
      throw revisionStale({ expected, actual: head.revision }, ['expectedRevision']);
    }
    return head;
  }

  private async append(
    tx: Transaction,
    stream: StreamKey,
    head: StreamHead,
    what: Pick<Outcome<Result>, 'events' | 'stateHash' | 'restoredRevision'> & {
      readonly effectRevision?: number | null;
    },
  ): Promise<StreamHead> {
    const { events, stateHash = head.stateHash, restoredRevision = null, effectRevision = null } = what;
    if (events.length === 0) return head;
    const said = { reason: this.options.reason ?? null, restoredRevision, effectRevision };
    const entry = { stream, head, command: this.command.name, actor: this.actor, events, stateHash, ...said };
    return this.ports.append(tx, entry);
  }

  /** A dry run takes no key, but what was done under one answers it: that is what a repetition would do. */
  private idempotencyKey(input: Input): IdempotencyKey | undefined {
    const { idempotencyKey: key, expectedRevision = null } = this.options;
    if (key === undefined) return undefined;
    if (!/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(key)) throw keyInvalid({}, ['idempotencyKey']);
    const { fresh = [], name } = this.command;
    const lasting = Object.entries(input as object).filter(
      ([field]) => !fresh.includes(field as keyof Input),
    );
    const asked = JSON.parse(JSON.stringify([name, Object.fromEntries(lasting), expectedRevision])) as Json;
    // Inputs hold secrets: a digest that anybody could compute would help to guess them.
    const fingerprint = this.ports.secrets.mac('idempotency', canonicalJson(asked));
    return { organizationId: this.actor.organizationId, key, fingerprint };
  }

  private async repeated(tx: Transaction, key: IdempotencyKey): Promise<Repeated<Result> | undefined> {
    const recorded = await this.ports.idempotency.claim(tx, key);
    if (!recorded) return undefined;
    if (!recorded.fingerprint.equals(key.fingerprint)) throw keyReused({ key: key.key }, ['idempotencyKey']);
    const { resource, ...executed } = recorded.answer as unknown as Executed<Result> & {
      readonly resource?: Resource;
    };
    return { resource, executed: { ...executed, committed: false } };
  }
}
