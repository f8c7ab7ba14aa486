import { Refusal, type Problem } from '../../../foundation/kernel/refusal.js';
import { placeName } from '../reading.js';
import {
  documentsInput,
  fileOf,
  withinFile,
  type Declaration,
  type FileEntity,
  type Place,
} from './declarative-file.js';
import { moreProblems } from './import.refusals.js';
import { describe } from '../naming.js';

/**
 * The refusal in the terms of the files: each problem about something in them says first where that is, and in which
 * entity. They come in the order of the files. Problems about other things come before them, as they are.
 */
export function withPlaces(declaration: Declaration, refusal: Refusal): Refusal {
  const [first, ...rest] = placed(declaration, refusal.problems);
  return first ? new Refusal(refusal.kind, [first, ...rest], refusal.facts) : refusal;
}

/** How many problems of one import are told. */
const problemsTold = 100;

/** The problems of files, each with its place, in the order of the files; beyond a hundred, only their number. */
export function placed(declaration: Declaration, problems: readonly Problem[]): readonly Problem[] {
  const entities = new Map(declaration.entities.map((entity) => [keyOf(entity.origin), entity]));
  const placed = problems.map((problem) => placedProblem(declaration, entities, problem));
  const inOrder = [...placed].sort((a, b) => compare(a.place, b.place)).map(({ problem }) => problem);
  const more = inOrder.length - problemsTold;
  if (more <= 0) return inOrder;
  return [...inOrder.slice(0, problemsTold), moreProblems.problem({ more }, [documentsInput])];
}

/** A place as compilers write it: the file, the line, the column. */
export function placeText({ fileName, line, column }: Place): string {
  return `${fileName}:${line}:${column}`;
}

interface Placed {
  readonly problem: Problem;
  readonly place: Place;
}

const nowhere: Place = { file: -1, fileName: '', line: 0, column: 0 };

function placedProblem(
  declaration: Declaration,
  entities: ReadonlyMap<string, FileEntity>,
  problem: Problem,
): Placed {
  if (fileOf(problem.path) === undefined) return { problem, place: nowhere };
  const place = declaration.placeOf(problem.path);
  const where = [placeText(place), subject(entities, problem.path), problem.message];
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
  return a.file - b.file || a.line - b.line || a.column - b.column;
}

/** A path into a file as people write it: services[3].paths[0]. */
export function pathText(path: readonly string[]): string {
  return placeName(withinFile(path));
}

/** Finds lines and columns by offsets in a text. */
export function placesIn(text: string): (offset: number) => Pick<Place, 'line' | 'column'> {
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
