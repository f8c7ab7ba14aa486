import type { JsonObject } from '../../foundation/kernel/json.js';
import { needsOf, whyNot, type Need } from './compatibility.js';
import { normalise } from './document.js';
import { plugin } from './kinds/plugin.js';
import { bundledPlugins } from './plugin-schemas/index.js';

/** What gateways need for a plugin that was written so, with its defaults filled as it is stored. */
function needsOfPlugin(name: string, config: JsonObject = {}): readonly Need[] {
  const { document, problems } = normalise(plugin, { name, config });
  expect(problems).toEqual([]);
  return needsOf([{ kind: 'plugin', document }]);
}

describe('a configuration', () => {
  it('needs the plugins that only newer gateways have, each once', () => {
    const redirect = { kind: 'plugin', document: { name: 'redirect' } };
    const cors = { kind: 'plugin', document: { name: 'cors' } };
    const own = { kind: 'plugin', document: { name: 'of-our-own' } };
    const route = { kind: 'route', document: { name: 'redirect' } };
    expect(needsOf([redirect, cors, own, redirect, route])).toEqual([{ what: 'redirect', since: '3.9' }]);
  });

  it('needs single settings that only newer gateways have', () => {
    expect(needsOfPlugin('basic-auth', { realm: 'shop' })).toEqual([
      { what: 'config.realm of basic-auth', since: '3.6' },
    ]);
    expect(needsOfPlugin('rate-limiting', { minute: 5, policy: 'redis', redis: { host: 'cache' } })).toEqual([
      { what: 'config.redis of rate-limiting', since: '3.6' },
    ]);
  });

  it('needs what stands deep in it', () => {
    const config = { route_type: 'llm/v1/chat', model: { provider: 'openai', options: { input_cost: 3 } } };
    expect(needsOfPlugin('ai-proxy', config)).toEqual([
      { what: 'ai-proxy', since: '3.6' },
      { what: 'config.model.options.input_cost of ai-proxy', since: '3.8' },
    ]);
  });

  it('needs nothing for settings that are as they would be anyway', () => {
    expect(needsOfPlugin('basic-auth', { realm: 'service' })).toEqual([]);
    expect(needsOfPlugin('rate-limiting', { minute: 5 })).toEqual([]);
    const whole = bundledPlugins.map(({ name }) => ({
      kind: 'plugin',
      document: normalise(plugin, { name, config: {} }).document,
    }));
    const newer = bundledPlugins.flatMap(({ name, since }) => (since === undefined ? [] : [name]));
    expect(needsOf(whole).map(({ what }) => what)).toEqual(newer);
  });
});

describe('a gateway', () => {
  const needs = [{ what: 'redirect', since: '3.9' }];

  it.each(['3.9', '3.9.1', '3.10.0', '4.0', 'kong/3.9.0', null, 'unknown'])(
    'of version %s can take what needs 3.9',
    (version) => {
      expect(whyNot(version, needs)).toBeNull();
    },
  );

  it.each(['3.4.2', '3.8', '2.11'])('of version %s cannot', (version) => {
    expect(whyNot(version, needs)).toBe(
      `Version ${version} of the gateway does not have redirect (since 3.9).`,
    );
  });
});
