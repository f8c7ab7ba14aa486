import { once } from 'node:events';
import {
  GraphQLEnumType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  type GraphQLFieldConfigMap,
} from 'graphql';
import { Stream, streamEnd, type Taken } from '../../src/foundation/live/stream.js';
import { Refusal, type RefusalKind } from '../../src/foundation/kernel/refusal.js';

/** What `fail(how)` throws. */
export const failures: Readonly<Record<string, () => Error>> = {
  ...Object.fromEntries(
    (
      ['invalid', 'unauthenticated', 'denied', 'missing', 'conflict', 'compacted', 'unavailable'] as const
    ).map((kind) => [kind, () => refusalOf(kind)]),
  ),
  defect: () => new TypeError('secret: the password is 1234'),
  deadlock: () => queryFailed('40P01'),
  serialization: () => queryFailed('40001'),
  statementTimeout: () => queryFailed('57014'),
  lockTimeout: () => Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' }),
  connectionLost: () => new Error('Connection terminated unexpectedly'),
  poolTimeout: () => new Error('timeout exceeded when trying to connect'),
  readOnly: () => queryFailed('25006'),
  diskFull: () => queryFailed('53100'),
  shutdown: () => queryFailed('57P01'),
  nulInText: () => queryFailed('22021'),
  nulInJson: () => queryFailed('22P05'),
  uniqueViolation: () => queryFailed('23505'),
};

function refusalOf(kind: RefusalKind): Refusal {
  const problem = {
    code: `TEST_${kind.toUpperCase()}`,
    message: `This is ${kind}.`,
    path: ['input', 'name'],
  };
  return new Refusal(kind, [problem, { ...problem, code: 'TEST_SECOND', path: [] }]);
}

/** As TypeORM wraps what the driver throws. */
function queryFailed(code: string): Error {
  const driverError = Object.assign(new Error('told by PostgreSQL'), { code });
  return Object.assign(new Error('told by PostgreSQL'), {
    name: 'QueryFailedError',
    query: 'select secret',
    driverError,
  });
}

/** What a test does to the schema, and sees of it. */
export interface Behaviour {
  /** Gets what happens to the streams, in order: `opened`, `returned`. */
  readonly streams: string[];
  /** Aborted when the query `slow` may be answered. */
  readonly slow: AbortSignal;
  /** Called when it is asked. */
  readonly asked: () => void;
  /** Aborted when streams are to end. */
  readonly goodbye: AbortSignal;
}

/** A schema that can do all that transports have to cope with. */
export function makeSchema(behaviour: Behaviour): GraphQLSchema {
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: queryFields(behaviour) }),
    mutation: new GraphQLObjectType({
      name: 'Mutation',
      fields: { touch: { type: GraphQLString, resolve: () => 'touched' } },
    }),
    subscription: new GraphQLObjectType({ name: 'Subscription', fields: streamFields(behaviour) }),
  });
}

const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  fields: () => ({
    name: { type: GraphQLString, resolve: () => 'thing' },
    self: { type: Thing, resolve: () => ({}) },
    things: {
      type: new GraphQLObjectType({
        name: 'ThingConnection',
        fields: { nodes: { type: new GraphQLList(Thing) } },
      }),
      args: { first: { type: GraphQLInt }, last: { type: GraphQLInt } },
      resolve: () => ({ nodes: [] }),
    },
  }),
});

const Colour = new GraphQLEnumType({ name: 'Colour', values: { RED: {}, BLUE: {} } });

function queryFields({ slow, asked }: Behaviour): GraphQLFieldConfigMap<unknown, { caller: string }> {
  return {
    me: { type: GraphQLString, resolve: (_source, _args, { caller }) => caller },
    thing: { type: Thing, resolve: () => ({}) },
    colour: { type: Colour, args: { of: { type: Colour } }, resolve: (_source, { of }) => of as unknown },
    things: {
      type: new GraphQLList(Thing),
      args: { ids: { type: new GraphQLNonNull(new GraphQLList(GraphQLString)) } },
      resolve: (_source, { ids }) => (ids as string[]).map(() => ({})),
    },
    fail: {
      type: GraphQLString,
      args: { how: { type: new GraphQLNonNull(GraphQLString) } },
      resolve: (_source, { how }) => fail(how as string),
    },
    broken: { type: Colour, resolve: () => 'GREEN' },
    slow: {
      type: GraphQLString,
      resolve: async () => {
        asked();
        if (!slow.aborted) await once(slow, 'abort');
        return 'done';
      },
    },
  };
}

function streamFields(behaviour: Behaviour): GraphQLFieldConfigMap<unknown, unknown> {
  const resolve = (value: unknown): unknown => value?.valueOf();
  return {
    count: {
      type: GraphQLInt,
      args: { to: { type: GraphQLInt } },
      subscribe: (_s, { to }) => count(to as number),
      resolve,
    },
    quiet: { type: GraphQLString, subscribe: () => quiet(behaviour), resolve },
    blocked: { type: GraphQLString, subscribe: () => blocked(behaviour.streams), resolve },
    refused: {
      type: GraphQLString,
      args: { how: { type: GraphQLString } },
      subscribe: (_s, { how }) => fail(how as string),
    },
    breaks: {
      type: GraphQLInt,
      args: { how: { type: GraphQLString } },
      subscribe: (_s, { how }) => breaks(how as string),
      resolve,
    },
    flood: { type: GraphQLString, subscribe: () => flood(behaviour.streams), resolve },
    failing: { type: GraphQLInt, subscribe: () => count(2), resolve: () => fail('missing') },
  };
}

function fail(how: string): never {
  throw failures[how]?.() ?? new Error(how);
}

async function* count(to: number): AsyncGenerator<number> {
  for (let n = 1; n <= to; n += 1) yield n;
}

async function* breaks(how: string): AsyncGenerator<number> {
  yield 1;
  fail(how);
}

/** Says hello, then nothing until the server stops; then goodbye. Notes when it is returned. */
function quiet({ streams, goodbye }: Behaviour): AsyncIterableIterator<string> {
  const said: string[] = ['hello'];
  streams.push('opened');
  return {
    next: async () => {
      const first = said.shift();
      if (first !== undefined) return { done: false, value: first };
      if (said.length === 0 && goodbye.aborted) return { done: true, value: undefined };
      await once(goodbye, 'abort');
      return { done: false, value: 'goodbye' };
    },
    return: async () => {
      streams.push('returned');
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Waits for ever in `next`. Its `return` waits behind that, as every generator's does; it is noted when it is called. */
function blocked(streams: string[]): AsyncIterableIterator<string> {
  const waiting = (async function* () {
    yield await new Promise<string>(() => undefined);
  })();
  streams.push('opened');
  return {
    next: () => waiting.next(),
    return: () => {
      streams.push('returned');
      return waiting.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** More than a connection holds by itself, to whoever takes it; the same messages for everybody. */
function flood(streams: string[]): Stream<object> {
  const stream = new Flood(streams);
  stream.audience = 'everybody';
  return stream;
}

const floods = Array.from({ length: 200 }, (_, index) => new String(`${index} ${'x'.repeat(256 * 1024)}`));

class Flood extends Stream<object> {
  private readonly messages = floods.values();

  constructor(private readonly streams: string[]) {
    super();
    streams.push('opened');
  }

  take(): Taken<object> {
    const next = this.messages.next();
    return next.done ? streamEnd : next;
  }

  return(): Promise<IteratorResult<object, undefined>> {
    this.streams.push('returned');
    return Promise.resolve(streamEnd);
  }
}
