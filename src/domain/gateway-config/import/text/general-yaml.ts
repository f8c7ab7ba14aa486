import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Alias,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Json, JsonObject } from '../../../../foundation/kernel/json.js';
import { isObject } from '../../reading.js';
import { findExcess, type Bounds, type Effort } from './nesting.js';
import { Offsets } from './offsets.js';

/** What is wrong with a text, and where. */
export interface Fault {
  readonly offset: number;
  readonly because: string;
}

/** What a text says, with the places of its parts; or, with faults, nothing to go by. */
export interface General {
  readonly value: Json;
  readonly offsets: Offsets;
  readonly faults: readonly Fault[];
}

/**
 * Reads any YAML 1.2 with the core schema, or says what is wrong with it. Anchors and merge keys are followed as far as the
 * whole stays of sensible size; tags other than the core schema's, keys that are no text, keys that occur twice, and more
 * than one document are faults.
 */
export function readGeneralYaml(text: string, effort: Effort = fullEffort()): General {
  const excess = findExcess(text, { levels: deepest, effort });
  if (excess) return unreadable({ offset: excess.offset, because: beyond[excess.of] });
  // Keys are compared below: the library does it pair by pair, which for a large mapping never ends.
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error) return unreadable(syntaxFault(error));
  const reader = new NodeReader();
  const value = document.contents === null ? null : reader.value(document.contents, 0);
  return { value, offsets: reader.offsets, faults: reader.faults };
}

/** What may be spent on all files of one import together. */
export function fullEffort(): Effort {
  return { tokens: mostTokens };
}

function unreadable(fault: Fault): General {
  return { value: null, offsets: new Offsets(), faults: [fault] };
}

const deepest = 100;
const nestedTooDeep = `it is nested deeper than ${deepest} levels`;
/** The parser takes ten microseconds for a token of the worst texts, so that no text keeps others waiting for much longer than a second. */
const mostTokens = 100_000;
const beyond: Readonly<Record<keyof Bounds, string>> = {
  levels: nestedTooDeep,
  effort:
    'up to here it is as much as is read of YAML with rare forms (an anchor, a tag, a text folded over lines, …); ' +
    'do without them',
};
/** How long a text may be in effect, with its aliases followed, in characters. */
const longestInEffect = 10 * 2 ** 20;
const faultsTold = 100;
const coreTag = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

function syntaxFault(error: { code: string; message: string; pos: readonly number[] }): Fault {
  const [offset = 0] = error.pos;
  if (error.code === 'MULTIPLE_DOCS') {
    return { offset, because: 'a second document begins here; import each document by itself' };
  }
  const message = `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
  return { offset, because: `this is neither YAML nor JSON: ${message}` };
}

/** What an anchor stands for, how long that is in effect, and how deep. */
interface Anchored {
  readonly value: Json;
  readonly size: number;
  readonly height: number;
}

class NodeReader {
  readonly offsets = new Offsets();
  readonly faults: Fault[] = [];
  private readonly anchors = new Map<string, Anchored>();
  /** How long is what was read so far, with aliases followed. */
  private size = 0;
  /** How deep anything went that was read since somebody last looked, with aliases followed. */
  private reach = 0;

  value(node: ParsedNode, depth: number): Json {
    const [size, reach] = [this.size, this.reach];
    this.reach = depth;
    const value = this.content(node, depth);
    this.size += typeof value === 'string' ? value.length : 1;
    if ('anchor' in node && node.anchor) {
      this.anchors.set(node.anchor, { value, size: this.size - size, height: this.reach - depth });
    }
    this.reach = Math.max(reach, this.reach);
    return value;
  }

  private content(node: ParsedNode, depth: number): Json {
    const offset = node.range[0];
    if (isAlias(node)) return this.followed(node, offset, depth);
    if (node.tag !== undefined && !coreTag.test(node.tag)) {
      const tag = node.tag.replace(/^tag:yaml\.org,2002:/, '!!');
      return this.fault(offset, `the tag ${tag} is not one of YAML's core schema; leave it out`);
    }
    if (isScalar(node)) return this.scalar(node, offset);
    return isMap(node) ? this.object(node, depth) : this.list(node, depth);
  }

  private scalar({ value }: Scalar, offset: number): Json {
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Json;
    return this.fault(offset, 'this value is none that JSON has');
  }

  private list(node: ParsedNode, depth: number): Json {
    const items: Json[] = [];
    if (!isSeq(node)) return items;
    node.items.forEach((item, index) => {
      this.offsets.note(items, String(index), item.range[0]);
      items.push(this.value(item, depth + 1));
    });
    return items;
  }

  private object({ items }: YAMLMap.Parsed, depth: number): Json {
    const object: Record<string, Json> = {};
    const merged: JsonObject[] = [];
    for (const pair of items) {
      const key = this.key(pair);
      if (key === undefined) continue;
      this.size += key.length;
      const value = pair.value === null ? null : this.value(pair.value, depth + 1);
      if (isMergeKey(pair)) merged.push(...this.mergeable(value, pair));
      else if (Object.hasOwn(object, key)) this.fault(pair.key.range[0], `the key “${key}” is there twice`);
      else {
        object[key] = value;
        this.offsets.note(object, key, pair.key.range[0]);
      }
    }
    for (const each of merged) this.mergeUnder(object, each);
    return object;
  }

  private key(pair: Pair<ParsedNode, ParsedNode | null>): string | undefined {
    const { key } = pair;
    const offset = key.range[0];
    if (isAlias(key) || isCollection(key)) return this.refuseKey(offset, 'a key must be text');
    const text = typeof key.value === 'string' ? key.value : key.source;
    return text === '__proto__' ? this.refuseKey(offset, 'no key may be called __proto__') : text;
  }

  private refuseKey(offset: number, because: string): undefined {
    this.fault(offset, because);
  }

  private mergeable(value: Json, { key }: Pair<ParsedNode, ParsedNode | null>): readonly JsonObject[] {
    const parts = Array.isArray(value) ? (value as readonly Json[]) : [value];
    if (parts.every(isObject)) return parts;
    this.fault(key.range[0], '“<<” takes a mapping, or a list of mappings');
    return [];
  }

  /** What a mapping has of its own wins over what is merged into it, and what is merged first over what comes later. */
  private mergeUnder(object: Record<string, Json>, merged: JsonObject): void {
    for (const [key, value] of Object.entries(merged)) {
      if (!Object.hasOwn(object, key)) object[key] = value;
    }
  }

  private followed(alias: Alias, offset: number, depth: number): Json {
    const anchored = this.anchors.get(alias.source);
    if (!anchored)
      return this.fault(offset, `there is no complete anchor “${alias.source}” before this alias`);
    this.reach = depth + anchored.height;
    if (this.reach > deepest) return this.fault(offset, nestedTooDeep);
    if (this.size > longestInEffect) return null;
    this.size += anchored.size;
    if (this.size <= longestInEffect) return anchored.value;
    return this.fault(offset, 'with its aliases followed, the text is longer than 10 MB');
  }

  private fault(offset: number, because: string): null {
    if (this.faults.length < faultsTold) this.faults.push({ offset, because });
    return null;
  }
}

/** An unquoted “<<”, as in YAML 1.1: many files for Kong use it. */
function isMergeKey({ key }: Pair<ParsedNode, ParsedNode | null>): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}
