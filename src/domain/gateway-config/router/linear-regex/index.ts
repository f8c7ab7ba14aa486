import { isWord } from './characters.js';
import { compile, type Instruction, type Program } from './program.js';
import { parseRegex, type Assertion } from './syntax.js';

export { RegexFault } from './regex-fault.js';

/** A regular expression that is matched in a time that grows with its length times that of the text, and never faster. */
export interface LinearRegex {
  readonly program: Program;
}

/** How many steps may still be taken. Many expressions share one, so that all of them together end in time. */
export interface Effort {
  left: number;
}

/** Thrown when the effort is used up: what the answer would have been is not known. */
export class EffortSpent extends Error {}

/** Compiles an expression in the syntax of Rust's `regex`. Throws a RegexFault for what gateways do not compile, either. */
export function linearRegex(pattern: string, effort: Effort): LinearRegex {
  if (effort.left <= 0) throw new EffortSpent();
  const program = compile(parseRegex(pattern));
  effort.left -= program.length;
  return { program };
}

/** The first part of the text that the expression matches: the one that a backtracking engine would find, too. */
export function findMatch({ program }: LinearRegex, text: string, effort: Effort): string | undefined {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let found: { readonly from: number; readonly end: number } | undefined;
  let ways: readonly Way[] = [{ place: 0, from: 0 }];
  for (let at = 0; at <= codes.length && ways.length > 0; at += 1) {
    const step = advance(program, ways, { codes, at, effort });
    if (step.matched) found = { from: step.matched.from, end: at };
    ways = found ? step.ways : [...step.ways, { place: 0, from: at + 1 }];
  }
  return found && String.fromCodePoint(...codes.slice(found.from, found.end));
}

/** Where in a program we are, and where in the text that began. */
interface Way {
  readonly place: number;
  readonly from: number;
}

interface Where {
  readonly codes: readonly number[];
  readonly at: number;
  readonly effort: Effort;
}

/**
 * Reads one character on all ways through the program at once: where that leads, and whether the program ended before it, on
 * a way that is preferred to those. Of two ways that meet, the preferred one goes on, so that no way is gone twice.
 */
function advance(
  program: Program,
  ways: readonly Way[],
  where: Where,
): { readonly ways: readonly Way[]; readonly matched?: Way } {
  const next: Way[] = [];
  const code = where.codes[where.at];
  for (const way of reach(program, ways, where)) {
    const instruction = program[way.place] as Instruction;
    if (instruction.is === 'match') return { ways: next, matched: way };
    if (instruction.is !== 'character' || code === undefined || !instruction.set(code)) continue;
    next.push({ place: way.place + 1, from: way.from });
  }
  return { ways: next };
}

/** The places where a character is read or the end is reached, from these on, the preferred ones first. */
function reach(program: Program, ways: readonly Way[], where: Where): Way[] {
  const seen = new Set<number>();
  const reached: Way[] = [];
  const open = [...ways].reverse();
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    const { place, from } = way;
    if (seen.has(place)) continue;
    seen.add(place);
    where.effort.left -= 1;
    if (where.effort.left < 0) throw new EffortSpent();
    const instruction = program[place] as Instruction;
    if (instruction.is === 'fork') {
      for (const to of [...instruction.to].reverse()) open.push({ place: to, from });
    } else if (instruction.is !== 'assertion') reached.push(way);
    else if (holds(instruction.what, where)) open.push({ place: place + 1, from });
  }
  return reached;
}

function holds(what: Assertion, { codes, at }: Where): boolean {
  const [before, after] = [codes[at - 1], codes[at]];
  if (what === 'start') return at === 0;
  if (what === 'end') return at === codes.length;
  if (what === 'line start') return before === undefined || before === 10;
  if (what === 'line end') return after === undefined || after === 10;
  const isBoundary = isWordAt(before) !== isWordAt(after);
  return isBoundary === (what === 'word boundary');
}

function isWordAt(code: number | undefined): boolean {
  return code !== undefined && isWord(code);
}
