import { contents, targets, type Deployed, type TargetWord } from './world.js';

interface RouteWord {
  readonly name: string;
  readonly paths: readonly string[];
  readonly stripPath?: boolean;
}

/** The gateway entities that a deployment makes, one line each. */
export function entitiesOf({ name, content, settings, canary, isDeprecated }: Deployed): string[] {
  const { routes, plugins } = contents[content] as {
    routes: readonly RouteWord[];
    plugins: readonly { name: string }[];
  };
  const everywhere = new Set([
    ...plugins.map((plugin) => plugin.name),
    ...(isDeprecated ? ['response-transformer'] : []),
    ...(canary ? ['pre-function'] : []),
  ]);
  return [
    `gateway_service ${name} to ${hostOf(settings.target, name)}`,
    ...upstream(`${name}.upstream`, settings.target, false),
    ...(canary ? upstream(`${name}.canary`, canary.target, true) : []),
    ...routes.flatMap((route) => routeLines(route, name, settings)),
    ...[...everywhere].map((plugin) => `plugin ${plugin} of ${name}`),
  ].sort();
}

function hostOf(target: TargetWord, name: string): string {
  const given = targets[target];
  return 'address' in given ? new URL(given.address.url).hostname : `${name}.upstream`;
}

function upstream(name: string, target: TargetWord, isAlways: boolean): string[] {
  const given = targets[target];
  if ('address' in given) {
    return isAlways ? [`upstream ${name}`, `target ${new URL(given.address.url).host} of ${name}`] : [];
  }
  return [`upstream ${name}`, ...given.nodes.map((node) => `target ${node.target} of ${name}`)];
}

function routeLines(
  { name, paths, stripPath = true }: RouteWord,
  service: string,
  { pathPrefix: prefix, stripPathPrefix, hosts }: Deployed['settings'],
): string[] {
  const line = (path: string): string =>
    `route ${service}.${name} at ${hosts.join(',')}${path} to ${service}`;
  const [path = ''] = paths;
  if (prefix === null) return [line(path)];
  if (stripPath === stripPathPrefix) return [line(prefix + path)];
  // One half is cut off, and the other is not: that takes a plugin.
  const pattern = stripPathPrefix
    ? `~${prefix}(?<signalbox_path>${path}.*)`
    : `~${prefix}${path}(?<signalbox_path>.*)`;
  return [line(pattern), `plugin request-transformer of ${service}.${name}`];
}
