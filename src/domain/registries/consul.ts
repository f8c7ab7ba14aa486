import { kindNamed, normalise } from '../gateway-config/index.js';
import { OutboundFailure, type Outbound, type OutboundAnswer } from '../../foundation/outbound/outbound.js';
import type { Connection, FoundNode, Lookup } from './registry.js';

/** A registry that could not be asked, or gave no answer to go by; the message is a sentence for people. */
export class RegistryFailure extends Error {
  constructor({ name }: Pick<Connection, 'name'>, why: string, cause?: unknown) {
    super(`The service registry “${name}” ${why}.`, { cause });
  }
}

/** Whom to ask, and how. */
export interface Asking {
  readonly outbound: Outbound;
  readonly connection: Connection;
  readonly stop?: AbortSignal | undefined;
}

/** What Consul answered, and the index from which on it is to be asked for what is newer. */
export interface Found {
  readonly nodes: readonly FoundNode[];
  readonly index: number;
}

/** How long an answer may take beside the time for which it was asked to wait. */
const answerMs = 5_000;
const maxBytes = 8 * 1_024 * 1_024;
const maxNodes = 1_000;

/**
 * The nodes of a service. With an index, Consul answers when there is something newer, or after the time to wait (a blocking
 * query); without, at once. Throws a `RegistryFailure`.
 */
export async function findNodes(
  asking: Asking,
  { service, tag, passingOnly }: Lookup,
  { index, waitMs }: { readonly index: number; readonly waitMs: number } = { index: 0, waitMs: 0 },
): Promise<Found> {
  const asked = {
    ...(passingOnly ? { passing: '1' } : {}),
    ...(tag === null ? {} : { tag }),
    ...(index > 0 ? { index: String(index), wait: `${waitMs}ms` } : {}),
  };
  // Consul itself adds up to a sixteenth, so that those who wait do not come back all at once.
  const timeoutMs = answerMs + (index > 0 ? waitMs * (17 / 16) : 0);
  const answer = await ask(asking, ['health', 'service', service], { asked, timeoutMs });
  const nodes = nodesIn(asking.connection, parsed(asking.connection, answer));
  return { nodes, index: indexIn(answer) };
}

/** Returns if the registry is there, and has a leader. Throws a `RegistryFailure`. */
export async function probe(asking: Asking): Promise<void> {
  const answer = await ask(asking, ['status', 'leader'], { asked: {}, timeoutMs: answerMs });
  if (parsed(asking.connection, answer) === '') throw new RegistryFailure(asking.connection, 'has no leader');
}

async function ask(
  { outbound, connection, stop }: Asking,
  path: readonly string[],
  { asked, timeoutMs }: { readonly asked: Readonly<Record<string, string>>; readonly timeoutMs: number },
): Promise<OutboundAnswer> {
  const { address, datacenter, token } = connection;
  const url = new URL(`${address.replace(/\/+$/, '')}/v1/${path.map(encodeURIComponent).join('/')}`);
  url.search = String(new URLSearchParams({ ...(datacenter === null ? {} : { dc: datacenter }), ...asked }));
  const headers: Record<string, string> = token === null ? {} : { 'x-consul-token': token };
  const answer = await outbound.get(url, { headers, timeoutMs, maxBytes, stop }).catch((error: unknown) => {
    throw error instanceof OutboundFailure ? new RegistryFailure(connection, error.message, error) : error;
  });
  // What else it said is not told: it may be no registry at all, and have things to say that are for nobody here.
  if (answer.status === 403) throw new RegistryFailure(connection, 'refuses the token (403)');
  if (answer.status !== 200) throw new RegistryFailure(connection, `answers ${answer.status}`);
  return answer;
}

function parsed(connection: Connection, { body }: OutboundAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new RegistryFailure(connection, notAsConsul, error);
  }
}

const notAsConsul = 'does not answer as Consul does';

/** Zero, which asks for an answer at once, where there is none to go by. */
function indexIn({ headers }: OutboundAnswer): number {
  const index = Number(headers['x-consul-index']);
  return Number.isSafeInteger(index) && index > 0 ? index : 0;
}

/** The nodes in an answer, in one order, each once: those that have an address to which requests can be sent. */
function nodesIn(connection: Connection, answer: unknown): FoundNode[] {
  if (!Array.isArray(answer)) throw new RegistryFailure(connection, notAsConsul);
  if (answer.length > maxNodes)
    throw new RegistryFailure(
      connection,
      `knows ${answer.length} nodes of this service, of which ${maxNodes} can be used`,
    );
  const nodes = new Map<string, FoundNode>();
  for (const entry of answer as readonly Entry[]) {
    const node = nodeOf(entry);
    if (node) nodes.set(node.target, node);
  }
  return [...nodes.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** What Consul tells of a node, as far as it is used here, and as far as it can be trusted to. */
type Entry = {
  readonly Node?: { readonly Address?: unknown } | null;
  readonly Service?: {
    readonly Address?: unknown;
    readonly Port?: unknown;
    readonly Weights?: { readonly Passing?: unknown } | null;
  } | null;
} | null;

function nodeOf(entry: Entry): FoundNode | undefined {
  const target = targetOf(entry);
  if (target === undefined) return undefined;
  const weight = weightOf(entry);
  const { document, problems } = normalise(kindNamed('target'), { target, weight, upstream: anyUpstream });
  return problems.length > 0 ? undefined : { target: document['target'] as string, weight };
}

/** A service without an address of its own is at that of its node. */
function targetOf(entry: Entry): string | undefined {
  const { Node: node, Service: service } = entry ?? {};
  const host = textOf(service?.Address) ?? textOf(node?.Address);
  const port = service?.Port;
  if (host === undefined || typeof port !== 'number' || port < 1) return undefined;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const anyUpstream = '00000000-0000-0000-0000-000000000000';
const maxWeight = 65_535;

/** Consul gives every node the weight 1, unless it is told otherwise. */
function weightOf(entry: Entry): number {
  const given = entry?.Service?.Weights?.Passing;
  return typeof given === 'number' ? Math.min(Math.max(Math.round(given), 0), maxWeight) : 1;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
