import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that speaks as much of Consul's HTTP API as is asked of it here, over a real socket. */
export interface TestConsul {
  /** `http://127.0.0.1:<port>`. */
  readonly address: string;
  /** Everything that it was asked, in order. */
  readonly asked: readonly Asked[];
  /** How many blocking queries wait for something newer. */
  waiting(): number;
  /** Makes these all the nodes of a service. */
  register(service: string, nodes: readonly TestNode[]): void;
  /** Answers everything with this status, or as it should again. */
  failWith(status: number | null): void;
  /** Answers nothing any more, or again. */
  hang(hangs: boolean): void;
  /** Forgets its history, as if it were set up anew: its indexes begin again. */
  startAnew(): void;
  /** Goes away, with everything that is open. */
  goAway(): Promise<void>;
  /** Is there again, under the same address. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestNode {
  readonly address: string;
  readonly port: number;
  readonly tags?: readonly string[];
  readonly passing?: boolean;
  readonly weight?: number;
}

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string | undefined;
}

/** Starts one on a free port of this machine. The caller stops it. */
export async function startConsul(): Promise<TestConsul> {
  const consul = new Consul();
  await consul.listen(0);
  return consul;
}

class Consul implements TestConsul {
  readonly asked: Asked[] = [];
  private readonly services = new Map<string, readonly TestNode[]>();
  private readonly changed = new Set<() => void>();
  private server: Server | undefined;
  private port = 0;
  private index = 10;
  private status: number | null = null;
  private hangs = false;

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  waiting(): number {
    return this.changed.size;
  }

  register(service: string, nodes: readonly TestNode[]): void {
    this.services.set(service, nodes);
    this.index += 1;
    this.wake();
  }

  failWith(status: number | null): void {
    this.status = status;
    this.wake();
  }

  hang(hangs: boolean): void {
    this.hangs = hangs;
  }

  startAnew(): void {
    this.index = 1;
    this.wake();
  }

  async listen(port: number): Promise<void> {
    const server = createServer((request, response) => {
      this.take(request, response);
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async goAway(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  comeBack(): Promise<void> {
    return this.listen(this.port);
  }

  stop(): Promise<void> {
    return this.goAway();
  }

  private wake(): void {
    for (const answer of [...this.changed]) answer();
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', this.address);
    const { 'x-consul-token': token } = request.headers;
    this.asked.push({ path: url.pathname, query: url.searchParams, token: token as string | undefined });
    if (this.hangs) return;
    const index = Number(url.searchParams.get('index') ?? 0);
    if (index !== this.index || this.status !== null) return this.answer(url, response);
    const wait = setTimeout(() => answer(), Number.parseInt(url.searchParams.get('wait') ?? '0', 10));
    const answer = (): void => {
      leave();
      this.answer(url, response);
    };
    const leave = (): void => {
      clearTimeout(wait);
      this.changed.delete(answer);
    };
    this.changed.add(answer);
    response.once('close', leave);
  }

  private answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    if (this.status !== null) {
      response.writeHead(this.status).end('something that is for nobody here');
      return;
    }
    response.setHeader('X-Consul-Index', String(this.index));
    const [, service] = /^\/v1\/health\/service\/(.+)$/.exec(pathname) ?? [];
    const found =
      service === undefined ? '127.0.0.1:8300' : this.entries(decodeURIComponent(service), searchParams);
    response.end(JSON.stringify(found));
  }

  private entries(service: string, query: URLSearchParams): object[] {
    const tag = query.get('tag');
    const nodes = (this.services.get(service) ?? []).filter(
      ({ passing = true, tags = [] }) =>
        (passing || !query.has('passing')) && (tag === null || tags.includes(tag)),
    );
    return nodes.map(({ address, port, weight = 1 }, at) => ({
      Node: { Node: `node-${at}`, Address: address },
      // Consul leaves the address of a service empty where it is that of its node.
      Service: {
        Service: service,
        Address: at % 2 === 0 ? address : '',
        Port: port,
        Weights: { Passing: weight },
      },
      Checks: [],
    }));
  }
}
