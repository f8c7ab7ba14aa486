import { Refusal, type Problem } from '../../../foundation/kernel/refusal.js';
import { documentInput, type DeclarativeFile, type FileEntity, type Place } from './declarative-file.js';
import { moreProblems } from './import.refusals.js';
import { describe } from './naming.js';

/**
 * The refusal in the terms of a file: each problem about something in it says first where that is, and in which entity.
 * They come in the order of the file. Problems about other things stay as they are.
 */
export function withPlaces(file: DeclarativeFile, refusal: Refusal): Refusal {
  const [first, ...rest] = placed(file, refusal.problems);
  return first ? new Refusal(refusal.kind, [first, ...rest], refusal.facts) : refusal;
}

/** How many problems of one file are told. */
const problemsTold = 100;

/** The problems of a file, each with its place, in the order of the file; beyond a hundred, only their number. */
export function placed(file: DeclarativeFile, problems: readonly Problem[]): readonly Problem[] {
  const entities = new Map(file.entities.map((entity) => [keyOf(entity.origin), entity]));
  const placed = problems.map((problem) => placedProblem(file, entities, problem));
  const inOrder = [...placed].sort((a, b) => compare(a.place, b.place)).map(({ problem }) => problem);
  const more = inOrder.length - problemsTold;
  if (more <= 0) return inOrder;
  return [
    ...inOrder.slice(0, problemsTold),
    moreProblems.problem({ fileName: file.name, more }, [documentInput]),
  ];
}

interface Placed {
  readonly problem: Problem;
  readonly place: Place;
}

function placedProblem(
  file: DeclarativeFile,
  entities: ReadonlyMap<string, FileEntity>,
  problem: Problem,
): Placed {
  if (problem.path[0] !== documentInput) return { problem, place: { line: 0, column: 0 } };
  const place = file.placeOf(problem.path);
  const where = [
    `${file.name}:${place.line}:${place.column}`,
    subject(entities, problem.path),
    problem.message,
  ];
  return { problem: { ...problem, message: where.filter((part) => part !== '').join(': ') }, place };
}

/** What a problem is about: the path in the file, and the entity that it leads to or into. */
function subject(entities: ReadonlyMap<string, FileEntity>, path: readonly string[]): string {
  for (let length = path.length; length > 0; length -= 1) {
    const entity = entities.get(keyOf(path.slice(0, length)));
    if (entity) return `${pathText(path)} (${describe(entity.kind, entity.document)})`;
  }
  return pathText(path);
}

function keyOf(origin: readonly string[]): string {
  return origin.join('\u001f');
}

function compare(a: Place, b: Place): number {
  return a.line - b.line || a.column - b.column;
}

const longestStep = 60;

/** A path into the document as people write it: services[3].paths[0]. */
export function pathText(path: readonly string[]): string {
  return path.slice(1).reduce((text, step) => {
    if (/^\d+$/.test(step)) return `${text}[${step}]`;
    if (!/^\w{1,60}$/.test(step)) return `${text}[${JSON.stringify(step.slice(0, longestStep))}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** Finds lines and columns by offsets in a text. */
export function placesIn(text: string): (offset: number) => Place {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    const line = lastAtOrBefore(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
