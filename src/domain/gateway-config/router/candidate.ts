import { derivedId } from '../../../foundation/kernel/id.js';
import type { Document } from '../kind.js';
import { textsIn } from '../kinds/rule.js';
import { isStream } from './request.js';

/** A route, as a router takes it. */
export interface RouterRoute {
  readonly id: string;
  readonly document: Document;
  /** Why gateways do not have the route, if they do not. */
  readonly absentBecause?: string | undefined;
}

/** What a router looks for: a route, or that part of one whose paths have one rank. */
export interface Candidate<Route extends RouterRoute> {
  readonly route: Route;
  /** Decides between candidates of one rank: the greatest wins. */
  readonly id: string;
  readonly paths: readonly string[];
}

/** The namespace in which the router names the parts of a route. */
const partsOfRoutes = '7f145bf9-0dce-4f91-98eb-debbce4b9f6b';

/**
 * The candidates that a route stands for: one for its regular expressions and one for each length among its prefixes, because
 * those differ in rank.
 */
export function candidatesOf<Route extends RouterRoute>(route: Route): Candidate<Route>[] {
  const groups = new Map<number, string[]>();
  for (const path of isStream(protocolOf(route)) ? [] : textsIn(route.document, 'paths')) {
    const key = isRegex(path) ? 0 : path.length;
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  const [first = [], ...others] = groups.values();
  if (others.length === 0) return [{ route, id: route.id, paths: first }];
  return [first, ...others].map((paths, index) => ({
    ...{ route, paths },
    id: derivedId(partsOfRoutes, `${route.id}#${index + 1}`),
  }));
}

/** One of the protocols of a route: the first stands for them all, since they are of one family. */
export function protocolOf({ document }: RouterRoute): string {
  return textsIn(document, 'protocols')[0] ?? 'http';
}

/** True for a path that is a regular expression rather than a prefix. */
export function isRegex(path: string): boolean {
  return path.startsWith('~');
}
