import type { JsonObject } from '../../../foundation/kernel/json.js';
import { keysOf, normalise, patch, referencesOf, withoutReference } from '../document.js';
import { consumerGroup } from './consumer-group.js';
import { consumer } from './consumer.js';

function verdict(input: JsonObject): string[][] {
  return normalise(consumer, input).problems.map(({ code, path }) => [code, ...path]);
}

it.each<[string, JsonObject]>([
  ['a username', { username: 'alice' }],
  ['a custom id', { custom_id: '42' }],
  ['both', { username: 'alice', custom_id: '42' }],
  ['any printable text', { username: 'Alice (sales) <alice@example.com>, ext. 42/1 ☎' }],
])('accepts %s', (_, input) => {
  expect(verdict(input)).toEqual([]);
});

it.each<[string, string[][], JsonObject]>([
  ['neither', [['CONSUMER_WITHOUT_IDENTITY']], {}],
  ['nulls for both', [['CONSUMER_WITHOUT_IDENTITY']], { username: null, custom_id: null }],
  ['an empty username', [['FIELD_INVALID', 'username']], { username: '' }],
  ['a number for a custom id', [['FIELD_INVALID', 'custom_id']], { custom_id: 42 }],
  ['control characters', [['FIELD_INVALID', 'username']], { username: 'a\u0000b' }],
])('refuses %s', (_, problems, input) => {
  expect(verdict(input)).toEqual(problems);
});

it('is unique by each of its two names, and by an absent one not at all', () => {
  expect(keysOf(consumer, { username: 'a', custom_id: 'b' })).toEqual(['a', 'b']);
  expect(keysOf(consumer, { custom_id: 'b' })).toEqual([null, 'b']);
});

it('keeps one of its names through changes', () => {
  const current = { username: 'a' };
  expect(patch(consumer, current, { username: null, custom_id: 'b' })).toEqual({
    document: { custom_id: 'b' },
    problems: [],
  });
  const { problems } = patch(consumer, current, { username: null });
  expect(problems.map(({ code }) => code)).toEqual(['CONSUMER_WITHOUT_IDENTITY']);
});

describe('consumer groups', () => {
  it('are named by id or by an object with one, each once', () => {
    const { document } = normalise(consumer, { username: 'a', groups: ['g', { id: 'h' }, 'g'] });
    expect(document['groups']).toEqual(['g', 'h']);
    expect(referencesOf(consumer, document)).toEqual([
      { field: 'groups', to: 'g' },
      { field: 'groups', to: 'h' },
    ]);
  });

  it('cannot be anything else', () => {
    expect(verdict({ username: 'a', groups: 'g' })).toEqual([['FIELD_INVALID', 'groups']]);
    expect(verdict({ username: 'a', groups: [{ tag: 'g' }] })).toEqual([['FIELD_INVALID', 'groups', '0']]);
  });

  it('leave the consumer behind when they go', () => {
    const both = { username: 'a', groups: ['g', 'h'] };
    expect(consumer.fields['groups']?.type).toMatchObject({ of: { onDelete: 'unlink' } });
    expect(withoutReference(both, { field: 'groups', to: 'g' })).toEqual({ username: 'a', groups: ['h'] });
    expect(withoutReference({ ...both, groups: ['g'] }, { field: 'groups', to: 'g' })).toEqual({
      username: 'a',
    });
  });

  it('have a name that is theirs alone', () => {
    expect(normalise(consumerGroup, { name: 'Gold members' }).problems).toEqual([]);
    expect(normalise(consumerGroup, {}).problems.map(({ path }) => path)).toEqual([['name']]);
    expect(keysOf(consumerGroup, { name: 'gold' })).toEqual(['gold', null]);
  });
});
