import { ArgsType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { asOfDescription, AsOfInput } from '../../runtime-groups/index.js';
import { kindNamed } from '../kinds/index.js';
import { protocol } from '../kinds/protocol.js';
import { EffectivePlugins } from './effective-plugins.graphql.js';
import { graphqlType } from './field-types.js';
import { typesOf } from './kind-types.js';

const typeOf = (kind: string) => (): object => typesOf(kindNamed(kind)).object;

@InputType({ description: 'A header of a request.' })
export class RequestHeaderInput {
  @Field(() => String, { description: 'The name, in either case.' })
  name!: string;

  @Field(() => String, { description: 'The value.' })
  value!: string;
}

@InputType({ description: 'A request to a gateway, or a connection, as far as it is known.' })
export class GatewayRequestInput {
  @Field(() => graphqlType(protocol, 'input'), {
    nullable: true,
    description: 'How the client speaks to the gateway; HTTPS if it is absent.',
  })
  protocol?: string | null;

  @Field(() => String, { defaultValue: 'GET', description: 'The HTTP method.' })
  method!: string;

  @Field(() => String, { defaultValue: '', description: 'The Host header: a host, with or without a port.' })
  host!: string;

  @Field(() => String, { defaultValue: '/', description: 'The path, with or without a query.' })
  path!: string;

  @Field(() => [RequestHeaderInput], {
    defaultValue: [],
    description: 'The other headers. One that is sent several times stands here several times.',
  })
  headers!: readonly RequestHeaderInput[];

  @Field(() => String, {
    nullable: true,
    description: 'The server that the client names in the TLS handshake. Without it, that is the host.',
  })
  sni?: string | null;

  @Field(() => String, { nullable: true, description: 'The IP address of the client.' })
  sourceIp?: string | null;

  @Field(() => Int, { nullable: true, description: 'The port of the client.' })
  sourcePort?: number | null;

  @Field(() => String, { nullable: true, description: 'The IP address of the gateway.' })
  destinationIp?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The port of the gateway. Without it, for requests, that in the host, or else the usual one of the protocol.',
  })
  destinationPort?: number | null;
}

export enum RequestOutcome {
  FORWARDED = 'forwarded',
  ANSWERED = 'answered',
  NO_ROUTE = 'no_route',
}
registerEnumType(RequestOutcome, {
  name: 'RequestOutcome',
  description: 'What becomes of a request.',
  valuesConfig: {
    FORWARDED: { description: 'It goes to a gateway service.' },
    ANSWERED: { description: 'A route is found, but the gateway itself answers.' },
    NO_ROUTE: { description: 'No route matches.' },
  },
});

export enum RouteCriterion {
  GATEWAY_SERVICE = 'gateway_service',
  SNIS = 'snis',
  SOURCES = 'sources',
  DESTINATIONS = 'destinations',
  METHODS = 'methods',
  HOSTS = 'hosts',
  PATHS = 'paths',
  HEADERS = 'headers',
}
registerEnumType(RouteCriterion, {
  name: 'RouteCriterion',
  description: 'What must be so that a route matches.',
  valuesConfig: {
    GATEWAY_SERVICE: {
      description: 'Its gateway service is enabled; otherwise gateways do not have the route.',
    },
    SNIS: { description: 'The client names one of its servers in the TLS handshake.' },
    SOURCES: { description: 'The connection comes from one of its sources.' },
    DESTINATIONS: { description: 'The connection goes to one of its destinations.' },
    METHODS: { description: 'The method is one of its methods.' },
    HOSTS: { description: 'The host is one of its hosts.' },
    PATHS: { description: 'The path begins with, or matches, one of its paths.' },
    HEADERS: { description: 'For each of its headers, the request has one of the values.' },
  },
});

export enum RoutePriority {
  SERVER_NAME = 'server_name',
  SOURCE = 'source',
  DESTINATION = 'destination',
  CRITERIA = 'criteria',
  PLAIN_HOSTS = 'plain_hosts',
  HEADERS = 'headers',
  REGEX = 'regex',
  REGEX_PRIORITY = 'regex_priority',
  PATH_LENGTH = 'path_length',
  ID = 'id',
}
registerEnumType(RoutePriority, {
  name: 'RoutePriority',
  description:
    'Why one route comes before another that matches as well. For requests, in the order from CRITERIA on.',
  valuesConfig: {
    SERVER_NAME: { description: 'It has server names, or both sources and destinations.' },
    SOURCE: { description: 'Its sources are more precise: addresses before ports before ranges.' },
    DESTINATION: { description: 'Its destinations are more precise: addresses before ports before ranges.' },
    CRITERIA: { description: 'It has more sorts of criteria.' },
    PLAIN_HOSTS: { description: 'Its hosts are all without “*”.' },
    HEADERS: { description: 'It asks for more headers.' },
    REGEX: { description: 'Its path is a regular expression rather than a prefix.' },
    REGEX_PRIORITY: { description: 'It has a higher regexPriority.' },
    PATH_LENGTH: { description: 'Its prefix is longer.' },
    ID: { description: 'They are alike, and the id that the router has for it is greater.' },
  },
});

@ObjectType({ description: 'A criterion that a request does not meet.', simpleResolvers: true })
export class UnmetCriterion {
  @Field(() => RouteCriterion, { description: 'The criterion.' })
  criterion!: RouteCriterion;

  @Field(() => String, { description: 'What the request has, and what the route asks for.' })
  message!: string;
}

@ObjectType({ description: 'A route that does not get the request.', simpleResolvers: true })
export class PassedOverRoute {
  @Field(typeOf('route'), { description: 'The route.' })
  route!: object;

  @Field(() => [UnmetCriterion], { description: 'What keeps it from matching; empty if it matches.' })
  failures!: readonly UnmetCriterion[];

  @Field(() => RoutePriority, {
    nullable: true,
    description: 'Why the other route comes before it, if it matches as well.',
  })
  beatenBy?: RoutePriority | null;
}

@ObjectType({ description: 'A target that can get the request.', simpleResolvers: true })
export class ExplainedTarget {
  @Field(typeOf('target'), { description: 'The target.' })
  target!: object;

  @Field(() => Int, { description: 'Its weight.' })
  weight!: number;

  @Field(() => Float, {
    description: 'Its share of the requests, from 0 to 1, while all targets are healthy.',
  })
  share!: number;
}

@ObjectType({ description: 'The request that goes on.', simpleResolvers: true })
export class UpstreamRequest {
  @Field(() => String, {
    description:
      'The URL. Where its host is the name of an upstream, the address is that of one of the targets.',
  })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The Host header. Null if it is the name of the target that is chosen, or if this is not HTTP.',
  })
  host?: string | null;

  @Field(() => [String], { description: 'What else there is to know about it.' })
  notes!: readonly string[];
}

@ObjectType({
  description:
    'What the gateways of a group do with a request, and why. They route as Kong does by default, with the router `traditional_compatible`.',
  simpleResolvers: true,
})
export class RouteExplanation {
  @Field(() => RequestOutcome, { description: 'What becomes of the request.' })
  outcome!: RequestOutcome;

  @Field(() => Int, { nullable: true, description: 'The status, where it is the gateway that answers.' })
  status?: number | null;

  @Field(() => String, { description: 'The outcome in a sentence.' })
  message!: string;

  @Field(typeOf('route'), { nullable: true, description: 'The route that gets the request.' })
  route?: object | null;

  @Field(typeOf('gateway_service'), { nullable: true, description: 'The gateway service of the route.' })
  gatewayService?: object | null;

  @Field(() => UpstreamRequest, { nullable: true, description: 'The request that the gateway service gets.' })
  upstreamRequest?: UpstreamRequest | null;

  @Field(typeOf('upstream'), {
    nullable: true,
    description: 'The upstream, if the host of the gateway service names one.',
  })
  upstream?: object | null;

  @Field(() => [ExplainedTarget], { description: 'The targets of the upstream, the heaviest first.' })
  targets!: readonly ExplainedTarget[];

  @Field(() => EffectivePlugins, {
    description: 'The plugins of the route, for a client who is nobody known.',
  })
  plugins!: EffectivePlugins;

  @Field(() => [PassedOverRoute], { description: 'The other routes, those that came nearest first.' })
  otherRoutes!: readonly PassedOverRoute[];

  @Field(() => Int, { description: 'How many other routes there are, of requests or of connections.' })
  otherRoutesTotal!: number;
}

@ArgsType()
export class ExplainRouteArguments {
  @Field(() => ID, { description: 'The group whose gateways get the request.' })
  runtimeGroupId!: string;

  @Field(() => GatewayRequestInput, { description: 'The request.' })
  request!: GatewayRequestInput;

  @Field(() => Int, { defaultValue: 20, description: 'How many other routes to tell of; at most 200.' })
  first!: number;

  @Field(() => AsOfInput, { nullable: true, description: asOfDescription })
  asOf?: AsOfInput | null;
}
