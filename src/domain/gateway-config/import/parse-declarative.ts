import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../../foundation/kernel/refusal.js';
import { isObject, shown } from '../reading.js';
import {
  fileOf,
  rootOf,
  withinFile,
  type Declaration,
  type NamedDocument,
  type Place,
} from './declarative-file.js';
import { findDuplicates } from './duplicates.js';
import { findEnvironment } from './environment.js';
import { gatherEntities, type Gathering } from './gather.js';
import { joinHeaders, readHeader } from './header.js';
import { documentUnreadable } from './import.refusals.js';
import { linkWithinFiles } from './links.js';
import { placesIn, placeText } from './places.js';
import { fullEffort } from './text/general-yaml.js';
import type { Effort } from './text/nesting.js';
import { readText } from './text/read-text.js';

/**
 * Reads declarative files of Kong or decK, YAML or JSON, nested or flat, as if they were one. Refuses texts that cannot be
 * read at all; everything else that is wrong with the files by themselves is gathered, each problem with its path. What it
 * takes the rest of the group to tell is left to `changesOf`.
 */
export function parseDeclarative(
  documents: readonly NamedDocument[],
  selectTags: readonly string[] = [],
): Declaration {
  const effort = fullEffort();
  const files = documents.map((document, index) => readFile(document, index, effort));
  refuseAny(files.flatMap(({ faults }) => faults));
  const headers = files.map(({ name, value }, index) => readHeader(value, { name, root: rootOf(index) }));
  const shared = joinHeaders(headers, selectTags);
  const gathering: Gathering = { entities: [], memberships: [], problems: [] };
  files.forEach(({ value }, index) => {
    const header = { ...shared, hasUnmarkedRegexes: headers[index]?.hasUnmarkedRegexes ?? false };
    gatherEntities(gathering, value, { header, root: rootOf(index) });
  });
  const loose = linkWithinFiles(gathering);
  const placeOf = (path: readonly string[]): Place => placeIn(files, path);
  const duplicates = findDuplicates(gathering.entities, placeOf);
  const environment = files.flatMap(({ text, value }, index) => findEnvironment(text, value, rootOf(index)));
  const problems = [...shared.problems, ...gathering.problems, ...loose, ...duplicates];
  return {
    entities: gathering.entities,
    selectTags: shared.selectTags,
    lookupTags: shared.lookupTags,
    warnings: shared.warnings,
    problems: withoutEchoes(environment, problems),
    placeOf,
  };
}

interface ReadFile {
  readonly name: string;
  readonly text: string;
  readonly value: JsonObject;
  readonly placeAt: ReturnType<typeof placesIn>;
  readonly offsetOf: (path: readonly string[]) => number;
  /** Why it cannot be read; if there is anything, the value is nothing to go by. */
  readonly faults: readonly Problem[];
}

function readFile({ name, content }: NamedDocument, index: number, effort: Effort): ReadFile {
  const text = content.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const { value, offsetOf, faults } = readText(text, effort);
  const placeAt = placesIn(text);
  const told = faults.length > 0 ? faults : formFaults(value);
  const problems = told.map(({ offset, because }) => {
    const place = placeText({ file: index, fileName: name, ...placeAt(offset) });
    return documentUnreadable.problem({ because: `${place}: ${because}` }, rootOf(index));
  });
  return { name, text, value: isObject(value) ? value : {}, placeAt, offsetOf, faults: problems };
}

function formFaults(value: Json): readonly { readonly offset: number; readonly because: string }[] {
  if (isObject(value)) return [];
  const because =
    value === null
      ? 'this file is empty'
      : `this file must hold a mapping with collections, not ${shown(value)}`;
  return [{ offset: 0, because }];
}

function placeIn(files: readonly ReadFile[], path: readonly string[]): Place {
  const index = fileOf(path) ?? 0;
  const file = files[index];
  if (!file) throw new Error(`There is no file ${index}.`);
  return { file: index, fileName: file.name, ...file.placeAt(file.offsetOf(withinFile(path))) };
}

/** A value that is still to be filled in breaks rules for that reason alone; it is enough to say so. */
function withoutEchoes(environment: readonly Problem[], problems: readonly Problem[]): readonly Problem[] {
  const places = new Set(environment.map(({ path }) => path.join('\u001f')));
  return [...environment, ...problems.filter(({ path }) => !places.has(path.join('\u001f')))];
}
