import { upstreamPath, upstreamPathV1 } from './upstream-path.js';

/** base, path, what matched, and the paths with the matched part: stripped, kept, and both for `v1`. */
const cases: readonly (readonly [string, string, string | undefined, string, string, string, string])[] = [
  ['/', '/', '/', '/', '/', '/', '/'],
  ['/', '/route', '/route', '/', '/route', '/', '/route'],
  ['/', '/route/', '/route', '/', '/route/', '/', '/route/'],
  ['/', '/route/sub', '/route', '/sub', '/route/sub', '/sub', '/route/sub'],
  ['/', '/routesub', '/route', '/sub', '/routesub', '/sub', '/routesub'],
  ['/srv', '/', '/', '/srv', '/srv', '/srv', '/srv'],
  ['/srv', '/route', '/route', '/srv', '/srv/route', '/srv', '/srvroute'],
  ['/srv', '/route/', '/route', '/srv/', '/srv/route/', '/srv/', '/srvroute/'],
  ['/srv', '/route/sub', '/route', '/srv/sub', '/srv/route/sub', '/srv/sub', '/srvroute/sub'],
  ['/srv', '/routesub', '/route', '/srv/sub', '/srv/routesub', '/srvsub', '/srvroutesub'],
  ['/srv', '/sub', '/', '/srv/sub', '/srv/sub', '/srvsub', '/srvsub'],
  ['/srv/', '/', '/', '/srv/', '/srv/', '/srv/', '/srv/'],
  ['/srv/', '/route', '/route', '/srv', '/srv/route', '/srv/', '/srv/route'],
  ['/srv/', '/route/', '/route/', '/srv/', '/srv/route/', '/srv/', '/srv/route/'],
  ['/srv/', '/route/sub', '/route', '/srv/sub', '/srv/route/sub', '/srv/sub', '/srv/route/sub'],
  ['/srv/', '/routesub', '/route', '/srv/sub', '/srv/routesub', '/srv/sub', '/srv/routesub'],
  ['/srv', '/sub', undefined, '/srv/sub', '/srv/sub', '/srvsub', '/srvsub'],
  ['/srv', '/route..', '/route', '/srv', '/srv/route..', '/srv', '/srvroute..'],
  ['/srv', '/route../x', '/route', '/srv/x', '/srv/route../x', '/srvx', '/srvroute../x'],
];

it.each(cases)('%s with %s, of which %s matched', (base, path, matched, ...expected) => {
  const rewrites = [true, false].map((stripPath) => ({ base, path, matched, stripPath }));
  expect([...rewrites.map(upstreamPath), ...rewrites.map(upstreamPathV1)]).toEqual(expected);
});
