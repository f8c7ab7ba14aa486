import {
  caseless,
  classEscape,
  namedSet,
  oneOf,
  posixSet,
  unicodeSet,
  type CharacterSet,
} from './characters.js';
import { RegexFault } from './regex-fault.js';

/** A regular expression, taken apart. */
export type Node =
  | { readonly is: 'character'; readonly set: CharacterSet }
  | { readonly is: 'assertion'; readonly what: Assertion }
  | { readonly is: 'sequence'; readonly of: readonly Node[] }
  | { readonly is: 'alternatives'; readonly of: readonly Node[] }
  | {
      readonly is: 'repetition';
      readonly of: Node;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    };

/** What must be so at a place of the text. */
export type Assertion = 'start' | 'end' | 'line start' | 'line end' | 'word boundary' | 'no word boundary';

/**
 * Reads a regular expression in the syntax of Rust's `regex`, which is what gateways with the router `traditional_compatible`
 * use. It has nothing that cannot be matched in linear time: look-around and back-references are faults, and a gateway drops
 * the route. Captures are read over; only the extent of a match counts.
 */
export function parseRegex(pattern: string): Node {
  return new Parser([...pattern]).whole();
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

const noFlags: Flags = { i: false, m: false, s: false, U: false };
const deepest = 100;

class Parser {
  private at = 0;
  private depth = 0;
  private flags = noFlags;

  constructor(private readonly text: readonly string[]) {}

  whole(): Node {
    const node = this.alternatives();
    if (this.at < this.text.length) throw new RegexFault('a “)” closes nothing');
    return node;
  }

  private alternatives(): Node {
    this.depth += 1;
    if (this.depth > deepest) throw new RegexFault('its groups are nested too deeply');
    const of = [this.sequence()];
    while (this.take('|')) of.push(this.sequence());
    this.depth -= 1;
    return of.length === 1 && of[0] ? of[0] : { is: 'alternatives', of };
  }

  private sequence(): Node {
    const of: Node[] = [];
    while (this.at < this.text.length && this.next !== '|' && this.next !== ')') {
      const node = this.atom();
      if (node) of.push(this.repeated(node));
    }
    return { is: 'sequence', of };
  }

  private atom(): Node | undefined {
    const character = this.read();
    if (character === '(') return this.group();
    if (character === '[') return this.character(this.bracketed());
    if (character === '\\') return this.escape();
    if (character === '.') return this.character(this.flags.s ? () => true : (code) => code !== 10);
    return this.anchor(character) ?? this.literally(character);
  }

  private anchor(character: string): Node | undefined {
    if (character === '^') return { is: 'assertion', what: this.flags.m ? 'line start' : 'start' };
    if (character === '$') return { is: 'assertion', what: this.flags.m ? 'line end' : 'end' };
    return undefined;
  }

  private literally(character: string): Node {
    if (/^[*+?{]$/.test(character)) throw new RegexFault(`a “${character}” repeats nothing`);
    return this.character(oneOf(character));
  }

  private character(set: CharacterSet): Node {
    return { is: 'character', set: this.flags.i ? caseless(set) : set };
  }

  private repeated(node: Node): Node {
    let of = node;
    for (let count = this.count(); count; count = this.count()) {
      const lazy = this.take('?') !== this.flags.U;
      of = { is: 'repetition', of, ...count, lazy };
    }
    return of;
  }

  private count(): { min: number; max: number } | undefined {
    if (this.take('*')) return { min: 0, max: Infinity };
    if (this.take('+')) return { min: 1, max: Infinity };
    if (this.take('?')) return { min: 0, max: 1 };
    return this.take('{') ? counted(this.until('}')) : undefined;
  }

  private group(): Node | undefined {
    const outer = this.flags;
    if (this.take('?') && !this.named() && !this.withFlags()) return undefined;
    const node = this.alternatives();
    if (!this.take(')')) throw new RegexFault('a “(” is not closed');
    this.flags = outer;
    return node;
  }

  /** Reads the name of a group, if there is one. */
  private named(): boolean {
    const rest = this.text.slice(this.at, this.at + 3).join('');
    if (/^P?<[=!]/.test(rest) || /^[=!>]/.test(rest)) throw new RegexFault('it looks around, or is atomic');
    if (!/^P?</.test(rest)) return false;
    this.at += rest.startsWith('P') ? 2 : 1;
    if (!/^[\p{Alphabetic}_][\p{Alphabetic}\d_.[\]]*$/u.test(this.until('>'))) {
      throw new RegexFault('the name of a group is none');
    }
    return true;
  }

  /** Reads flags; false if they are for the rest of the group that they stand in. */
  private withFlags(): boolean {
    let value = true;
    for (let flag = this.read(); flag !== ':'; flag = this.read()) {
      if (flag === ')') return false;
      if (flag === '-') value = false;
      else if (flag in noFlags) this.flags = { ...this.flags, [flag]: value };
      else if (flag !== 'u' || !value) throw new RegexFault(`the flag “${flag}” cannot be used`);
    }
    return true;
  }

  private escape(): Node {
    const character = this.read();
    const assertion = assertions[character];
    if (assertion) return { is: 'assertion', what: assertion };
    return this.character(this.escaped(character));
  }

  private escaped(character: string): CharacterSet {
    if (character === 'p' || character === 'P') {
      const name = this.take('{') ? this.until('}') : this.read();
      const isInverse = (character === 'P') !== name.startsWith('^');
      const set = unicodeSet(name.replace(/^\^/, ''));
      return isInverse ? (code) => !set(code) : set;
    }
    return namedSet(character) ?? oneOf(this.literal(character));
  }

  /** The character that an escape stands for. */
  private literal(character: string): string {
    if (character === 'x' || character === 'u' || character === 'U') return this.coded(character);
    const literal = classEscape(character);
    if (literal === undefined) throw new RegexFault(`“\\${character}” means nothing`);
    return literal;
  }

  private coded(kind: 'x' | 'u' | 'U'): string {
    const digits = this.take('{') ? this.until('}') : this.several({ x: 2, u: 4, U: 8 }[kind]);
    const code = /^[0-9A-Fa-f]+$/.test(digits) ? Number.parseInt(digits, 16) : Infinity;
    if (code > 0x10ffff) throw new RegexFault(`“${digits}” is no character`);
    return String.fromCodePoint(code);
  }

  private bracketed(): CharacterSet {
    const isInverse = this.take('^');
    const sets: CharacterSet[] = [];
    do sets.push(this.member());
    while (!this.take(']'));
    const set: CharacterSet = (code) => sets.some((each) => each(code));
    // What is excluded in one case is excluded in both.
    const complete = this.flags.i ? caseless(set) : set;
    return isInverse ? (code) => !complete(code) : set;
  }

  /** One member of a class: a character, a range, or a class by name. */
  private member(): CharacterSet {
    const character = this.read();
    if (character === '[') return this.posix();
    if (/[&~-]/.test(character) && this.next === character) throw new RegexFault('it combines classes');
    if (character === '\\') {
      const escaped = this.read();
      if (/[pP]/.test(escaped) || namedSet(escaped)) return this.escaped(escaped);
      return this.range(this.literal(escaped));
    }
    return this.range(character);
  }

  private range(from: string): CharacterSet {
    const isRange = this.next === '-' && ![']', '-', undefined].includes(this.text[this.at + 1]);
    if (!isRange) return oneOf(from);
    this.at += 1;
    const given = this.read();
    const to = given === '\\' ? this.literal(this.read()) : given;
    const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
    if (first > last) throw new RegexFault(`the range ${from}-${to} has its ends in the wrong order`);
    return (code) => code >= first && code <= last;
  }

  private posix(): CharacterSet {
    if (!this.take(':')) throw new RegexFault('it combines classes');
    const isInverse = this.take('^');
    const set = posixSet(this.until(':'));
    if (!this.take(']')) throw new RegexFault('a “[:” is not closed');
    return isInverse ? (code) => !set(code) : set;
  }

  private get next(): string | undefined {
    return this.text[this.at];
  }

  private read(): string {
    const character = this.text[this.at];
    if (character === undefined) throw new RegexFault('it ends too early');
    this.at += 1;
    return character;
  }

  private take(character: string): boolean {
    if (this.next !== character) return false;
    this.at += 1;
    return true;
  }

  private several(count: number): string {
    return Array.from({ length: count }, () => this.read()).join('');
  }

  private until(end: string): string {
    const characters: string[] = [];
    for (let each = this.read(); each !== end; each = this.read()) characters.push(each);
    return characters.join('');
  }
}

const assertions: Readonly<Record<string, Assertion | undefined>> = {
  A: 'start',
  z: 'end',
  b: 'word boundary',
  B: 'no word boundary',
};

/** What stands between the braces of a repetition. */
function counted(text: string): { min: number; max: number } {
  const [, from = '', comma, to = ''] = /^(\d*)(,?)(\d*)$/.exec(text) ?? [];
  if (comma === undefined || `${from}${to}` === '') throw new RegexFault('a “{” counts nothing');
  const min = Number(from);
  if (comma === '') return { min, max: min };
  const max = to === '' ? Infinity : Number(to);
  if (min > max) throw new RegexFault('a repetition has its numbers in the wrong order');
  return { min, max };
}
