import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { amendPlugin } from './amend-plugins.js';
import type { Implementation, RouteDraft } from './implementation.js';
import type { RuntimeSettings } from './runtime-configuration.js';

/** The implementation where the settings put it: its routes behind their hosts, and behind the path prefix. */
export function placed(implementation: Implementation, settings: RuntimeSettings): Implementation {
  const { hosts } = settings;
  const routes = implementation.routes.map((draft) => {
    const own = (draft.route['hosts'] ?? []) as readonly Json[];
    const hosted = own.length > 0 || hosts.length === 0 ? draft.route : { ...draft.route, hosts };
    return prefixed({ ...draft, route: hosted }, implementation, settings);
  });
  return { ...implementation, routes };
}

/**
 * The route behind the prefix. A gateway cuts off what a path matched, or nothing. Where the one half is to be cut and the
 * other kept, the path becomes a regular expression with the kept half as a named group, and request-transformer takes it.
 */
function prefixed(draft: RouteDraft, whole: Implementation, settings: RuntimeSettings): RouteDraft {
  const { path_prefix: prefix, strip_path_prefix: cutsPrefix, target } = settings;
  if (prefix === null) return draft;
  const paths = (draft.route['paths'] ?? []) as readonly string[];
  const cutsPath = draft.route['strip_path'] !== false;
  if (paths.length === 0)
    return { ...draft, route: { ...draft.route, paths: [prefix], strip_path: cutsPrefix } };
  if (cutsPath === cutsPrefix) {
    return { ...draft, route: { ...draft.route, paths: paths.map((path) => behind(prefix, path)) } };
  }
  const kept = cutsPrefix ? keptPath : keptRest;
  const uri = `${base(target)}${cutsPrefix ? '' : prefix}$(uri_captures["${group}"])`;
  return {
    route: {
      ...draft.route,
      paths: paths.map((path) => kept(prefix, path)),
      strip_path: false,
      // Among regular expressions the longest is to win, as among prefixes.
      regex_priority:
        Number(draft.route['regex_priority'] ?? 0) + Math.max(...paths.map((path) => path.length)),
    },
    plugins: withUri(draft, whole, uri),
  };
}

/** The path of the API itself: the plugin sets the whole path, where a gateway would put this one first. */
function base({ address }: RuntimeSettings['target']): string {
  const path = (address['path'] ?? '') as string;
  // The plugin would take what is after a dollar sign for code.
  return path.replace(/\/$/, '').replaceAll('$', '%24');
}

const group = 'signalbox_path';

function behind(prefix: string, path: string): string {
  return path.startsWith('~')
    ? `~${escaped(prefix)}${path.slice(1)}`
    : `${prefix}${path === '/' ? '' : path}`;
}

/** A regular expression whose group holds all but the prefix. */
function keptPath(prefix: string, path: string): string {
  const { body, end } = expression(path);
  return end === ''
    ? `~${escaped(prefix)}(?<${group}>${body}.*)`
    : `~${escaped(prefix)}(?<${group}>${body})${end}`;
}

/** A regular expression whose group holds what follows on the path. */
function keptRest(prefix: string, path: string): string {
  const { body, end } = expression(path);
  return end === ''
    ? `~${escaped(prefix)}${body}(?<${group}>.*)`
    : `~${escaped(prefix)}${body}(?<${group}>)${end}`;
}

function expression(path: string): { readonly body: string; readonly end: string } {
  const text = path.startsWith('~') ? path.slice(1) : escaped(path);
  return path.startsWith('~') && /(?<!\\)\$$/.test(text)
    ? { body: text.slice(0, -1), end: '$' }
    : { body: text, end: '' };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** The route's own request-transformer, or a copy of the one of all routes, which it takes the place of, with this path. */
function withUri({ plugins }: RouteDraft, whole: Implementation, uri: string): readonly JsonObject[] {
  const amend = (config: JsonObject): JsonObject => ({
    ...config,
    replace: { ...((config['replace'] ?? {}) as JsonObject), uri },
  });
  const shared = whole.plugins.filter((plugin) => plugin['name'] === transformer);
  const { instance_name: _, ...general } = shared[0] ?? { name: transformer };
  return (
    amendPlugin(plugins, transformer, amend) ?? [
      ...plugins,
      ...(amendPlugin([general], transformer, amend) ?? []),
    ]
  );
}

const transformer = 'request-transformer';
