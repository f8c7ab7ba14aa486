import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../../foundation/kernel/refusal.js';
import { isObject, shown } from '../reading.js';
import { documentInput, type DeclarativeFile, type Place } from './declarative-file.js';
import { findDuplicates } from './duplicates.js';
import { findEnvironment } from './environment.js';
import { gatherEntities } from './gather.js';
import { readHeader } from './header.js';
import { documentUnreadable } from './import.refusals.js';
import { linkWithinFile } from './links.js';
import { placed, placesIn } from './places.js';
import type { Fault } from './text/general-yaml.js';
import { readText } from './text/read-text.js';

/**
 * Reads a declarative file of Kong or decK: YAML or JSON, nested or flat. Refuses it with everything that is wrong with it
 * by itself, each problem at its place; what it takes the rest of the group to tell is left to `changesOf`.
 */
export function parseDeclarative(document: string, fileName: string): DeclarativeFile {
  const text = document.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const { value, offsetOf, faults } = readText(text);
  const placeAt = placesIn(text);
  const unreadable = faults.length > 0 ? faults : formFaults(value);
  refuseAny(unreadable.map((fault) => faultProblem(fileName, placeAt(fault.offset), fault)));
  const placeOf = (path: readonly string[]): Place => placeAt(offsetOf(path.slice(1)));
  const { file, problems } = read(value as JsonObject, { name: fileName, placeOf });
  refuseAny(placed(file, withoutEchoes(findEnvironment(text, value), problems)));
  return file;
}

function formFaults(value: Json): readonly Fault[] {
  if (isObject(value)) return [];
  const because =
    value === null
      ? 'this file is empty'
      : `this file must hold a mapping with collections, not ${shown(value)}`;
  return [{ offset: 0, because }];
}

function faultProblem(fileName: string, { line, column }: Place, { because }: Fault): Problem {
  return documentUnreadable.problem({ because: `${fileName}:${line}:${column}: ${because}` }, [
    documentInput,
  ]);
}

function read(
  content: JsonObject,
  { name, placeOf }: Pick<DeclarativeFile, 'name' | 'placeOf'>,
): { readonly file: DeclarativeFile; readonly problems: readonly Problem[] } {
  const header = readHeader(content);
  const { entities, problems } = gatherEntities(content, header);
  linkWithinFile(entities);
  const duplicates = findDuplicates(entities, placeOf);
  const file = { name, entities, warnings: header.warnings, placeOf };
  return { file, problems: [...header.problems, ...problems, ...duplicates] };
}

/** A value that is still to be filled in breaks rules for that reason alone; it is enough to say so. */
function withoutEchoes(environment: readonly Problem[], problems: readonly Problem[]): readonly Problem[] {
  const places = new Set(environment.map(({ path }) => path.join('\u001f')));
  return [...environment, ...problems.filter(({ path }) => !places.has(path.join('\u001f')))];
}
