import type { Json } from '../../../../foundation/kernel/json.js';
import { NotPlain } from './not-plain.js';
import type { Offsets } from './offsets.js';
import { plainValue, quotedAt, type Found } from './plain-scalar.js';

/**
 * Reads the list or object in brackets that begins at an offset: JSON, and YAML that is no more than JSON without quotes.
 * It stays in one line unless `lines` allows more. Throws `NotPlain` at anything beyond.
 */
export function flowAt(
  text: string,
  at: number,
  options: { readonly lines: boolean; readonly offsets?: Offsets | undefined },
): Found<Json> {
  const reader = new FlowReader(text, at, options.lines ? /[ \t\n]*/y : / */y, options.offsets);
  const value = reader.value();
  return { value, end: reader.at };
}

const deepest = 100;
const plainText = /(?:[\w./~^$+]|-(?=\w))[^,[\]{}\n]*/y;
const plainKey = /[\w.$/][\w.$/@-]*(?=: )/y;

class FlowReader {
  private depth = 0;

  constructor(
    private readonly text: string,
    public at: number,
    private readonly space: RegExp,
    private readonly offsets: Offsets | undefined,
  ) {}

  value(): Json {
    const first = this.text[this.at];
    if (first === '[') return this.nested(() => this.list());
    if (first === '{') return this.nested(() => this.object());
    if (first === '"' || first === "'") return this.quoted();
    const value = plainValue(this.token(plainText).trimEnd());
    return value === undefined ? this.giveUp() : value;
  }

  private nested(read: () => Json): Json {
    this.depth += 1;
    if (this.depth > deepest) this.giveUp();
    this.at += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  private list(): Json {
    const items: Json[] = [];
    if (this.ends(']')) return items;
    do {
      this.skipSpace();
      this.offsets?.note(items, String(items.length), this.at);
      items.push(this.value());
    } while (this.goesOn(']'));
    return items;
  }

  private object(): Json {
    const object: Record<string, Json> = {};
    if (this.ends('}')) return object;
    do {
      this.skipSpace();
      const at = this.at;
      const key = this.key();
      if (key === '__proto__' || Object.hasOwn(object, key)) this.giveUp(at);
      this.offsets?.note(object, key, at);
      this.skipSpace();
      object[key] = this.value();
    } while (this.goesOn('}'));
    return object;
  }

  private key(): string {
    const isQuoted = this.text[this.at] === '"';
    const key = isQuoted ? this.quoted() : this.token(plainKey);
    if (isQuoted) this.skipSpace();
    if (this.text[this.at] !== ':') this.giveUp();
    this.at += 1;
    return key;
  }

  private quoted(): string {
    const found = quotedAt(this.text, this.at) ?? this.giveUp();
    this.at = found.end;
    return found.value;
  }

  private token(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [token] = pattern.exec(this.text) ?? this.giveUp();
    this.at += token.length;
    return token;
  }

  /** True if the bracket that closes comes next; it is passed. */
  private ends(bracket: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== bracket) return false;
    this.at += 1;
    return true;
  }

  /** True if a comma comes next, false if the bracket that closes does; either is passed. */
  private goesOn(bracket: string): boolean {
    if (this.ends(bracket)) return false;
    if (this.text[this.at] !== ',') this.giveUp();
    this.at += 1;
    return true;
  }

  private skipSpace(): void {
    this.space.lastIndex = this.at;
    this.space.test(this.text);
    this.at = this.space.lastIndex;
  }

  private giveUp(at = this.at): never {
    throw new NotPlain(at);
  }
}
