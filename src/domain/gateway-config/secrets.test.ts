import { newId } from '../../foundation/kernel/id.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import { formatSealed } from '../../foundation/secrets/sealed-text.js';
import { record, text } from './field.js';
import type { Kind } from './kind.js';
import { plugin } from './kinds/plugin.js';
import { vault } from './kinds/vault.js';
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

describe('a fingerprint', () => {
  const sealed = formatSealed({ keyId: newId(), fingerprint: 'f'.repeat(16), content: Buffer.from('a') });
  const current = { secret: sealed };

  it('is shown in the place of a stored secret', () => {
    expect(redacted(thing, current)).toEqual({ secret: `***${'f'.repeat(16)}` });
    expect(redacted(thing, redacted(thing, current))).toEqual(redacted(thing, current));
  });

  it('means the secret that is there if it is that of it, and else nothing', () => {
    expect(withKnownSecrets(thing, redacted(thing, current), current)).toEqual(current);
    const stale = { secret: `***${'g'.repeat(16)}` };
    expect(withKnownSecrets(thing, stale, current)).toEqual(stale);
    expect(normalise(thing, stale).problems.map(({ path }) => path)).toEqual([['secret']]);
  });

  it('comes with what looks like a stored secret, which nobody may give', () => {
    expect(normalise(thing, current).problems.map(({ path }) => path)).toEqual([['secret']]);
  });
});

describe('secrets in maps and in settings without a schema', () => {
  const log = (authorization: string): JsonObject => ({
    ...{ name: 'http-log', config: { http_endpoint: hiddenSecret, headers: { authorization } } },
  });

  it('are hidden, and come back', () => {
    expect(redacted(plugin, log('Bearer a'))).toEqual(log(hiddenSecret));
    expect(withKnownSecrets(plugin, log(hiddenSecret), log('Bearer a'))).toEqual(log('Bearer a'));
    const config = { host: 'a', token: 'b', approle_secret_id_file: '/c' };
    expect(redacted(vault, { name: 'hcv', config })).toEqual({
      ...{ name: 'hcv', config: { ...config, token: hiddenSecret } },
    });
  });

  it('are text, and never begin hidden', () => {
    for (const token of [5, ['a'], hiddenSecret, ''])
      expect(normalise(vault, { prefix: 'mine', name: 'hcv', config: { token } }).problems).toMatchObject([
        { path: ['config', 'token'] },
      ]);
    expect(normalise(plugin, log(hiddenSecret)).problems.map(({ path }) => path)).toEqual([
      ['config', 'http_endpoint'],
      ['config', 'headers', 'authorization'],
    ]);
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
