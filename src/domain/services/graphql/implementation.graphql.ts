import { Field, InputType, ObjectType } from 'type-graphql';
import { addField } from '../../../foundation/graphql/generated-class.js';
import { kindNamed, partTypes, type PartTypes } from '../../gateway-config/index.js';
import { settingNames, type Implementation, type RouteDraft } from '../implementation.js';

type Input = Readonly<Record<string, unknown>>;

/** The fields of a kind but for those that the place of the entity decides, with its tags. */
function allBut(kind: string, ...left: readonly string[]): readonly string[] {
  return [...Object.keys(kindNamed(kind).fields).filter((name) => !left.includes(name)), 'tags'];
}

const settings = partTypes(kindNamed('gateway_service'), {
  name: 'ServiceSettings',
  description: 'How the gateway talks to the API behind a service: timeouts, retries, TLS.',
  fields: settingNames,
});

const plugin = partTypes(kindNamed('plugin'), {
  name: 'ServicePlugin',
  description: 'A plugin of a service, or of one of its routes.',
  fields: allBut('plugin', 'service', 'route', 'consumer', 'consumer_group'),
});

const route = partTypes(kindNamed('route'), {
  name: 'ServiceRoute',
  description: 'A route of a service. It stays the same route from one version to the next by its name.',
  fields: allBut('route', 'service'),
});
addPlugins(route, 'The plugins of this route alone.');

function addPlugins({ object, input }: PartTypes, description: string): void {
  addField(object, 'plugins', { type: () => plugin.object, isList: true, description });
  addField(input, 'plugins', { type: () => plugin.input, isList: true, nullable: true, description });
}

@ObjectType({
  description:
    'What a service does with requests: its routes and plugins, and how the gateway talks to the API.',
  simpleResolvers: true,
})
export class ServiceImplementation {
  @Field(() => settings.object, { description: 'How the gateway talks to the API.' })
  settings!: object;

  @Field(() => [route.object], { description: 'The routes.' })
  routes!: readonly object[];

  @Field(() => [plugin.object], { description: 'The plugins of all routes.' })
  plugins!: readonly object[];
}

@InputType({
  description:
    'What a service is to do with requests. A part that is absent stays as it is, or is empty in what is new.',
})
export class ServiceImplementationInput {
  @Field(() => settings.input, { nullable: true, description: 'How the gateway talks to the API.' })
  settings?: Input | null;

  @Field(() => [route.input], { nullable: true, description: 'All its routes.' })
  routes?: readonly Input[] | null;

  @Field(() => [plugin.input], { nullable: true, description: 'All plugins that are for all its routes.' })
  plugins?: readonly Input[] | null;
}

/** The parts that an input gives. */
export function readImplementation(
  input: ServiceImplementationInput | null | undefined,
): Partial<Implementation> {
  return {
    ...(input?.settings ? { settings: settings.read(input.settings) } : {}),
    ...(input?.routes ? { routes: input.routes.map(readRoute) } : {}),
    ...(input?.plugins ? { plugins: input.plugins.map(plugin.read) } : {}),
  };
}

function readRoute({ plugins, ...input }: Input): RouteDraft {
  return { route: route.read(input), plugins: ((plugins ?? []) as readonly Input[]).map(plugin.read) };
}

/** The implementation as its GraphQL type shows it, with secrets hidden. */
export function showImplementation(implementation: Implementation): ServiceImplementation {
  return {
    settings: settings.show(implementation.settings),
    routes: implementation.routes.map((draft) => ({
      ...route.show(draft.route),
      plugins: draft.plugins.map(plugin.show),
    })),
    plugins: implementation.plugins.map((each) => plugin.show(each)),
  };
}

/** The place in an input that a problem of an implementation is about. */
export function implementationPath([part, ...rest]: readonly string[]): readonly string[] {
  if (part === 'settings') return [part, ...settings.path(rest)];
  const [index, ...within] = rest;
  if (index === undefined) return part === undefined ? [] : [part];
  if (part === 'plugins') return [part, index, ...plugin.path(within)];
  if (part === 'routes' && within[0] === 'plugins') return [part, index, ...implementationPath(within)];
  return part === 'routes' ? [part, index, ...route.path(within)] : [part as string, ...rest];
}
