import type { Json } from '../../../../foundation/kernel/json.js';
import { endOfLine, LineCursor, skipSpaces } from './line-cursor.js';
import { NotPlain } from './not-plain.js';
import type { Offsets } from './offsets.js';
import { flowAt } from './plain-flow.js';
import { plainValue, quotedAt } from './plain-scalar.js';

/**
 * Reads the YAML that programs write and most people do: mappings and lists by indentation, texts of one line with or
 * without quotes, literal blocks, brackets within a line, comments; and JSON. It is some forty times as fast as a full
 * reader of YAML, and takes nothing for anything else than that: throws `NotPlain` where a text goes beyond.
 */
export function readPlainYaml(text: string, offsets?: Offsets): Json {
  const cursor = new LineCursor(text);
  const reader = new BlockReader(cursor, offsets);
  if (text.startsWith('---\n')) cursor.nextLine();
  return reader.document();
}

const deepest = 100;
/** YAML bounds the length of keys, too. */
const key =
  /(?:"(?:[^"\\\n]|\\.){0,999}"|'(?:[^'\n]|''){0,999}'|[\w$./~^](?:[\w$./@~^+()*=%&;?!,-]|[: ](?=[\w/])){0,999}) *:(?= |\n|$)/y;
const literalHeader = /\|-? *(?=\n|$)/y;
const restOfLine = / *(?: #.*)?(?=\n|$)/y;

class BlockReader {
  private readonly text: string;
  private depth = 0;

  constructor(
    private readonly cursor: LineCursor,
    private readonly offsets: Offsets | undefined,
  ) {
    this.text = cursor.text;
  }

  document(): Json {
    const value = this.text[this.cursor.at] === '{' ? this.flow(true) : this.block();
    if (!this.cursor.isAtEnd) this.giveUp();
    return value;
  }

  /** The mapping or list that begins at the cursor. */
  private block(): Json {
    this.depth += 1;
    if (this.depth > deepest) this.giveUp();
    const { indent } = this.cursor;
    const value = this.isAtItem() ? this.list(indent) : this.mapping(indent);
    if (this.cursor.indent > indent) this.giveUp();
    this.depth -= 1;
    return value;
  }

  private mapping(indent: number): Json {
    const object: Record<string, Json> = {};
    do this.member(object, indent);
    while (this.cursor.indent === indent);
    return object;
  }

  private member(object: Record<string, Json>, indent: number): void {
    const { at } = this.cursor;
    const token = this.keyAt(at);
    if (token === undefined) this.giveUp();
    const name = this.keyText(token);
    if (name === '__proto__' || Object.hasOwn(object, name)) this.giveUp();
    this.offsets?.note(object, name, at);
    this.cursor.forward(skipSpaces(this.text, at + token.length));
    object[name] = this.isAtEndOfLine() ? this.below(indent, true) : this.inline(indent);
  }

  private keyAt(at: number): string | undefined {
    key.lastIndex = at;
    return key.exec(this.text)?.[0];
  }

  private keyText(token: string): string {
    const name = token.slice(0, -1).trimEnd();
    if (!/^["']/.test(name)) return name;
    return quotedAt(name, 0)?.value ?? this.giveUp();
  }

  private list(indent: number): Json {
    const items: Json[] = [];
    do {
      this.cursor.forward(skipSpaces(this.text, this.cursor.at + 1));
      this.offsets?.note(items, String(items.length), this.cursor.at);
      items.push(this.item(indent));
    } while (this.cursor.indent === indent && this.isAtItem());
    return items;
  }

  private item(indent: number): Json {
    if (this.isAtEndOfLine()) return this.below(indent, false);
    const isBlock = this.isAtItem() || this.keyAt(this.cursor.at) !== undefined;
    return isBlock ? this.block() : this.inline(indent);
  }

  private isAtItem(): boolean {
    const { at, end } = this.cursor;
    return this.text[at] === '-' && (at + 1 === end || this.text[at + 1] === ' ');
  }

  private isAtEndOfLine(): boolean {
    const { at, end } = this.cursor;
    return at >= end || this.text[at] === '#';
  }

  /** What stands in the lines below. A list in a mapping may begin in the column of its key. */
  private below(indent: number, alignedList: boolean): Json {
    this.cursor.nextLine();
    const isInside = this.cursor.indent > indent;
    const isAligned = alignedList && this.cursor.indent === indent && this.isAtItem();
    return isInside || isAligned ? this.block() : null;
  }

  /** What stands in the rest of the line. */
  private inline(indent: number): Json {
    switch (this.text[this.cursor.at]) {
      case '|':
        return this.literal(indent);
      case '"':
      case "'":
        return this.quoted();
      case '[':
      case '{':
        return this.flow(false);
      default:
        return this.plain();
    }
  }

  private plain(): Json {
    const rest = this.text.slice(this.cursor.at, this.cursor.end);
    const comment = rest.indexOf(' #');
    const value = plainValue((comment < 0 ? rest : rest.slice(0, comment)).trimEnd());
    if (value === undefined) this.giveUp();
    this.cursor.nextLine();
    return value;
  }

  private quoted(): Json {
    const found = quotedAt(this.text, this.cursor.at) ?? this.giveUp();
    this.finishLine(found.end);
    return found.value;
  }

  private flow(lines: boolean): Json {
    const found = flowAt(this.text, this.cursor.at, { lines, offsets: this.offsets });
    this.finishLine(found.end);
    return found.value;
  }

  private finishLine(at: number): void {
    restOfLine.lastIndex = at;
    if (!restOfLine.test(this.text)) this.giveUp();
    this.cursor.resumeAt(endOfLine(this.text, at) + 1);
  }

  /** The text of several lines below a bar, without the indentation of its first. */
  private literal(indent: number): Json {
    literalHeader.lastIndex = this.cursor.at;
    const [header] = literalHeader.exec(this.text) ?? this.giveUp();
    const { lines, end } = this.literalLines(indent);
    this.cursor.resumeAt(end);
    const text = lines.join('\n');
    if (text === '') this.giveUp();
    return header.startsWith('|-') ? text : `${text}\n`;
  }

  private literalLines(indent: number): { readonly lines: readonly string[]; readonly end: number } {
    const lines: string[] = [];
    let start = this.cursor.end + 1;
    const width = skipSpaces(this.text, start) - start;
    while (start < this.text.length) {
      const end = endOfLine(this.text, start);
      const content = skipSpaces(this.text, start) - start;
      const isBlank = start + content === end;
      if (!isBlank && content <= indent) break;
      const isStart = lines.length === 0;
      if (isBlank ? isStart || content > width : content < width) this.giveUp(start);
      lines.push(this.text.slice(start + width, end));
      start = end + 1;
    }
    while (lines.at(-1) === '') lines.pop();
    return { lines, end: start };
  }

  private giveUp(at = this.cursor.at): never {
    throw new NotPlain(at);
  }
}
