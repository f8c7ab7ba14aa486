import { isScalar, parseDocument, visit, type Scalar } from 'yaml';
import { valueOf, type Expression, type Variables } from './expression.js';

/** A text in which everything is filled in that it asked the environment for; or why that cannot be. */
export interface Substituted {
  readonly content: string;
  /** Sentences that begin with the place. */
  readonly problems: readonly string[];
}

/**
 * Fills in `${{ env "DECK_…" }}`, wherever in YAML or JSON it stands: in a text with or without quotes, in a block, in a key;
 * never in a comment. Unlike decK, which puts the value into the file as it is, this puts in one text or one number,
 * whatever the value holds: no value can begin another line, or end the quotes that it stands in. Lines stay where they
 * are, so that what a server says about the file is right for the file on the disk.
 */
export function substituteEnvironment(text: string, name: string, variables: Variables): Substituted {
  const expressions = [...text.matchAll(expressionPattern)];
  if (expressions.length === 0) return { content: text, problems: [] };
  const filling = new Filling(
    text,
    name,
    expressions.map(([source]) => ({ source, variables })),
  );
  // What stands in braces and quotes of its own would not be YAML, so each is masked by as many plain characters.
  let index = 0;
  const masked = text.replace(expressionPattern, (source) => mask(index++, source.length));
  const document = parseDocument(masked, { prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error) return { content: text, problems: [filling.unreadable(error.pos[0], error.message)] };
  visit(document, { Scalar: (_key, scalar) => filling.fill(scalar) });
  return filling.substituted();
}

const expressionPattern = /\$\{\{[^\n]*?\}\}/g;
const maskPattern = /\ue000(\d+)\ue001*/g;

function mask(index: number, length: number): string {
  return `\ue000${index}`.padEnd(length, '\ue001');
}

/** Goes through a text from its beginning to its end, and puts in what was asked for. */
class Filling {
  private readonly parts: string[] = [];
  private readonly problems: string[] = [];
  private end = 0;

  constructor(
    private readonly text: string,
    private readonly name: string,
    private readonly expressions: readonly Expression[],
  ) {}

  fill(scalar: Scalar): void {
    const { value, range } = scalar;
    if (!isScalar(scalar) || typeof value !== 'string' || !range || !value.includes('\ue000')) return;
    const [start, end] = range;
    const filled = this.filled(value, scalar.type === 'PLAIN', start);
    // A text of several lines becomes one, and as many empty ones.
    const lines = '\n'.repeat(this.text.slice(start, end).split('\n').length - 1);
    this.parts.push(this.text.slice(this.end, start), JSON.stringify(filled), lines);
    this.end = end;
  }

  substituted(): Substituted {
    return { content: [...this.parts, this.text.slice(this.end)].join(''), problems: this.problems };
  }

  unreadable(offset: number, message: string): string {
    return `${this.place(offset)}: this is neither YAML nor JSON: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`;
  }

  private filled(text: string, isPlain: boolean, offset: number): string | number | boolean {
    const found = [...text.matchAll(maskPattern)];
    const values = found.map(([, index]) => this.valueAt(Number(index), offset));
    const [only] = values;
    if (found[0]?.[0] === text && only !== undefined)
      return isPlain || typeof only !== 'string' ? plain(only) : only;
    let next = 0;
    return text.replace(maskPattern, () => String(values[next++] ?? ''));
  }

  private valueAt(index: number, offset: number): string | number | boolean | undefined {
    const expression = this.expressions[index];
    const result = expression && valueOf(expression);
    if (result && 'value' in result) return result.value;
    this.problems.push(`${this.place(offset)}: ${result?.problem ?? 'this cannot be read.'}`);
    return undefined;
  }

  private place(offset: number): string {
    const before = this.text.slice(0, offset).split('\n');
    return `${this.name}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
  }
}

/** Without quotes and a filter, a value is what it would be if it stood there itself: a number, true, false, or text. */
function plain(value: string | number | boolean): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(value) ? Number(value) : value;
}
