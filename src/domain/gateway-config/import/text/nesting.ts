import { Lexer } from 'yaml';

/** How much YAML a full reader takes on: levels of nesting, and tokens, of which a line has about seven; they are used up. */
export interface Bounds {
  readonly levels: number;
  readonly effort: Effort;
}

/** How many more tokens may be read, of one text after the other. */
export interface Effort {
  tokens: number;
}

/** Where a text goes beyond a bound, and which. */
export interface Excess {
  readonly offset: number;
  readonly of: keyof Bounds;
}

/**
 * Where YAML goes beyond a bound; nothing if it never does. Levels are counted give or take those that cost no indentation.
 * To be asked before a text is parsed: the parser calls itself for each level, and if that comes to the end of the stack
 * while V8 compiles a regular expression, V8 ends the process instead of throwing; and it takes some microseconds for each
 * token, whatever the text is about, in which nobody else is served.
 */
export function findExcess(text: string, { levels: deepest, effort }: Bounds): Excess | undefined {
  const nesting = new Nesting();
  let offset = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    effort.tokens -= 1;
    if (effort.tokens < 0) return { offset, of: 'effort' };
    if (marks.includes(token)) {
      isScalar = token === scalarMark;
      continue;
    }
    nesting.pass(token, isScalar);
    if (nesting.depth > deepest) return { offset, of: 'levels' };
    offset += token.length;
    isScalar = false;
  }
  return undefined;
}

/** The lexer's marks for what has no text: that plain text follows, the start of a document, and the end of brackets. */
const scalarMark = '\x1f';
const marks = [scalarMark, '\x02', '\x18'];

/** What may stand before other things at the start of a line, and nests them. */
const indicators = ['-', '?', ':'];

/** By how many levels a bracket nests what follows it. */
const levels = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
]);

/** How deep a text is nested, so far: in brackets, and by the columns in which begins what is around. */
class Nesting {
  private brackets = 0;
  private readonly columns: number[] = [];
  private column = 0;
  private isStartOfLine = true;

  get depth(): number {
    return this.brackets + this.columns.length;
  }

  pass(token: string, isScalar: boolean): void {
    if (token === '\n') {
      this.column = 0;
      this.isStartOfLine = true;
      return;
    }
    if (isScalar || token.trim() !== '') this.begin(token, isScalar);
    this.column += token.length;
  }

  private begin(token: string, isScalar: boolean): void {
    if (this.isStartOfLine && this.brackets === 0) this.beginColumn();
    this.isStartOfLine &&= !isScalar && indicators.includes(token);
    this.brackets = Math.max(0, this.brackets + (isScalar ? 0 : (levels.get(token) ?? 0)));
  }

  private beginColumn(): void {
    while ((this.columns.at(-1) ?? -1) >= this.column) this.columns.pop();
    this.columns.push(this.column);
  }
}
