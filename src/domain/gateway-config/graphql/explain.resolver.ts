import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { loadMoment, type Moment } from '../../runtime-groups/index.js';
import type { ConfigEntity } from '../config-entity.js';
import type { Explanation } from '../explain.js';
import { explainRoute } from '../explain.queries.js';
import { isStream, splitPort, type GatewayRequest, type RequestProtocol } from '../router/request.js';
import { nodeOf, type EntityNode } from './documents.js';
import { shownPlugins } from './effective-plugins.resolver.js';
import { ExplainRouteArguments, RouteExplanation, type GatewayRequestInput } from './explain.graphql.js';

@Resolver()
export class ExplainResolver {
  @Query(() => RouteExplanation, {
    description:
      'What the gateways of a runtime group would do with a request: which route, gateway service, plugins and targets, and why not others.',
  })
  async explainRoute(
    @Args(() => ExplainRouteArguments) args: ExplainRouteArguments,
    @Ctx() context: GraphqlContext,
  ): Promise<object> {
    const { runtimeGroupId, request, first, asOf } = args;
    const moment = asOf ? await loadMoment(context, runtimeGroupId, asOf) : undefined;
    const asked = { runtimeGroupId, request: requestOf(request), moment };
    const explanation = await context.ask(explainRoute, asked);
    return shownExplanation(explanation, Math.min(Math.max(first, 0), mostOthers), moment);
  }
}

const mostOthers = 200;

function requestOf({ host, sni, ...given }: GatewayRequestInput): GatewayRequest {
  const protocol = given.protocol ?? 'https';
  const name = splitPort(host).host || undefined;
  return {
    ...{ host, method: given.method, path: given.path, headers: given.headers },
    protocol: protocol as RequestProtocol,
    // Whoever names a host names it in the handshake, too.
    sni: sni ?? (isStream(protocol) ? undefined : name),
    sourceIp: given.sourceIp ?? undefined,
    sourcePort: given.sourcePort ?? undefined,
    destinationIp: given.destinationIp ?? undefined,
    destinationPort: given.destinationPort ?? undefined,
  };
}

function shownExplanation(explanation: Explanation, first: number, moment?: Moment): object {
  const { outcome, status, message, request, others } = explanation;
  const shown = (entity: ConfigEntity | undefined): EntityNode | null =>
    entity ? nodeOf(entity, moment) : null;
  return {
    ...{ outcome, status, message },
    route: shown(explanation.route),
    gatewayService: shown(explanation.service),
    upstreamRequest: request,
    upstream: shown(explanation.upstream),
    targets: explanation.targets.map((each) => ({ ...each, target: shown(each.target) })),
    plugins: shownPlugins(explanation.plugins, moment),
    otherRoutes: others.slice(0, first).map((each) => ({ ...each, route: shown(each.route) })),
    otherRoutesTotal: others.length,
  };
}
