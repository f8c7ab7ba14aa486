import type { Fields } from '../../field.js';
import { preset, texts } from '../settings.js';
import { atLeastOneOf } from '../rules.js';

const moments = {
  certificate: 'before the certificate is chosen',
  rewrite: 'before the route is known',
  access: 'before the request goes on',
  header_filter: 'for the headers of the response',
  body_filter: 'for each part of the body of the response',
  log: 'after the response',
};

/** Pieces of Lua code, by the phase that they run in. */
export const phases: Fields = Object.fromEntries(
  Object.entries(moments).map(([phase, moment]) => [
    phase,
    preset(texts, [], `The code that runs ${moment}.`),
  ]),
);

export const somePhase = atLeastOneOf(...Object.keys(moments));
