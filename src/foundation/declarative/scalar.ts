/**
 * The YAML text of a string, a number, a boolean or null, read back as the same by parsers of YAML 1.1 (Kong's) and of
 * YAML 1.2: whatever one of them could take for something else is quoted. `indent` is where the further lines of a
 * text of several lines begin.
 */
export function scalarText(value: string | number | boolean | null, indent: string): string {
  if (typeof value === 'string') return stringText(value, indent);
  if (typeof value === 'number') return numberText(value);
  return String(value);
}

/** The YAML text of a mapping's key: one line, whatever is in it. */
export function keyText(key: string): string {
  return isPlain(key) ? key : quoted(key);
}

function stringText(value: string, indent: string): string {
  if (isPlain(value)) return value;
  return isBlock(value) ? blockText(value, indent) : quoted(value);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Begins like a word or a path; a colon or a space stands only before a letter, a digit or a slash. */
const word = /^[A-Za-z_/](?:[\w./@+~^$()*=%&;?!,-]|[: ](?=[\w/]))*$/;

/** Words that some parser reads as a boolean, as null, or as a number. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|e\d+)$/i;

function isPlain(value: string): boolean {
  return uuid.test(value) || (word.test(value) && !reserved.test(value));
}

/** Text of several lines that a literal block keeps as it is: certificates, code. */
const block = /^[!-~][ -~]*(?:\n+[ -~]+)*\n?$/;

function isBlock(value: string): boolean {
  return value.includes('\n') && block.test(value) && !/[ ](?:\n|$)/.test(value);
}

function blockText(value: string, indent: string): string {
  const ends = value.endsWith('\n');
  const lines = (ends ? value.slice(0, -1) : value).split('\n');
  return `${ends ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

/** JSON's quoting is YAML's, once everything is escaped that YAML cannot print or takes for the end of a line. */
function quoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** YAML 1.1 takes a number with an exponent for one only if it has a fraction. */
function numberText(value: number): string {
  return JSON.stringify(value).replace(/^(-?\d+)e/, '$1.0e');
}
