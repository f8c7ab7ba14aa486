import type { Client } from '../../kit/client.js';
import type { Ids } from './ask.js';
import { configurationPlace, contents, type Canary, type Settings, type World } from './world.js';

/** The catalogue as readers see it, in the words of the model. */
export type Catalogue = Readonly<Record<string, object>>;

interface ServiceNode {
  readonly id: string;
  readonly name: string;
  readonly releasePolicy: string;
  readonly template: { readonly implementation: Implementation } | null;
  readonly versions: { readonly nodes: readonly VersionNode[] };
}

interface VersionNode {
  readonly number: string;
  readonly stage: string;
  readonly state: string;
  readonly notes: string;
  readonly implementation: Implementation;
  readonly runtimeGroup: { readonly id: string };
  readonly deprecation: { readonly message: string } | null;
  readonly runtimeConfiguration: ConfigurationNode;
}

interface Implementation {
  readonly routes: readonly { readonly name: string; readonly paths: readonly string[] }[];
}

interface ConfigurationNode {
  readonly hosts: readonly string[];
  readonly pathPrefix: string | null;
  readonly stripPathPrefix: boolean;
  readonly target: TargetNode;
  readonly canary: {
    readonly weight: number;
    readonly conditions: readonly object[];
    readonly target: TargetNode;
  } | null;
}

interface TargetNode {
  readonly address: { readonly host: string } | null;
  readonly nodes: readonly { readonly target: string }[];
}

const query = `{ services(first: 10) { nodes { id name releasePolicy template { implementation { routes { name paths } } }
  versions(first: 20) { nodes { number stage state notes implementation { routes { name paths } } runtimeGroup { id }
    deprecation { message } runtimeConfiguration { hosts pathPrefix stripPathPrefix target { address { host } nodes { target } }
      canary { weight conditions { name } target { address { host } nodes { target } } } } } } } } }`;

/** The catalogue as it is. */
export async function visibleState(client: Client, ids: Ids): Promise<Catalogue> {
  const { services } = await client.gql<{ services: { nodes: readonly ServiceNode[] } }>(query);
  return Object.fromEntries(
    services.nodes.map((service) => [ids.wordOf(service.id), serviceSeen(service, ids)]),
  );
}

function serviceSeen({ name, releasePolicy: policy, template, versions }: ServiceNode, ids: Ids): object {
  const seen = versions.nodes.map((version) => ({
    ...{ number: version.number, stage: version.stage, state: version.state, notes: version.notes },
    group: ids.wordOf(version.runtimeGroup.id),
    deprecation: version.deprecation?.message ?? null,
    routes: routesOf(version.implementation),
    runs: configurationSeen(version.runtimeConfiguration),
  }));
  return {
    name,
    policy,
    template: template && routesOf(template.implementation),
    versions: seen.sort(byPlace),
  };
}

function configurationSeen({
  canary,
  target,
  hosts,
  pathPrefix,
  stripPathPrefix,
}: ConfigurationNode): object {
  return {
    ...{ hosts, pathPrefix, stripPathPrefix, target: targetSeen(target) },
    canary: canary && [canary.weight, canary.conditions.length > 0, targetSeen(canary.target)],
  };
}

function targetSeen({ address, nodes }: TargetNode): string {
  return address?.host.split('.')[0] ?? (nodes.length > 0 ? 'nodes' : 'nowhere');
}

/** The catalogue as the model has it. */
export function modelState({ services }: World): Catalogue {
  return Object.fromEntries(
    Object.entries(services).map(([word, service]) => {
      const versions = Object.values(service.versions).map((version) => {
        const { group, number, stage, state, notes, content, deprecation } = version;
        const place = configurationPlace(service, group, number);
        const { settings, canary } = service.configurations[place] as {
          settings: Settings;
          canary: Canary | null;
        };
        return {
          ...{ number, stage, state, notes, group, deprecation: deprecation?.message ?? null },
          routes: routesOf(contents[content] as unknown as Implementation),
          runs: { ...settings, canary: canary && [canary.weight, canary.isConditional, canary.target] },
        };
      });
      const { name, policy, template } = service;
      const draft = template && routesOf(contents[template] as unknown as Implementation);
      return [word, { name, policy, template: draft, versions: versions.sort(byPlace) }];
    }),
  );
}

function routesOf({ routes }: Implementation): string[] {
  return routes.map(({ name, paths }) => `${name} ${paths.join()}`);
}

function byPlace(a: { group: string; number: string }, b: { group: string; number: string }): number {
  return `${a.group}/${a.number}` < `${b.group}/${b.number}` ? -1 : 1;
}
