import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { emptyHash, memberDigest, withEntity, withoutEntity } from '../../foundation/kernel/set-hash.js';

/** An entity of a configuration, as the messages of streams have it. */
export interface StatedEntity {
  readonly kind: string;
  readonly id: string;
  readonly document: Json;
}

const digests = new WeakMap<JsonObject, Buffer>();

/** What an entity adds to the hash of a configuration. Computed once for each document. */
export function digestOf({ kind, id, document }: StatedEntity): Buffer {
  const content = document as JsonObject;
  const digest = digests.get(content) ?? memberDigest(kind, id, content);
  digests.set(content, digest);
  return digest;
}

/** Things by their ids, and the hash of all of them. A change costs what it changes. */
export class HashedSet<Member extends { readonly digest: Buffer }> {
  private readonly held: Map<string, Member>;
  private sum: Buffer;

  /** A copy of what there is, and its hash. */
  constructor(members: ReadonlyMap<string, Member> = new Map<string, Member>(), hash?: string) {
    this.held = new Map(members);
    this.sum = hash === undefined ? sumOf(members.values()) : Buffer.from(hash, 'hex');
  }

  get members(): ReadonlyMap<string, Member> {
    return this.held;
  }

  /** In hex, as messages have it. */
  get hash(): string {
    return this.sum.toString('hex');
  }

  put(id: string, member: Member): void {
    this.remove(id);
    this.held.set(id, member);
    this.sum = withEntity(this.sum, member.digest);
  }

  remove(id: string): void {
    const known = this.held.get(id);
    if (!known) return;
    this.held.delete(id);
    this.sum = withoutEntity(this.sum, known.digest);
  }
}

function sumOf(members: Iterable<{ readonly digest: Buffer }>): Buffer {
  let sum: Buffer = emptyHash;
  for (const { digest } of members) sum = withEntity(sum, digest);
  return sum;
}
