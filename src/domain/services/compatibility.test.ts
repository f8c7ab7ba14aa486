import { newerPlugins, whyNot } from './compatibility.js';

describe('a gateway', () => {
  const plugins = newerPlugins([
    { kind: 'plugin', after: { name: 'redirect' } },
    { kind: 'plugin', after: { name: 'cors' } },
    { kind: 'plugin', after: null },
    { kind: 'route', after: { name: 'redirect' } },
  ]);

  it('is asked for no more than the plugins that only newer ones have', () => {
    expect([...plugins]).toEqual([['redirect', '3.9']]);
  });

  it.each(['3.9', '3.9.1', '3.10.0', '4.0', 'kong/3.9.0', null, 'unknown'])(
    'of version %s can take them',
    (version) => {
      expect(whyNot(version, plugins)).toBeNull();
    },
  );

  it.each(['3.4.2', '3.8', '2.11'])('of version %s cannot', (version) => {
    expect(whyNot(version, plugins)).toBe(`It runs ${version}, which does not have redirect (since 3.9).`);
  });
});
