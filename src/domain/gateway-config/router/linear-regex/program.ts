import type { CharacterSet } from './characters.js';
import { RegexFault } from './regex-fault.js';
import type { Assertion, Node } from './syntax.js';

/** One step of a program. Where it goes on in two places, the first is preferred. */
export type Instruction =
  | { readonly is: 'character'; readonly set: CharacterSet }
  | { readonly is: 'assertion'; readonly what: Assertion }
  | { readonly is: 'fork'; readonly to: readonly number[] }
  | { readonly is: 'match' };

export type Program = readonly Instruction[];

/** What is longer, gateways refuse as well, or nearly so. */
const longest = 10_000;

/** What matches the expression, as steps: each goes on with the one after it, unless it is a fork. */
export function compile(node: Node): Program {
  const program: Instruction[] = [];
  emit(program, node);
  push(program, { is: 'match' });
  return program;
}

function push(program: Instruction[], instruction: Instruction): number {
  if (program.length >= longest) throw new RegexFault('it is too large');
  return program.push(instruction) - 1;
}

function emit(program: Instruction[], node: Node): void {
  if (node.is === 'sequence') for (const each of node.of) emit(program, each);
  else if (node.is === 'alternatives') emitAlternatives(program, node.of);
  else if (node.is === 'repetition') emitRepetition(program, node);
  else push(program, node);
}

function emitAlternatives(program: Instruction[], of: readonly Node[]): void {
  const to: number[] = [];
  push(program, { is: 'fork', to });
  const ends = of.map((node) => {
    to.push(program.length);
    emit(program, node);
    const end: number[] = [];
    push(program, { is: 'fork', to: end });
    return end;
  });
  for (const end of ends) end.push(program.length);
}

function emitRepetition(program: Instruction[], node: Node & { is: 'repetition' }): void {
  const { of, min, max, lazy } = node;
  if (min > longest || (max !== Infinity && max > longest)) throw new RegexFault('it is too large');
  for (let count = 0; count < min; count += 1) emit(program, of);
  if (max === Infinity) emitLoop(program, of, lazy);
  else emitOptional(program, node);
}

function emitLoop(program: Instruction[], of: Node, lazy: boolean): void {
  const to: number[] = [];
  const start = push(program, { is: 'fork', to });
  emit(program, of);
  push(program, { is: 'fork', to: [start] });
  prefer(to, { inside: start + 1, after: program.length, lazy });
}

/** `x{0,3}` is `(x(x(x)?)?)?`: each may be left out, and then so are those after it. */
function emitOptional(program: Instruction[], { of, min, max, lazy }: Node & { is: 'repetition' }): void {
  const forks: { readonly to: number[]; readonly inside: number }[] = [];
  for (let count = min; count < max; count += 1) {
    const to: number[] = [];
    const inside = push(program, { is: 'fork', to }) + 1;
    forks.push({ to, inside });
    emit(program, of);
  }
  for (const { to, inside } of forks) prefer(to, { inside, after: program.length, lazy });
}

function prefer(
  to: number[],
  { inside, after, lazy }: { readonly inside: number; readonly after: number; readonly lazy: boolean },
): void {
  to.push(...(lazy ? [after, inside] : [inside, after]));
}
