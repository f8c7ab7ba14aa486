import type { Json } from '../../foundation/kernel/json.js';
import type { StreamMessage } from './continuity.js';
import { digestOf, HashedSet, type StatedEntity } from './hashed-set.js';

/** What a message tells of the state of a configuration, where its document asks for all that the hash is made of. */
interface Told {
  readonly stateHash?: string | null;
  readonly revision?: number;
  readonly entities?: readonly Partial<StatedEntity>[];
  readonly changes?: readonly ToldChange[];
  readonly revisions?: readonly { readonly revision: number; readonly changes?: readonly ToldChange[] }[];
}

interface ToldChange {
  readonly kind?: string;
  readonly id?: string;
  /** Null: it is gone. */
  readonly after?: Json;
}

/** An entity, of which the digest is all that the hash needs. */
interface Digested {
  readonly digest: Buffer;
}

/**
 * Whether what a stream of a configuration tells adds up to the hash that the server says. It keeps the digests of the entities,
 * and no documents. Nothing is checked where the messages have no hash, or not all that it is made of; nor after a
 * cursor whose state is not known, until the next snapshot.
 */
export class StateCheck {
  private state: HashedSet<Digested> | undefined;

  /** The entities that the stream's cursor stands for, where they are known. */
  constructor(known?: Iterable<StatedEntity>) {
    if (!known) return;
    this.state = new HashedSet();
    for (const entity of known) this.state.put(entity.id, { digest: digestOf(entity) });
  }

  forget(): void {
    this.state = undefined;
  }

  /** Takes note of a message that continues what came before. Says what is wrong if it leads elsewhere than the server says. */
  admit(message: StreamMessage): string | undefined {
    switch (message.__typename) {
      case 'ConfigSnapshot':
        if (message.part === 1) this.state = new HashedSet();
        this.addAll((message as Told).entities);
        return message.part === message.parts ? this.differs(message) : undefined;
      case 'ConfigDelta':
        for (const { changes } of (message as Told).revisions ?? []) this.applyAll(changes);
        return this.differs(message);
      case 'ConfigFold':
        this.applyAll((message as Told).changes);
        return this.differs(message);
      case 'Resync':
        this.forget();
        return undefined;
      default:
        return undefined;
    }
  }

  private addAll(entities: Told['entities']): void {
    if (!entities) return this.forget();
    for (const { kind, id, document } of entities) this.put(kind, id, document);
  }

  private applyAll(changes: readonly ToldChange[] | undefined): void {
    if (!changes) return this.forget();
    for (const { kind, id, after } of changes) {
      if (after === null && id !== undefined) this.state?.remove(id);
      else this.put(kind, id, after);
    }
  }

  private put(kind: string | undefined, id: string | undefined, document: Json | undefined): void {
    const isTold = kind !== undefined && id !== undefined && typeof document === 'object';
    if (isTold) this.state?.put(id, { digest: digestOf({ kind, id, document }) });
    else this.forget();
  }

  private differs(message: StreamMessage & Told): string | undefined {
    const { stateHash } = message;
    if (typeof stateHash !== 'string') this.forget();
    if (!this.state || this.state.hash === stateHash) return undefined;
    const revision = message.revisions?.at(-1)?.revision ?? message.revision;
    return `Revision ${revision} does not have the server’s hash here.`;
  }
}
