/** Walks through the lines of a text that say something: neither blank lines nor comments. */
export class LineCursor {
  /** The offset of what is to be read next; the length of the text at its end. */
  at = 0;
  /** In which column that stands; -1 at the end of the text. */
  indent = 0;
  /** The offset of the end of the line. */
  end = -1;

  constructor(readonly text: string) {
    this.nextLine();
  }

  get isAtEnd(): boolean {
    return this.indent < 0;
  }

  /** On to the content of the next line. */
  nextLine(): void {
    const { text } = this;
    for (let start = this.end + 1; start < text.length; start = this.end + 1) {
      this.at = skipSpaces(text, start);
      this.end = endOfLine(text, this.at);
      this.indent = this.at - start;
      if (this.at < this.end && text[this.at] !== '#') return;
    }
    this.at = this.end = text.length;
    this.indent = -1;
  }

  /** On to a later offset of the same line. */
  forward(offset: number): void {
    this.indent += offset - this.at;
    this.at = offset;
  }

  /** On to the first line at or behind an offset. */
  resumeAt(start: number): void {
    this.end = start - 1;
    this.nextLine();
  }
}

/** The offset of the first character from here on that is no space. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === space) at += 1;
  return at;
}

/** The offset of the next line break, or the end of the text. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const space = 0x20;
