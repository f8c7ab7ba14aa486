import type { Json, JsonObject } from '../kernel/json.js';
import { keyText, scalarText } from './scalar.js';

/** The text of a mapping as YAML, its members in the order in which they are there, at every depth. */
export function yamlText(mapping: JsonObject): string {
  const writer = new YamlWriter(Object.keys);
  for (const [name, value] of Object.entries(mapping)) writer.member('', name, value);
  return writer.text();
}

/** A value as an item of a list that a mapping without indentation has. */
export function yamlItem(item: Json): string {
  const writer = new YamlWriter(Object.keys);
  writer.item('  ', item);
  return writer.text();
}

/** Writes YAML in blocks, line by line. The members of mappings come in the order in which `keysOf` gives their keys. */
export class YamlWriter {
  private readonly lines: string[] = [];

  constructor(private readonly keysOf: (record: JsonObject) => readonly string[]) {}

  text(): string {
    return this.lines.join('');
  }

  write(...parts: readonly string[]): void {
    this.lines.push(...parts);
  }

  /** Writes `name: value` at an indentation, as one or more whole lines. */
  member(indent: string, name: string, value: Json): void {
    this.write(indent, keyText(name), ':');
    this.valueAfterKey(indent, value);
  }

  /** On the same line if it is short, below and further in if it has parts. */
  private valueAfterKey(indent: string, value: Json): void {
    if (!isNested(value)) return this.write(' ', leafText(value, indent), '\n');
    this.write('\n');
    this.parts(`${indent}  `, value);
  }

  private parts(indent: string, value: readonly Json[] | JsonObject): void {
    if (isList(value)) for (const item of value) this.item(indent, item);
    else for (const name of this.keysOf(value)) this.member(indent, name, value[name] ?? null);
  }

  /** The first member or item of an item stands on the line of its dash; the others are aligned with it. */
  item(indent: string, item: Json): void {
    if (!isNested(item)) return this.write(indent, '- ', leafText(item, indent), '\n');
    const inner = `${indent}  `;
    const first = this.lines.length;
    this.parts(inner, item);
    this.lines[first] = `${indent}- ${(this.lines[first] ?? '').slice(inner.length)}`;
  }
}

function leafText(value: Json, indent: string): string {
  if (isList(value)) return '[]';
  if (isRecord(value)) return '{}';
  return scalarText(value, `${indent}  `);
}

function isNested(value: Json): value is readonly Json[] | JsonObject {
  return (isList(value) && value.length > 0) || (isRecord(value) && Object.keys(value).length > 0);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isRecord(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
