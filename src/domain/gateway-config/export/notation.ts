import { flatHeader, flatItem } from '../../../foundation/declarative/render.js';
import { keyText } from '../../../foundation/declarative/scalar.js';
import { yamlItem, yamlText } from '../../../foundation/declarative/yaml-writer.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { textAt } from '../reading.js';

/** How the parts of a configuration are put together: as a gateway loads it, or as people keep it. */
export type Form = 'FLAT' | 'NESTED';

/** The language that a configuration is written in. */
export type Notation = 'YAML' | 'JSON';

/** One item of one of a file's collections, as text. */
export interface Entry {
  readonly collection: string;
  readonly text: string;
}

/** Writes a file from its beginning to its end; the entries of a collection come one after the other. */
export interface Writer {
  begin(header: JsonObject): string;
  /** What stands for a content in an entry. */
  item(content: JsonObject): string;
  entry(entry: Entry): string;
  end(): string;
}

/** A writer of one file. */
export function writerOf(form: Form, notation: Notation): Writer {
  if (notation === 'JSON') return new JsonWriter();
  return new YamlFileWriter(
    form === 'FLAT' ? (content) => flatItem(textAt(content, 'id'), content) : yamlItem,
  );
}

/** What a file begins with: a nested one with tags says that it is about what has them. */
export function headerOf(form: Form, selectTags: readonly string[]): JsonObject {
  if (form === 'FLAT') return flatHeader;
  return { _format_version: '3.0', ...(selectTags.length > 0 && { _info: { select_tags: selectTags } }) };
}

class YamlFileWriter implements Writer {
  private collection = '';

  constructor(readonly item: (content: JsonObject) => string) {}

  begin(header: JsonObject): string {
    return yamlText(header);
  }

  entry({ collection, text }: Entry): string {
    const heading = collection === this.collection ? '' : `${keyText(collection)}:\n`;
    this.collection = collection;
    return heading + text;
  }

  end(): string {
    return '';
  }
}

/** One entry on each line. */
class JsonWriter implements Writer {
  private collection = '';

  begin(header: JsonObject): string {
    return JSON.stringify(header).slice(0, -1);
  }

  item(content: JsonObject): string {
    return JSON.stringify(content);
  }

  entry({ collection, text }: Entry): string {
    if (collection === this.collection) return `,\n${text}`;
    const heading = `${this.closing()},\n${JSON.stringify(collection)}:[\n`;
    this.collection = collection;
    return heading + text;
  }

  end(): string {
    return `${this.closing()}}\n`;
  }

  private closing(): string {
    return this.collection === '' ? '' : '\n]';
  }
}
