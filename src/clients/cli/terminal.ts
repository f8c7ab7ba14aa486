import { styleText } from 'node:util';

/** Where the command line writes. Results go out; what a person is told about them goes beside, so that results can be piped. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly tell: (text: string) => void;
  readonly paint: Paint;
  /** Shows a line that the next one takes the place of, and that an empty one removes; absent where nobody looks. */
  readonly status?: (text: string) => void;
  /** True when somebody looks at the results as they come. */
  readonly isLive: boolean;
  readonly columns: number;
}

export type Color = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';

/** Colours a text, or leaves it as it is where colours are not wanted. */
export type Paint = (color: Color, text: string) => string;

/** The terminal of the process. */
export function openTerminal(wantsNoColor: boolean): Terminal {
  const { stdout, stderr } = process;
  const colorful = stdout.isTTY && !wantsNoColor;
  return {
    out: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    ...(stderr.isTTY && { status: (text: string) => void stderr.write(`\r\u001b[K${text}`) }),
    paint: (color, text) => (colorful ? styleText(color, text) : text),
    isLive: stdout.isTTY,
    columns: stdout.columns || 100,
  };
}
