import { record, text } from './field.js';
import type { Kind } from './kind.js';
import { plugin } from './kinds/plugin.js';
import { hiddenSecret, isVaultReference, redacted, withKnownSecrets } from './secrets.js';
import { normalise } from './document.js';

const secret = { type: text(), secret: true, description: 'A secret.' };
const open = { type: text(), description: 'Open.' };
const thing: Kind = {
  ...{ name: 'thing', typeName: 'Thing', collection: 'things', listField: 'things', description: 'A thing.' },
  fields: {
    open,
    secret,
    pair: { type: record('Pair', 'A pair.', { open, secret }), description: 'A pair.' },
  },
  ...{ unique: [], rules: [] },
};

describe('a redacted document', () => {
  it('has its secrets hidden, at every depth', () => {
    const document = { open: 'a', secret: 'b', pair: { open: 'c', secret: 'd' } };
    expect(redacted(thing, document)).toEqual({
      open: 'a',
      secret: hiddenSecret,
      pair: { open: 'c', secret: hiddenSecret },
    });
    expect(document.pair.secret).toBe('d');
  });

  it('shows where in a vault a secret is', () => {
    const document = { secret: '{vault://env/a}', pair: { secret: '{vault://env/b}' } };
    expect(redacted(thing, document)).toEqual(document);
  });

  it('is the document itself where there is nothing to hide', () => {
    const document = { open: 'a' };
    expect(redacted(thing, document)).toBe(document);
  });
});

describe('a hidden secret that comes back', () => {
  const current = { secret: 'b', pair: { open: 'c', secret: 'd' } };

  it('is the one that is there', () => {
    const input = { open: 'x', secret: hiddenSecret, pair: { secret: hiddenSecret } };
    expect(withKnownSecrets(thing, input, current)).toEqual({
      open: 'x',
      secret: 'b',
      pair: { secret: 'd' },
    });
    expect(withKnownSecrets(thing, redacted(thing, current), current)).toEqual(current);
  });

  it('is refused where there is none', () => {
    const input = withKnownSecrets(thing, { secret: hiddenSecret, pair: { secret: hiddenSecret } }, {});
    const { problems } = normalise(thing, input);
    expect(problems.map(({ path }) => path)).toEqual([['secret'], ['pair', 'secret']]);
    expect(problems[0]?.message).toContain('be the secret itself');
  });

  it('changes nothing in an input of any shape', () => {
    for (const input of [{ pair: [] }, { pair: null, secret: null }, { secret: { a: 1 } }, {}])
      expect(withKnownSecrets(thing, input, current)).toEqual(input);
  });
});

it.each(['{vault://env/a}', '{vault://my-vault/path/key?ttl=1}'])('%s is a vault reference', (value) => {
  expect(isVaultReference(value)).toBe(true);
});

it.each(['vault://env/a', '{vault://}', '{vault://env/a', 'x{vault://env/a}', '{vault://env/a}{vault://b}'])(
  '%s is none',
  (value) => {
    expect(isVaultReference(value)).toBe(false);
  },
);

describe('secrets of a variant', () => {
  const current = { name: 'rate-limiting', config: { minute: 5, redis: { host: 'a', password: 'b' } } };
  const hidden = { ...current, config: { minute: 5, redis: { host: 'a', password: hiddenSecret } } };

  it('are hidden, and come back', () => {
    expect(redacted(plugin, current)).toEqual(hidden);
    expect(withKnownSecrets(plugin, hidden, current)).toEqual(current);
    const { config } = hidden;
    expect(withKnownSecrets(plugin, { config }, current)).toEqual({ config: current.config });
  });

  it('come back under former names, too', () => {
    const input = { config: { redis_password: hiddenSecret } };
    expect(withKnownSecrets(plugin, input, current)).toEqual({ config: { redis: { password: 'b' } } });
  });

  it('are not those of another variant', () => {
    const input = { name: 'response-ratelimiting', config: { redis: { password: hiddenSecret } } };
    expect(withKnownSecrets(plugin, input, current)).toEqual(input);
  });
});
