import {
  execute,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  parse,
  subscribe,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { makeSchema } from '../../src/app/schema.js';
import { makeSlices, type SlicePorts } from '../../src/app/slices.js';
import { formatCursor } from '../../src/domain/event-log/cursor.js';
import type { Actor } from '../../src/foundation/commands/command.js';
import type { GraphqlContext } from '../../src/foundation/graphql/context.js';
import { newId } from '../../src/foundation/kernel/id.js';
import { expectRefused, problemsOf, type Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { seedGiven } from '../domain/kinds.js';
import { unique, type Group } from '../kit/seed.js';

// Building the schema runs no resolver, so that nothing behind them is needed.
const schema: GraphQLSchema = await makeSchema(makeSlices({} as SlicePorts));

type RootField = GraphQLField<unknown, unknown>;

/** The fields of a root; what the federation adds to it tells of the schema alone. */
function fieldsOf(root: 'query' | 'mutation' | 'subscription'): RootField[] {
  const fields = schema.getRootType(root as never)?.getFields() ?? {};
  return Object.values(fields).filter(({ name }) => name !== '_service');
}

const named = (fields: readonly RootField[]): [string, RootField][] =>
  fields.map((field) => [field.name, field]);

/** An operation that asks for a field, with something for each argument that must be there. */
function operationOf(
  root: string,
  field: RootField,
  given: Values = {},
): { query: string; variables: Values } {
  const args = field.args.filter(({ type, name }) => isNonNullType(type) || name in given);
  const definitions = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const isObject = 'getFields' in getNamedType(field.type) || 'getTypes' in getNamedType(field.type);
  const selected = `${field.name}${passed && `(${passed})`}${isObject ? ' { __typename }' : ''}`;
  const query = `${root} ${definitions && `(${definitions})`} { ${selected} }`;
  return {
    query,
    variables: Object.fromEntries(args.map(({ name, type }) => [name, given[name] ?? sampleOf(type, given)])),
  };
}

type Values = Readonly<Record<string, unknown>>;

const someId = newId();

/** Something that the type allows, and no more of it than must be there. */
function sampleOf(type: GraphQLInputType, given: Values): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, given);
  if (isListType(type)) return [sampleOf(type.ofType, given)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || field.name in given,
    );
    return Object.fromEntries(
      needed.map((field) => [field.name, given[field.name] ?? sampleOf(field.type, given)]),
    );
  }
  const samples: Values = {
    ID: someId,
    Int: 1,
    Float: 1,
    Boolean: false,
    _Any: { __typename: 'RuntimeGroup', id: someId },
  };
  return samples[type.name] ?? 'x';
}

class AtTheDoor extends Error {}

/** A context in which every door is shut. */
function behindDoors(): GraphqlContext {
  const shut = () => Promise.reject(new AtTheDoor());
  const actor: Actor = {
    ...{ tokenId: newId(), name: 'an instance', role: 'INSTANCE', organizationId: newId(), expiresAt: null },
    ...{ runtimeGroupId: someId, runtimeInstanceId: newId() },
  };
  return { actor, ipAddress: null, execute: shut, ask: shut, watch: shut };
}

const cursor = formatCursor({ topic: 'config', scopeId: someId }, { revision: 1, hash: Buffer.alloc(32) });

describe('with every door shut', () => {
  it.each([...named(fieldsOf('query')), ...named(fieldsOf('mutation'))])(
    'nothing answers: %s',
    async (name, field) => {
      const root = fieldsOf('query').includes(field) ? 'query' : 'mutation';
      const given = ['runtimeGroup', 'service'].includes(name) ? { id: someId } : { cursor };
      const { query, variables } = operationOf(root, field, given);
      const asked = {
        schema,
        document: parse(query),
        variableValues: variables,
        contextValue: behindDoors(),
      };
      const { errors } = await execute(asked);
      expect(errors?.map(({ originalError }) => originalError)).toEqual([expect.any(AtTheDoor)]);
    },
  );

  it.each(named(fieldsOf('subscription')))('nothing is told: %s', async (_name, field) => {
    const { query, variables } = operationOf('subscription', field);
    const asked = { schema, document: parse(query), variableValues: variables, contextValue: behindDoors() };
    const refused = (await subscribe(asked)) as { errors?: { originalError?: unknown }[] };
    expect(refused.errors?.map(({ originalError }) => originalError)).toEqual([expect.any(AtTheDoor)]);
  });
});

describe('of a running control plane', () => {
  let plane: TestControlPlane;
  let viewer: Client;
  let ids: Values;
  beforeAll(async () => {
    plane = await startControlPlane();
    viewer = await plane.seed.viewer();
    const { group } = await plane.seed.group();
    const { service, route, upstream, consumer } = await seedGiven(plane.seed, group);
    const { instance } = await plane.seed.instance(group);
    const one = (mutation: string, input: Values, field: string): Promise<Record<string, { id: string }>> =>
      plane.admin.mutate(mutation, { runtimeGroupId: group.id, ...input }, `${field} { id }`);
    ids = {
      ...(await seedVersion(plane, group)),
      ...(await seedWebhook(plane)),
      ...{
        RuntimeGroup: group.id,
        GatewayService: service.id,
        Route: route.id,
        RuntimeInstance: instance.id,
      },
      ...{
        Upstream: upstream.id,
        Consumer: consumer.id,
        AccessToken: (await plane.seed.token({ role: 'VIEWER' })).id,
      },
      ServiceRegistry: (
        await one('createServiceRegistry', { name: 'a', address: 'http://consul.invalid' }, 'serviceRegistry')
      )['serviceRegistry']?.id,
      Plugin: (await one('createPlugin', { name: 'cors' }, 'plugin'))['plugin']?.id,
      Target: (await one('createTarget', { upstreamId: upstream.id, target: 'a' }, 'target'))['target']?.id,
    };
  });
  afterAll(() => plane.stop());

  /** What there is, for the inputs that name it. */
  function existing(name: string): Values {
    if (name === 'createRuntimeInstanceToken') return { runtimeInstanceId: ids['RuntimeInstance'] };
    if (name === 'redeliverWebhook') return { deliveryId: ids['WebhookDelivery'] };
    if (/^(?:test|rotate)Webhook/.test(name)) return { id: ids['Webhook'] };
    const [, typeName = ''] =
      /^(?:update|delete|revoke|deprecate|unpublish|republish|approve|reject)(\w+)$/.exec(name) ?? [];
    const released = { runtimeGroupIds: [ids['RuntimeGroup']], serviceVersionId: ids['ServiceVersion'] };
    const given = { runtimeGroupId: ids['RuntimeGroup'], ...released, cursor };
    return { ...given, ...(typeName && { id: ids[typeName] }) };
  }

  it.each([...named(fieldsOf('query')), ...named(fieldsOf('mutation'))])(
    '%s is nothing for strangers',
    async (_name, field) => {
      const root = fieldsOf('query').includes(field) ? 'query' : 'mutation';
      const { query, variables } = operationOf(root, field);
      await expectRefused(plane.as(null).send(query, variables), 'TOKEN_MISSING');
    },
  );

  it.each(named(fieldsOf('mutation')))('%s is nothing for viewers', async (name, field) => {
    const { query, variables } = operationOf('mutation', field, existing(name));
    const answer = await viewer.send(query, variables);
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(problemsOf(answer).map(({ code }) => code)).toEqual([
      name === 'reportSync' ? 'NOT_AN_INSTANCE' : 'ACTION_DENIED',
    ]);
  });
});

/** A version of a service that is live in a group, what it runs with, and a request for approvals of a change of that. */
async function seedVersion({ admin }: TestControlPlane, { id: runtimeGroupId }: Group): Promise<Values> {
  const { service } = await admin.mutate<{ service: { id: string } }>(
    'createService',
    { name: unique('service'), releasePolicy: 'SIDE_BY_SIDE' },
    'service { id }',
  );
  const input = {
    ...{ serviceId: service.id, runtimeGroupId, number: '1', implementation: {} },
    runtimeConfiguration: { target: { address: { url: 'http://api.internal' } } },
  };
  const { serviceVersion, runtimeConfiguration } = await admin.mutate<{
    serviceVersion: { id: string };
    runtimeConfiguration: { id: string };
  }>('createServiceVersion', input, 'serviceVersion { id } runtimeConfiguration { id }');
  await admin.mutate('updateRuntimeGroup', { id: runtimeGroupId, approvalPolicy: { required: 1 } });
  const target = { address: { url: 'http://next.internal' } };
  const change = { id: runtimeConfiguration.id, target, requestApproval: true };
  const { approvalRequests } = await admin.mutate<{ approvalRequests: { id: string }[] }>(
    ...(['updateRuntimeConfiguration', change, 'approvalRequests { id }'] as const),
  );
  return {
    ...{ Service: service.id, ServiceVersion: serviceVersion.id },
    ...{ RuntimeConfiguration: runtimeConfiguration.id, Request: approvalRequests[0]?.id },
  };
}

/** A webhook, and something that it was to be told. */
async function seedWebhook({ admin }: TestControlPlane): Promise<Values> {
  const { webhook } = await admin.mutate<{ webhook: { id: string } }>(
    'createWebhook',
    { name: unique('webhook'), url: 'http://receiver.invalid/', maxAttempts: 1 },
    'webhook { id }',
  );
  const { delivery } = await admin.mutate<{ delivery: { id: string } }>(
    'testWebhook',
    { id: webhook.id },
    'delivery { id }',
  );
  return { Webhook: webhook.id, WebhookDelivery: delivery.id };
}
