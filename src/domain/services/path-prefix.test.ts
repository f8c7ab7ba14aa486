import type { Implementation } from './implementation.js';
import { placed } from './path-prefix.js';

/** What a gateway asks the API for, if it gets a request for a path: the route's half, then the plugin's. */
function upstreamPath({ routes }: Implementation, base: string, request: string): string {
  const [{ route, plugins } = { route: {}, plugins: [] }] = routes;
  const [path = ''] = route['paths'] as string[];
  const match = new RegExp(`^${path.startsWith('~') ? path.slice(1) : path}`).exec(request);
  if (!match) throw new Error(`${path} does not match ${request}`);
  const rest = route['strip_path'] === false ? request : request.slice(match[0].length);
  const { replace } = (plugins[0]?.['config'] ?? {}) as { replace?: { uri: string } };
  const captured = match.groups?.['signalbox_path'] ?? '';
  return replace ? replace.uri.replace('$(uri_captures["signalbox_path"])', captured) : `${base}${rest}`;
}

describe('a path prefix and the path of a route', () => {
  it.each([
    { prefix: true, path: true, asked: '/7' },
    { prefix: false, path: false, asked: '/shop/pets/7' },
    { prefix: true, path: false, asked: '/pets/7' },
    { prefix: false, path: true, asked: '/shop/7' },
  ])('are cut off each by itself (prefix: $prefix, path: $path)', ({ prefix, path, asked }) => {
    for (const base of ['', '/api']) {
      const address = { protocol: 'http', host: 'pets.internal', ...(base ? { path: base } : {}) };
      const implementation: Implementation = {
        ...{ settings: {}, plugins: [] },
        routes: [{ route: { name: 'pets', paths: ['/pets'], strip_path: path }, plugins: [] }],
      };
      const settings = { hosts: [], path_prefix: '/shop', strip_path_prefix: prefix };
      const there = placed(implementation, { ...settings, target: { is: 'address', address } });
      expect(upstreamPath(there, base, '/shop/pets/7')).toBe(`${base}${asked}`);
    }
  });
});
