import { RegexFault } from './regex-fault.js';

/** Some characters, by their code points. */
export type CharacterSet = (code: number) => boolean;

/** The set of this one character. */
export function oneOf(character: string): CharacterSet {
  const only = character.codePointAt(0);
  return (code) => code === only;
}

/** The set with the other case of each character. */
export function caseless(set: CharacterSet): CharacterSet {
  return (code) => {
    if (set(code)) return true;
    const character = String.fromCodePoint(code);
    return set(onlyCode(character.toLowerCase())) || set(onlyCode(character.toUpperCase()));
  };
}

/** The code of a text of one character; of others, one that no character has. */
function onlyCode(text: string): number {
  const code = text.codePointAt(0) ?? -1;
  return text.length === (code > 0xffff ? 2 : 1) ? code : -1;
}

/** True for what words are made of. */
export const isWord: CharacterSet = matching(/[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u, /\w/);
const isDigit = matching(/\p{Nd}/u, /\d/);
const isSpace = matching(/\p{White_Space}/u, /\s/);

/** The set that `\d` and its like stand for, by the letter. */
export function namedSet(letter: string): CharacterSet | undefined {
  return sets[letter];
}

const sets: Readonly<Record<string, CharacterSet | undefined>> = {
  d: isDigit,
  D: (code) => !isDigit(code),
  s: isSpace,
  S: (code) => !isSpace(code),
  w: isWord,
  W: (code) => !isWord(code),
};

const controls: Readonly<Record<string, string | undefined>> = {
  a: '\u0007',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The character that an escaped one stands for: itself, unless it is a letter or a digit. */
export function classEscape(character: string): string | undefined {
  return /^[0-9A-Za-z<>]$/.test(character) ? controls[character] : character;
}

const posix: Readonly<Record<string, RegExp | undefined>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  ascii: /[^\u0080-\u{10ffff}]/u,
  blank: /[\t ]/,
  // eslint-disable-next-line no-control-regex -- The class is that of control characters.
  cntrl: /[\u0000-\u001f\u007f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** The set that `[:alpha:]` and its like stand for. */
export function posixSet(name: string): CharacterSet {
  const expression = posix[name];
  if (!expression) throw new RegexFault(`there is no class “${name}”`);
  return (code) => expression.test(String.fromCodePoint(code));
}

/** The characters with a property that Unicode defines, by the name of a category or of a script. */
export function unicodeSet(name: string): CharacterSet {
  for (const property of [name, `Script=${name}`]) {
    const expression = propertyExpression(property);
    if (expression) return (code) => expression.test(String.fromCodePoint(code));
  }
  throw new RegexFault(`there is no class “${name}”`);
}

function propertyExpression(property: string): RegExp | undefined {
  if (!/^[A-Za-z_=]+$/.test(property)) return undefined;
  try {
    return new RegExp(`\\p{${property}}`, 'u');
  } catch {
    return undefined;
  }
}

/** Nearly all characters are ASCII, for which a smaller class answers much faster. */
function matching(all: RegExp, ascii: RegExp): CharacterSet {
  const known = Array.from({ length: 128 }, (_, code) => ascii.test(String.fromCodePoint(code)));
  return (code) => known[code] ?? all.test(String.fromCodePoint(code));
}
