import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, graphql, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { StreamMessage } from '../../src/clients/sdk/continuity.js';

/** A message of a stream, with whatever fields its type has. */
export type WireMessage = Pick<StreamMessage, '__typename'> & Readonly<Record<string, unknown>>;

/** One subscription that a client has opened, in the hands of a test. */
export interface Subscription {
  readonly field: string;
  readonly after: string | null;
  readonly token: string;
  send(...messages: readonly WireMessage[]): void;
  /** Ends the subscription in good order. */
  complete(): void;
  /** Cuts the connection without a word. */
  cut(): void;
  /** Closes the connection with a code. */
  close(code: number, reason?: string): void;
  /** Keeps the connection open, and answers nothing any more. */
  freeze(): void;
  /** Resolves when the client has left, or the connection is gone. */
  readonly ended: Promise<void>;
  readonly completedByClient: () => boolean;
}

export interface Script {
  /** Called for each subscription, in the order in which they come. */
  readonly subscribed?: (subscription: Subscription) => void;
  /** Answers queries and mutations, by the name of their field. */
  readonly answers?: Readonly<Record<string, (args: never, token: string) => unknown>>;
  /** Says which tokens are let in. Default: all. */
  readonly letsIn?: (token: string) => boolean;
}

/**
 * A peer that speaks the real protocols over real sockets, and does what the test says: so that a client meets what a
 * server does only on a bad day.
 */
export interface ScriptedServer {
  readonly server: string;
  readonly endpoint: string;
  readonly port: number;
  readonly subscriptions: readonly Subscription[];
  stop(): Promise<void>;
}

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'), {
  assumeValid: true,
  assumeValidSDL: true,
});

export async function startScriptedServer(script: Script, port = 0): Promise<ScriptedServer> {
  const subscriptions: Subscription[] = [];
  const http = createServer((request, response) => void answer(request, response, script));
  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  scriptSubscriptions(sockets, script, (subscription) => {
    subscriptions.push(subscription);
    script.subscribed?.(subscription);
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address() as AddressInfo;
  const server = `http://127.0.0.1:${address.port}`;
  const stop = (): Promise<void> => stopAll(http, sockets);
  return { server, endpoint: `${server}/graphql`, port: address.port, subscriptions, stop };
}

async function stopAll(http: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  http.closeAllConnections();
  http.close();
  if (http.listening) await once(http, 'close');
}

interface Extra extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
}

function scriptSubscriptions(
  sockets: WebSocketServer,
  { letsIn = () => true }: Script,
  subscribed: (subscription: Subscription) => void,
): void {
  useServer<{ authorization?: string }, Extra>(
    {
      schema,
      onConnect: ({ connectionParams }) => letsIn(tokenOf(connectionParams?.authorization)),
      context: ({ connectionParams, extra }) => ({
        token: tokenOf(connectionParams?.authorization),
        socket: extra.socket,
      }),
      roots: {
        subscription: Object.fromEntries(fieldsOf(schema).map((field) => [field, open(field, subscribed)])),
      },
    },
    sockets,
  );
}

function fieldsOf(of: GraphQLSchema): readonly string[] {
  return Object.keys(of.getSubscriptionType()?.getFields() ?? {});
}

interface Context {
  readonly token: string;
  readonly socket: WebSocket;
}

function open(field: string, subscribed: (subscription: Subscription) => void) {
  return (args: { after?: string | null }, { token, socket }: Context): AsyncIterable<unknown> => {
    const queue = new Queue<Readonly<Record<string, WireMessage>>>();
    let left = false;
    const ended = new Promise<void>((resolve) => {
      queue.onReturn = () => {
        left = socket.readyState === socket.OPEN;
        resolve();
      };
    });
    subscribed({
      ...{ field, token, after: args.after ?? null, ended },
      send: (...messages) => messages.forEach((message) => queue.push({ [field]: message })),
      complete: () => queue.finish(),
      cut: () => socket.terminate(),
      close: (code, reason) => socket.close(code, reason),
      freeze: () => socket.pause(),
      completedByClient: () => left,
    });
    return queue;
  };
}

/** Delivers what was pushed, in order, until it is finished. */
class Queue<Item> implements AsyncIterable<Item> {
  private readonly items: Item[] = [];
  private finished = false;
  private wake: () => void = () => undefined;
  onReturn: () => void = () => undefined;

  push(item: Item): void {
    this.items.push(item);
    this.wake();
  }

  finish(): void {
    this.finished = true;
    this.wake();
  }

  [Symbol.asyncIterator](): AsyncIterator<Item> {
    return {
      next: async () => {
        while (this.items.length === 0 && !this.finished)
          await new Promise<void>((wake) => (this.wake = wake));
        const [item] = this.items.splice(0, 1);
        return item === undefined ? { done: true, value: undefined } : { done: false, value: item };
      },
      return: () => {
        this.finish();
        this.onReturn();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, script: Script): Promise<void> {
  const { query, variables } = JSON.parse(await bodyOf(request)) as { query: string; variables: object };
  const token = tokenOf(request.headers.authorization);
  const rootValue = Object.fromEntries(
    Object.entries(script.answers ?? {}).map(([field, give]) => [field, (args: never) => give(args, token)]),
  );
  const result = await graphql({ schema, source: query, variableValues: { ...variables }, rootValue });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(result));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function tokenOf(authorization = ''): string {
  return authorization.replace(/^Bearer /, '');
}
