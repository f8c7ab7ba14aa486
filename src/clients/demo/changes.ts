import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { Client } from '../sdk/client.js';
import { fromUserErrors, type Problem } from '../sdk/error.js';
import {
  DemoCreateConsumerDocument,
  DemoCreateRouteDocument,
  DemoDeleteRouteDocument,
  DemoUpdatePluginDocument,
  DemoUpdateRouteDocument,
  DemoUpdateServiceDocument,
  DemoUpdateTargetDocument,
  FindDemoEntitiesDocument,
} from '../sdk/generated.js';

/** One thing that somebody does to the configuration. */
export interface Change {
  /** What was done, in the past tense. */
  readonly sentence: string;
  /** Does it, and answers the revision that it became. */
  run(): Promise<number>;
}

/** An afternoon of a platform team, over and over: needs the example platform in the group. */
export async function* afternoon(client: Client, runtimeGroupId: string): AsyncGenerator<Change, void> {
  const found = await findEntities(client, runtimeGroupId);
  for (let day = 1; ; day += 1) {
    yield* aSale(client, { runtimeGroupId, serviceId: found.service('promotions'), day });
    yield* aShift(client, found);
    yield* someTuning(client, found, day);
    yield addConsumer(client, runtimeGroupId, `trial-${day}`);
  }
}

interface Found {
  readonly service: (name: string) => string;
  readonly target: (color: string) => string;
  readonly cors: { readonly id: string; readonly config: Json };
}

async function findEntities(client: Client, runtimeGroupId: string): Promise<Found> {
  const { runtimeGroup } = await client.request(FindDemoEntitiesDocument, { runtimeGroupId });
  const { gatewayServices, targets, plugins } = present(runtimeGroup, 'group');
  return {
    service: (name) =>
      present(
        gatewayServices.nodes.find((each) => each.name === name),
        `service ${name}`,
      ).id,
    target: (color) =>
      present(
        targets.nodes.find(({ target }) => target.startsWith(`orders-${color}`)),
        `target ${color}`,
      ).id,
    cors: present(plugins.nodes[0], 'plugin cors'),
  };
}

interface Sale {
  readonly runtimeGroupId: string;
  readonly serviceId: string;
  readonly day: number;
}

/** A route that comes, changes its name, and goes. */
async function* aSale(
  client: Client,
  { runtimeGroupId, serviceId, day }: Sale,
): AsyncGenerator<Change, void> {
  let id = '';
  yield {
    sentence: 'opened a route for the winter sale',
    run: async () => {
      const input = { runtimeGroupId, serviceId, name: `winter-sale-${day}`, paths: [`/winter-sale-${day}`] };
      const { createRoute } = await client.request(DemoCreateRouteDocument, { input });
      const revision = revisionOf(createRoute);
      id = createRoute.route?.id ?? '';
      return revision;
    },
  };
  yield {
    sentence: 'renamed the route to spring-sale',
    run: async () => {
      const input = { id, name: `spring-sale-${day}`, paths: [`/spring-sale-${day}`, `/winter-sale-${day}`] };
      return revisionOf((await client.request(DemoUpdateRouteDocument, { input })).updateRoute);
    },
  };
  yield {
    sentence: 'closed the sale’s route',
    run: async () =>
      revisionOf((await client.request(DemoDeleteRouteDocument, { input: { id } })).deleteRoute),
  };
}

/** Traffic moves from one deployment to the other, in steps. */
function* aShift(client: Client, { target }: Found): Generator<Change, void> {
  const setWeight = async (color: string, weight: number): Promise<number> => {
    const input = { id: target(color), weight };
    return revisionOf((await client.request(DemoUpdateTargetDocument, { input })).updateTarget);
  };
  for (const weight of [10, 50, 100]) {
    yield {
      sentence: `gave the green orders deployment a weight of ${weight}`,
      run: () => setWeight('green', weight),
    };
  }
  yield { sentence: 'took the blue orders deployment out', run: () => setWeight('blue', 0) };
  yield { sentence: 'brought the blue orders deployment back', run: () => setWeight('blue', 100) };
  yield { sentence: 'took the green orders deployment out', run: () => setWeight('green', 0) };
}

function* someTuning(client: Client, { service, cors }: Found, day: number): Generator<Change, void> {
  const setTimeouts = async (name: string, readTimeout: number): Promise<number> => {
    const input = { id: service(name), readTimeout };
    return revisionOf((await client.request(DemoUpdateServiceDocument, { input })).updateGatewayService);
  };
  yield { sentence: 'gave search more time to answer', run: () => setTimeouts('search', 2_000 + day) };
  yield {
    sentence: 'gave recommendations more time to answer',
    run: () => setTimeouts('recommendations', 800 + day),
  };
  yield {
    sentence: 'let browsers remember the CORS answer for longer',
    run: async () => {
      const config = { ...(cors.config as JsonObject), max_age: 3_600 + day };
      const input = { id: cors.id, config };
      return revisionOf((await client.request(DemoUpdatePluginDocument, { input })).updatePlugin);
    },
  };
}

function addConsumer(client: Client, runtimeGroupId: string, username: string): Change {
  return {
    sentence: `let the consumer ${username} in`,
    run: async () => {
      const input = { runtimeGroupId, username };
      return revisionOf((await client.request(DemoCreateConsumerDocument, { input })).createConsumer);
    },
  };
}

function revisionOf(payload: {
  readonly revision: number | null;
  readonly userErrors: readonly Problem[];
}): number {
  const refusal = fromUserErrors(payload.userErrors);
  if (refusal) throw refusal;
  return payload.revision ?? 0;
}

function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`The example platform has no ${what}.`);
  return value;
}
