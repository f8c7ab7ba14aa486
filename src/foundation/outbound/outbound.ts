import { lookup as resolveName, type LookupAddress } from 'node:dns';
import {
  Agent as HttpAgent,
  request as requestHttp,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { forbiddenAddresses, isForbidden, type AllowedAddresses } from './forbidden-addresses.js';

/** What a server answered. */
export interface OutboundAnswer {
  readonly status: number;
  /** A header's value, by its name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface OutboundRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole answer. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly stop?: AbortSignal | undefined;
}

/** A server could not be asked; the message says why, as the end of a sentence that begins with its name. */
export class OutboundFailure extends Error {}

/**
 * The one way from here to servers whose addresses somebody typed in. No request goes to this machine, unless that is
 * allowed, or to link-local addresses, or to private networks where that is not allowed, by whatever name: what counts is the
 * address that is connected to. Redirects are not followed.
 */
export class Outbound {
  private readonly forbidden;
  private readonly agents;

  constructor({
    loopback,
    privateNetworks = true,
  }: Pick<AllowedAddresses, 'loopback'> & Partial<AllowedAddresses>) {
    this.forbidden = forbiddenAddresses({ loopback, privateNetworks });
    // A connection for each request: one that is kept may be closed by the other end just when it is used again.
    this.agents = { 'http:': new HttpAgent(), 'https:': new HttpsAgent() };
  }

  /** True if nothing may be asked there, as far as this can be told without looking the name up. */
  refuses({ hostname }: URL): boolean {
    const host = bare(hostname);
    return isIP(host) !== 0 && isForbidden(this.forbidden, host);
  }

  /** Asks for a resource. Throws an `OutboundFailure` if there is no answer in time, or too long a one. */
  get(url: URL, request: OutboundRequest): Promise<OutboundAnswer> {
    return this.ask(url, request);
  }

  /** Sends something to a server. Throws an `OutboundFailure` if there is no answer in time, or too long a one. */
  post(url: URL, body: string, request: OutboundRequest): Promise<OutboundAnswer> {
    return this.ask(url, request, body);
  }

  private async ask(
    url: URL,
    { headers = {}, timeoutMs, maxBytes, stop }: OutboundRequest,
    body?: string,
  ): Promise<OutboundAnswer> {
    if (this.refuses(url)) throw new OutboundFailure(notAllowed);
    const late = AbortSignal.timeout(timeoutMs);
    const signal = stop ? AbortSignal.any([stop, late]) : late;
    try {
      const agent = this.agentFor(url);
      const method = body === undefined ? 'GET' : 'POST';
      const response = await send(url, { headers, signal, agent, lookup: this.lookup, method }, body);
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: await read(response, maxBytes),
      };
    } catch (error) {
      if (error instanceof OutboundFailure) throw error;
      const why = late.aborted ? `did not answer within ${timeoutMs / 1_000} seconds` : reasonOf(error);
      throw new OutboundFailure(why, { cause: error });
    }
  }

  close(): void {
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  private agentFor({ protocol }: URL): HttpAgent {
    const agent = this.agents[protocol as keyof typeof this.agents] as HttpAgent | undefined;
    if (!agent) throw new OutboundFailure(`has an address that is neither http nor https`);
    return agent;
  }

  /** Looks a name up for a connection that is being opened, so that a name cannot mean one address here and another there. */
  private readonly lookup: LookupFunction = (name, options, answer) => {
    resolveName(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return answer(error, []);
      if (addresses.some(({ address }) => isForbidden(this.forbidden, address)))
        return answer(new OutboundFailure(notAllowed), []);
      if (options.all) return answer(null, addresses);
      const [first] = addresses;
      return answer(null, first?.address ?? '', first?.family);
    });
  };
}

const notAllowed =
  'is at an address to which no requests are sent from here: of this machine, link-local, or of a network that is not allowed';

/** Without the brackets of IPv6. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function send(url: URL, options: RequestOptions, body = ''): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    request(url, options, resolve).once('error', reject).end(body);
  });
}

async function read(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Leaving the loop destroys the response.
    if (length > maxBytes) throw new OutboundFailure(`answered more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reasonOf(error: unknown): string {
  const { code } = error as { readonly code?: string };
  return `could not be reached${code === undefined ? '' : ` (${code})`}`;
}
