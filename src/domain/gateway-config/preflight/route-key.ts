import { present, textsIn } from '../kinds/rule.js';
import type { Document } from '../kind.js';
import { isStream, splitPort } from '../router/request.js';

/** How many keys a route has at most. */
const mostKeys = 1000;

/**
 * The keys of a route: two routes of which one takes the requests of the other, or of which nothing but the ids says who gets
 * them, have one in common, because such routes are alike in rank, and what decides about the rank is in the key. It is a
 * server and a path, for each pair of them; “*” where the route is for several servers, nothing where it is for any path. Only
 * of connections, a server by its name and one by “*” are alike in rank, and yet have no key in common.
 */
export function routeKeys(document: Document): string[] {
  const names = namesIn(document);
  const isPlain = names.length > 0 && !names.some((name) => name.includes('*'));
  const servers = isPlain ? new Set(names.map((name) => splitPort(name).host)) : ['*'];
  const given = new Set(textsIn(document, 'paths'));
  const paths = given.size > 0 ? [...given] : [''];
  return [...servers].flatMap((server) => paths.map((path) => `${server} ${path}`)).slice(0, mostKeys);
}

/** The servers that a route is for: by the Host header; of connections by the handshake, if that is all there is. */
function namesIn(document: Document): readonly string[] {
  if (!isStream(textsIn(document, 'protocols')[0] ?? '')) return textsIn(document, 'hosts');
  return present(document, ['sources', 'destinations']).length > 0 ? [] : textsIn(document, 'snis');
}
