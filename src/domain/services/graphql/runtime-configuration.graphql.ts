import { Directive, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node as NodeInterface } from '../../../foundation/graphql/node.js';
import { GraphQLDateTimeISO } from '../../../foundation/graphql/scalars.js';
import { kindNamed, partTypes } from '../../gateway-config/index.js';
import type { Lookup } from '../../registries/index.js';
import type {
  Canary,
  CanaryCondition,
  RuntimeConfiguration,
  RuntimeSettings,
  Target,
} from '../runtime-configuration.js';
import { targetAmbiguous } from '../services.refusals.js';

type Input = Readonly<Record<string, unknown>>;

const address = partTypes(kindNamed('gateway_service'), {
  name: 'ServiceAddress',
  description: 'Where an API is, in parts or as one URL. A name may stand for several addresses, by DNS.',
  fields: ['protocol', 'host', 'port', 'path'],
});

const balancing = partTypes(kindNamed('upstream'), {
  name: 'ServiceBalancing',
  description: 'How requests are spread over the nodes of an API, and how it is found out which are healthy.',
  fields: Object.keys(kindNamed('upstream').fields).filter(
    (name) => !['name', 'client_certificate'].includes(name),
  ),
});

@ObjectType({ description: 'One node of an API.', simpleResolvers: true })
export class ServiceNode {
  @Field(() => String, { description: 'Its hostname or address, and its port.' })
  target!: string;

  @Field(() => Int, { description: 'Its share of the requests, in proportion to the others.' })
  weight!: number;
}

@InputType({ description: 'One node of an API.' })
export class ServiceNodeInput {
  @Field(() => String, {
    description:
      'Its hostname or address, and its port. A name stays one: the gateway looks it up by DNS, as SRV record first, whose ports and weights then count in the place of those given here (`_pets._tcp.internal:80`), then as A or AAAA record, of whose addresses each has the weight.',
  })
  target!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Its share of the requests, in proportion to the others. Default: 100.',
  })
  weight?: number | null;
}

@ObjectType({
  description: 'How the nodes of an API are found by a service registry, all the time.',
  simpleResolvers: true,
})
export class ServiceDiscovery {
  readonly lookup!: Lookup;

  @Field(() => String, { description: 'The name of the service in the registry.' })
  service!: string;

  @Field(() => String, { nullable: true, description: 'The tag that its nodes have; null: any, or none.' })
  tag?: string | null;

  @Field(() => Boolean, {
    description: 'Whether only nodes count whose checks pass; else all that are registered.',
  })
  passingOnly!: boolean;

  @Field(() => Boolean, {
    description: 'Whether finding no node counts; else the nodes that were last found stay.',
  })
  allowEmpty!: boolean;
}

@InputType({ description: 'How the nodes of an API are found by a service registry, all the time.' })
export class ServiceDiscoveryInput {
  @Field(() => ID, { description: 'The service registry, of the same runtime group.' })
  registryId!: string;

  @Field(() => String, { description: 'The name of the service in the registry.' })
  service!: string;

  @Field(() => String, { nullable: true, description: 'The tag that its nodes have. Default: any, or none.' })
  tag?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether only nodes count whose checks pass; else all that are registered. Default: true.',
  })
  passingOnly?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether finding no node counts, so that requests find nobody; else the nodes that were last found stay. Default: false.',
  })
  allowEmpty?: boolean | null;
}

@ObjectType({ description: 'Where an API is.', simpleResolvers: true })
export class ServiceTarget {
  @Field(() => address.object, {
    nullable: true,
    description:
      'Its one address; with nodes, only the protocol and the path count. The host is then that of no machine.',
  })
  address?: object | null;

  @Field(() => [ServiceNode], {
    description:
      'The nodes over which requests are spread, as they were given; empty with one address, and with discovery, which has those that it found.',
  })
  nodes!: readonly ServiceNode[];

  @Field(() => ServiceDiscovery, {
    nullable: true,
    description: 'How the nodes are found by a service registry, if they are.',
  })
  registry?: ServiceDiscovery | null;

  @Field(() => balancing.object, { nullable: true, description: 'How requests are spread over the nodes.' })
  balancing?: object | null;
}

@InputType({
  description:
    'Where an API is: one address, several nodes, or the nodes that a service registry knows. Names of hosts are looked up by the gateway itself, by DNS, again and again as the records’ time to live says; Signalbox hands them on as they are.',
})
export class ServiceTargetInput {
  @Field(() => address.input, {
    nullable: true,
    description:
      'Its one address, as `url` or in parts; with nodes or a registry, the protocol and the path, without a host. A host that is a name stays one: the gateway finds by DNS what it stands for, and if that is several addresses, it takes turns.',
  })
  address?: Input | null;

  @Field(() => [ServiceNodeInput], {
    nullable: true,
    description: 'The nodes over which requests are spread.',
  })
  nodes?: readonly ServiceNodeInput[] | null;

  @Field(() => ServiceDiscoveryInput, {
    nullable: true,
    description:
      'A service registry that Signalbox asks for the nodes, in the place of `nodes`: whenever it knows others, these become the upstream’s targets.',
  })
  registry?: ServiceDiscoveryInput | null;

  @Field(() => balancing.input, { nullable: true, description: 'How requests are spread over the nodes.' })
  balancing?: Input | null;
}

export enum CanarySource {
  HEADER = 'HEADER',
  COOKIE = 'COOKIE',
  QUERY = 'QUERY',
}
registerEnumType(CanarySource, {
  name: 'CanarySource',
  description: 'What of a request a condition looks at.',
  valuesConfig: {
    HEADER: { description: 'A header.' },
    COOKIE: { description: 'A cookie.' },
    QUERY: { description: 'A query argument.' },
  },
});

@ObjectType('CanaryCondition', {
  description: 'What a request must have to go to a canary.',
  simpleResolvers: true,
})
export class CanaryConditionType {
  @Field(() => CanarySource, { description: 'What is looked at.' })
  source!: CanarySource;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The value that it must have; null: any.' })
  value?: string | null;
}

@InputType({ description: 'What a request must have to go to a canary.' })
export class CanaryConditionInput {
  @Field(() => CanarySource, { description: 'What is looked at.' })
  source!: CanarySource;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The value that it must have. Default: any.' })
  value?: string | null;
}

@ObjectType('Canary', {
  description: 'For a time, a part of the requests of a live version goes to a second target.',
  simpleResolvers: true,
})
export class CanaryType {
  @Field(() => ServiceTarget, { description: 'Where that part goes.' })
  target!: ServiceTarget;

  @Field(() => Float, { description: 'The share, in percent, of those requests that meet the conditions.' })
  weight!: number;

  @Field(() => [CanaryConditionType], {
    description: 'What a request must have, all of it; none: every request is meant.',
  })
  conditions!: readonly CanaryConditionType[];
}

@ObjectType('RuntimeConfiguration', {
  description:
    'What a service runs with in a runtime group, or one version of it: it may differ from group to group, and is changed at any time without a new version.',
  implements: NodeInterface,
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class RuntimeConfigurationType {
  @Field(() => ID, { description: 'Globally unique; never changes.' })
  id!: string;

  @Field(() => [String], { description: 'The hosts of routes that name none.' })
  hosts!: readonly string[];

  @Field(() => String, { nullable: true, description: 'What comes before the paths of all routes.' })
  pathPrefix?: string | null;

  @Field(() => Boolean, { description: 'Whether the prefix is cut off before a request goes on.' })
  stripPathPrefix!: boolean;

  @Field(() => ServiceTarget, { description: 'Where the API is.' })
  target!: ServiceTarget;

  @Field(() => CanaryType, { nullable: true, description: 'The canary that is running, if one is.' })
  canary?: CanaryType | null;

  @Field(() => Int, { description: 'Counts its changes, for `expectedVersion`.' })
  version!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@InputType({ description: 'What a service is to run with in a runtime group.' })
export class RuntimeConfigurationInput {
  @Field(() => [String], {
    nullable: true,
    description: 'The hosts of routes that name none. Default: none.',
  })
  hosts?: readonly string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'What comes before the paths of all routes: `/shop`. Default: nothing.',
  })
  pathPrefix?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the prefix is cut off before a request goes on. Default: true.',
  })
  stripPathPrefix?: boolean | null;

  @Field(() => ServiceTargetInput, { description: 'Where the API is.' })
  target!: ServiceTargetInput;
}

/** The settings that an input stands for. */
export function readSettings(input: RuntimeConfigurationInput): RuntimeSettings {
  return {
    hosts: input.hosts ?? [],
    path_prefix: input.pathPrefix ?? null,
    strip_path_prefix: input.stripPathPrefix ?? true,
    target: readTarget(input.target),
  };
}

/** The target that an input stands for: what a registry knows, or nodes, where any are named. */
export function readTarget(input: ServiceTargetInput): Target {
  const where = address.read(input.address ?? {});
  if (input.registry) {
    if (input.nodes) throw targetAmbiguous({}, ['target']);
    const upstream = balancing.read(input.balancing ?? {});
    return { is: 'registry', address: where, upstream, registry: readLookup(input.registry) };
  }
  if (!input.nodes) return { is: 'address', address: where };
  const nodes = input.nodes.map(({ target, weight }) => ({ target, weight: weight ?? 100 }));
  return { is: 'nodes', address: where, upstream: balancing.read(input.balancing ?? {}), nodes };
}

function readLookup({ registryId, service, tag, passingOnly, allowEmpty }: ServiceDiscoveryInput): Lookup {
  const id = registryId.toLowerCase();
  return {
    ...{ registryId: id, service, tag: tag ?? null },
    ...{ passingOnly: passingOnly ?? true, allowEmpty: allowEmpty ?? false },
  };
}

export function readConditions(
  inputs: readonly CanaryConditionInput[] | null | undefined,
): CanaryCondition[] {
  return (inputs ?? []).map(({ source, name, value }) => ({ source, name, value: value ?? null }));
}

type ShownSettings = Pick<RuntimeConfigurationType, 'hosts' | 'pathPrefix' | 'stripPathPrefix' | 'target'>;

/** A runtime configuration, as far as its GraphQL type shows it without being asked for more. */
export type ConfigurationNode = Omit<RuntimeConfiguration, 'settings' | 'canary'> &
  ShownSettings & { readonly __typename: 'RuntimeConfiguration'; readonly canary: CanaryType | null };

/** A runtime configuration as its GraphQL type shows it. */
export function configurationNode({
  settings,
  canary,
  ...configuration
}: RuntimeConfiguration): ConfigurationNode {
  return {
    ...configuration,
    ...showFacts({ settings, canary }),
    __typename: 'RuntimeConfiguration',
  };
}

/** What a service ran with at a time, as it is shown. */
export function showFacts({
  settings,
  canary,
}: Pick<RuntimeConfiguration, 'settings' | 'canary'>): ShownSettings & {
  readonly canary: CanaryType | null;
} {
  return { ...showSettings(settings), canary: canary && showCanary(canary) };
}

function showSettings({ hosts, path_prefix, strip_path_prefix, target }: RuntimeSettings): ShownSettings {
  return { hosts, pathPrefix: path_prefix, stripPathPrefix: strip_path_prefix, target: showTarget(target) };
}

function showCanary({ target, weight, conditions }: Canary): CanaryType {
  return { target: showTarget(target), weight, conditions: conditions as CanaryConditionType[] };
}

function showTarget(target: Target): ServiceTarget {
  if (target.is === 'address') return { address: address.show(target.address), nodes: [], balancing: null };
  // The type says that an address has a host; of nodes, it is each one's own.
  return {
    address: null,
    nodes: target.is === 'nodes' ? target.nodes : [],
    registry: target.is === 'registry' ? { ...target.registry, lookup: target.registry } : null,
    balancing: balancing.show(target.upstream),
  };
}

/** The place in an input that a problem of a runtime configuration is about. */
export function settingsPath(path: readonly string[]): readonly string[] {
  const [first, second, ...rest] = path;
  if (first === 'path_prefix') return ['pathPrefix'];
  if (first === 'target' && second === 'address') return [first, second, ...address.path(rest)];
  if (first === 'target' && second === 'upstream') return [first, 'balancing', ...balancing.path(rest)];
  return path;
}
