import type { Json } from '../../../../foundation/kernel/json.js';
import { fullEffort, readGeneralYaml, type Fault } from './general-yaml.js';
import type { Effort } from './nesting.js';
import { NotPlain } from './not-plain.js';
import { Offsets } from './offsets.js';
import { readPlainYaml } from './plain-yaml.js';

/** What a text says. The places of its parts are found out when they are first asked for. */
export interface TextRead {
  readonly value: Json;
  /** The offset of what stands at the path, or of the innermost thing around it if there is no such. */
  readonly offsetOf: (path: readonly string[]) => number;
  /** What makes it unreadable; if there is anything, the value is nothing to go by. */
  readonly faults: readonly Fault[];
}

const megabyte = 2 ** 20;
/** How long a text may be, and how long if it takes a full reader of YAML, in characters. */
const longestText = 10 * megabyte;
const longestGeneralText = megabyte;

/**
 * Reads YAML or JSON. Plain texts are read fast, and once more if places are asked for; what goes beyond them is left to a
 * full reader, which takes far more time and memory, so that long texts are not, nor many that use up the effort together.
 */
export function readText(text: string, effort: Effort = fullEffort()): TextRead {
  if (text.length > longestText) return unreadable({ offset: 0, because: tooLong });
  try {
    return { value: readPlainYaml(text), offsetOf: plainOffsets(text), faults: [] };
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    if (text.length > longestGeneralText) return unreadable({ offset: error.offset, because: notPlain });
  }
  const { value, offsets, faults } = readGeneralYaml(text, effort);
  return { value, offsetOf: (path) => offsets.find(value, path), faults };
}

function plainOffsets(text: string): TextRead['offsetOf'] {
  let places: { readonly root: Json; readonly offsets: Offsets } | undefined;
  return (path) => {
    if (!places) {
      const offsets = new Offsets();
      places = { root: readPlainYaml(text, offsets), offsets };
    }
    return places.offsets.find(places.root, path);
  };
}

function unreadable(fault: Fault): TextRead {
  return { value: null, offsetOf: () => 0, faults: [fault] };
}

const tooLong = `this file is larger than ${longestText / megabyte} MB, which is the limit; split it`;
const notPlain =
  'from here on, this is no YAML, or YAML of a rare form (an anchor, a tag, a text folded over lines, …); ' +
  `files of more than ${longestGeneralText / megabyte} MB must do without`;
