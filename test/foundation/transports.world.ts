import { once } from 'node:events';
import { request, type Agent, type IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { WebSocket, type ClientOptions } from 'ws';
import { serveGraphql, type GraphqlServer, type ServeOptions } from '../../src/foundation/graphql/serve.js';
import { defineRefusal } from '../../src/foundation/kernel/refusal.js';
import type { Logger } from '../../src/foundation/log/log.js';
import { makeSchema } from './transports.schema.js';

/** One line of the log, as written. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly reason?: string;
  readonly errorId?: string;
  readonly err?: { readonly message: string; readonly stack: string };
}

/** A server over a schema of its own, and what it did. */
export interface World {
  readonly server: GraphqlServer;
  readonly log: readonly LogLine[];
  /** What happened to the streams, in order: `opened`, `returned`. */
  readonly streams: readonly string[];
  /** How many queries of `slow` have begun. */
  running(): number;
  /** Lets them be answered. */
  release(): void;
}

export const goodToken = 'Bearer good';

/** Starts a server on a free port. The caller stops it. */
export async function startWorld(options: Partial<ServeOptions> = {}): Promise<World> {
  const log: LogLine[] = [];
  const streams: string[] = [];
  const gate = new AbortController();
  const goodbye = new AbortController();
  let running = 0;
  const server = await serveGraphql({
    host: '127.0.0.1',
    port: 0,
    log: logTo(log),
    schema: makeSchema({
      streams,
      slow: gate.signal,
      asked: () => void (running += 1),
      goodbye: goodbye.signal,
    }),
    contextFor: async (authorization, { ip }) => ({ caller: callerOf(authorization), ip }),
    ready: async () => ({ ready: true, reasons: [] }),
    beforeClose: () => goodbye.abort(),
    ...options,
  });
  return { server, log, streams, running: () => running, release: () => gate.abort() };
}

const tokenMissing = defineRefusal('TEST_TOKEN_MISSING', 'unauthenticated', () => 'No token was given.');
const tokenUnknown = defineRefusal('TEST_TOKEN_UNKNOWN', 'unauthenticated', () => 'This token is not known.');
const tokenExpired = defineRefusal('TEST_TOKEN_EXPIRED', 'unauthenticated', () => 'This token expired.');

function callerOf(authorization: string | undefined): string {
  if (authorization === undefined) throw tokenMissing({});
  if (authorization === 'Bearer expired') throw tokenExpired({});
  if (authorization === 'Bearer outage') throw lostConnection();
  if (authorization !== goodToken) throw tokenUnknown({});
  return 'good';
}

function lostConnection(): Error {
  return Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
}

function logTo(lines: LogLine[]): Logger {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as LogLine);
      done();
    },
  });
  return pino({ level: 'debug' }, sink);
}

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: GraphqlAnswer;
}

export interface GraphqlAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly WireError[];
  readonly extensions?: Record<string, unknown>;
}

export interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Record<string, unknown>;
}

export interface PostOptions {
  readonly authorization?: string | null;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

/** Sends an operation by POST; with the good token unless another, or none, is given. */
export async function post({ server }: World, operation: object, options: PostOptions = {}): Promise<Answer> {
  const { authorization = goodToken, body = JSON.stringify(operation), headers } = options;
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }), ...headers },
    body: body as string,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as GraphqlAnswer,
  };
}

export interface GetOptions {
  readonly path: string;
  readonly host?: string;
  /** Asks over a connection that it keeps; see `Agent`. */
  readonly agent?: Agent;
}

/** Asks by GET, with the good token. */
export async function get({ server }: World, { path, host, agent }: GetOptions): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  const headers = { authorization: goodToken, ...(host !== undefined && { host }) };
  const asked = request({ hostname, port, path, headers, ...(agent && { agent }) }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const text = await response.toArray();
  return {
    status: response.statusCode ?? 0,
    headers: new Headers(response.headers as Record<string, string>),
    body: JSON.parse(Buffer.concat(text as Buffer[]).toString()) as GraphqlAnswer,
  };
}

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** How a socket was closed. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export interface DialOptions extends ClientOptions {
  readonly authorization?: string | null;
  readonly protocols?: readonly string[];
}

/** A socket as a client sees it, message by message. */
export class Line {
  readonly closed: Promise<Closed>;
  private readonly messages: Message[] = [];
  private wake: () => void = () => undefined;

  constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
    socket.on('error', () => undefined);
    socket.on('message', (message: Buffer) => {
      this.messages.push(JSON.parse(String(message)) as Message);
      this.wake();
    });
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, more: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, ...more } });
  }

  /** The next message. */
  async next(): Promise<Message> {
    while (this.messages.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.messages.shift() as Message;
  }
}

/** Opens a socket, and does nothing on it yet. */
export async function dial({ server }: World, options: DialOptions = {}, path = '/graphql'): Promise<Line> {
  const { authorization: _authorization, protocols = ['graphql-transport-ws'], ...rest } = options;
  const line = new Line(new WebSocket(new URL(path, server.wsUrl), [...protocols], rest));
  await once(line.socket, 'open');
  return line;
}

/** Opens a socket and is let in. */
export async function connect(world: World, options: DialOptions = {}): Promise<Line> {
  const line = await dial(world, options);
  line.send(initWith(options.authorization === undefined ? goodToken : options.authorization));
  await line.next();
  return line;
}

/** The first message of a client. */
export function initWith(authorization: string | null): object {
  return { type: 'connection_init', ...(authorization !== null && { payload: { authorization } }) };
}

/** Runs one operation over a socket of its own, and gives what comes of it: the answer, or the errors. */
export async function overSocket(world: World, operation: object): Promise<GraphqlAnswer> {
  const line = await connect(world);
  line.send({ id: '1', type: 'subscribe', payload: operation });
  const { type, payload } = await line.next();
  line.socket.close();
  return type === 'error' ? { errors: payload as WireError[] } : (payload as GraphqlAnswer);
}
