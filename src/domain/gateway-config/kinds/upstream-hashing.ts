import type { JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import { fieldRequired, fieldsConflict } from '../document.refusals.js';
import type { Document, Expansion, Rule } from '../kind.js';
import { textAt } from '../reading.js';
import { rule } from './rule.js';

/** Which field says more about an input: the header's name, the cookie's name … */
const companions: Readonly<Record<'hash_on' | 'hash_fallback', Readonly<Record<string, string>>>> = {
  hash_on: {
    header: 'hash_on_header',
    cookie: 'hash_on_cookie',
    query_arg: 'hash_on_query_arg',
    uri_capture: 'hash_on_uri_capture',
  },
  hash_fallback: {
    header: 'hash_fallback_header',
    cookie: 'hash_on_cookie',
    query_arg: 'hash_fallback_query_arg',
    uri_capture: 'hash_fallback_uri_capture',
  },
};

/** The inputs that a request has one of, so that one is no fallback for itself. */
const single = ['consumer', 'ip', 'path'];

const pairs = [
  ['hash_on_header', 'hash_fallback_header'],
  ['hash_on_query_arg', 'hash_fallback_query_arg'],
  ['hash_on_uri_capture', 'hash_fallback_uri_capture'],
] as const;

/** What must hold across the hash inputs of an upstream. */
export const hashRules: readonly Rule[] = [
  companionRule('hash_on'),
  companionRule('hash_fallback'),
  rule(['hash_on', 'hash_fallback'], fallback),
  rule(['algorithm', 'hash_on'], hashingAlgorithm),
  ...pairs.map(distinct),
];

/**
 * Algorithm and hash input depend on each other; who gives only one of them takes the other along: a hash input brings
 * consistent hashing, no hash input the default, and an algorithm that hashes nothing takes the inputs away.
 */
export function expandAlgorithm(input: JsonObject): Expansion {
  return { fields: algorithmOrInput(input), problems: [] };
}

function algorithmOrInput(input: JsonObject): JsonObject {
  const algorithm = input['algorithm'] ?? null;
  if (Object.hasOwn(input, 'hash_on')) {
    if (algorithm !== null) return {};
    const hashes = (input['hash_on'] ?? 'none') !== 'none';
    return { algorithm: hashes ? 'consistent-hashing' : null };
  }
  if (algorithm === null || algorithm === 'consistent-hashing') return {};
  return { hash_on: null, hash_fallback: input['hash_fallback'] ?? null };
}

/** With a hash input, the default algorithm gives way to consistent hashing. */
export function completeAlgorithm(document: Document): Document {
  if (document['hash_on'] === 'none' || document['algorithm'] !== 'round-robin') return document;
  return { ...document, algorithm: 'consistent-hashing' };
}

function companionRule(input: 'hash_on' | 'hash_fallback'): Rule {
  return rule([input, ...Object.values(companions[input])], (document) => {
    const value = textAt(document, input);
    const field = companions[input][value];
    if (field === undefined || document[field] !== undefined) return [];
    return [fieldRequired.problem({ field, when: `${input} is ${value}` }, [field])];
  });
}

function fallback(document: Document): Problem[] {
  const [first, second] = [textAt(document, 'hash_on'), textAt(document, 'hash_fallback')];
  const isUseless = first === 'none' || first === 'cookie' || (first === second && single.includes(first));
  if (second === 'none' || !isUseless) return [];
  const facts = { field: `hash_fallback ${second}`, with: `hash_on ${first}`, instead: 'Make it none.' };
  return [fieldsConflict.problem(facts, ['hash_fallback'])];
}

function hashingAlgorithm(document: Document): Problem[] {
  const [algorithm, input] = [textAt(document, 'algorithm'), textAt(document, 'hash_on')];
  if (input === 'none' || !['least-connections', 'latency'].includes(algorithm)) return [];
  const instead = 'Give either the algorithm or the hash input.';
  return [
    fieldsConflict.problem({ field: `algorithm ${algorithm}`, with: `hash_on ${input}`, instead }, [
      'algorithm',
    ]),
  ];
}

function distinct([first, second]: (typeof pairs)[number]): Rule {
  return rule([first, second], (document) => {
    if (document[second] === undefined || document[first] !== document[second]) return [];
    const facts = { field: second, with: `the same ${first}`, instead: 'Give different names.' };
    return [fieldsConflict.problem(facts, [second])];
  });
}
