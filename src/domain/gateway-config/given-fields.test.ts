import { normalise } from './document.js';
import { text } from './field.js';
import { givenFields, normaliseOpen } from './given-fields.js';
import type { Kind } from './kind.js';
import { hiddenSecret } from './secrets.js';

let made = 0;
const kind: Kind = {
  ...{ name: 'pass', typeName: 'Pass', collection: 'passes', listField: 'passes', description: 'A pass.' },
  fields: {
    owner: { type: text(), description: 'Whose it is.' },
    key: { type: text(), required: true, secret: true, description: 'The key.' },
  },
  ...{ unique: [], rules: [] },
  generate: { key: () => `made-${++made}` },
};
const current = { owner: 'a', key: 'old' };

beforeEach(() => {
  made = 0;
});

it.each([
  ['what is absent', {}, { key: 'made-1' }],
  ['what is null', { key: null }, { key: 'made-1' }],
  ['nothing that is given', { key: 'mine' }, { key: 'mine' }],
])('makes for a new entity %s', (_, fields, expected) => {
  expect(givenFields(kind, { is: 'create', fields })).toEqual(expected);
});

it.each([
  ['keeps what is absent', {}, { key: 'old' }],
  ['keeps what is null', { key: null }, { key: 'old' }],
  ['keeps what is hidden', { key: hiddenSecret }, { key: 'old' }],
  ['takes what is given', { key: 'mine' }, { key: 'mine' }],
])('of a replaced entity %s', (_, fields, expected) => {
  expect(givenFields(kind, { is: 'replace', fields }, current)).toEqual(expected);
  expect(made).toBe(0);
});

it.each([
  ['leaves what is absent', {}, {}],
  ['makes what is null anew', { key: null }, { key: 'made-1' }],
  ['keeps what is hidden', { key: hiddenSecret }, { key: 'old' }],
])('of an updated entity %s', (_, fields, expected) => {
  expect(givenFields(kind, { is: 'update', fields }, current)).toEqual(expected);
});

describe('before it is known which entity an input is about', () => {
  it.each([{}, { key: null }])('what would be generated is absent from %j', (input) => {
    expect(normaliseOpen(kind, { owner: 'a', ...input })).toEqual({
      document: { owner: 'a' },
      problems: [],
      isClosed: false,
    });
  });

  it('a hidden secret stays hidden', () => {
    const input = { owner: 'a', key: hiddenSecret };
    expect(normaliseOpen(kind, input)).toEqual({ document: input, problems: [], isClosed: false });
  });

  it('a document with nothing open is what it will be', () => {
    const input = { owner: 'a', key: 'mine' };
    expect(normaliseOpen(kind, input)).toEqual({ ...normalise(kind, input), isClosed: true });
  });

  it('everything else is checked', () => {
    const { problems } = normaliseOpen(kind, { owner: 7, key: '' });
    expect(problems.map(({ path }) => path)).toEqual([['owner'], ['key']]);
  });
});
