import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { LiveClient } from '../kit/live-client.js';

/** As a collector is told of it. */
interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

const spans: Span[] = [];
const services = new Set<string>();
let collector: Server;
let plane: TestControlPlane;

beforeAll(async () => {
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      collect(Buffer.concat(parts).toString());
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening));
  const { port } = collector.address() as AddressInfo;
  plane = await startControlPlane({ tracesUrl: `http://127.0.0.1:${port}/v1/traces` });
});
afterAll(() => {
  collector.close();
});

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

function collect(body: string): void {
  for (const { resource, scopeSpans } of (JSON.parse(body) as Sent).resourceSpans) {
    services.add(JSON.stringify(resource.attributes.find(({ key }) => key === 'service.name')?.value));
    spans.push(...scopeSpans.flatMap((scope) => scope.spans));
  }
}

/** A trace as lines, parts below what they are parts of. */
function drawn(traceId: string, parent: string, depth = 0): string[] {
  const parts = spans.filter((span) => span.traceId === traceId && (span.parentSpanId ?? '') === parent);
  return parts.flatMap(({ name, spanId, status }) => [
    `${'  '.repeat(depth)}${name}${status.code === 2 ? ' (failed)' : ''}`,
    ...drawn(traceId, spanId, depth + 1),
  ]);
}

describe('traces', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const caller = 'b7ad6b7169203331';

  it('tell of a request, its write and its statements, as parts of what the caller does', async () => {
    const { group } = await plane.seed.group();
    const query = `mutation Add($input: CreateGatewayServiceInput!) { createGatewayService(input: $input) { userErrors { code } } }`;
    const secret = 'a-name-that-only-its-sender-knows';
    const send = async (host: string): Promise<void> => {
      const input = { runtimeGroupId: group.id, name: secret, host };
      const response = await fetch(`${plane.origin}/graphql`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', authorization: `Bearer ${plane.admin.token}` },
          traceparent: `00-${traceId}-${caller}-01`,
        },
        body: JSON.stringify({ query, operationName: 'Add', variables: { input } }),
      });
      expect(response.status).toBe(200);
    };
    await send('pets.internal');
    // The name is taken now.
    await send('pets.internal');
    const live = await LiveClient.connect(plane.admin);
    for await (const answer of live.iterate('query Who { organization { name } }', {})) {
      expect(answer.data).toBeTruthy();
    }
    live.close();
    // Whatever was traced is sent before it ends.
    await plane.stop();

    const lines = drawn(traceId, caller);
    expect(lines.filter((line) => !line.startsWith(' '))).toEqual(['mutation Add', 'mutation Add']);
    expect(lines).toContain('  gateway-config.write');
    expect(lines).toContain('  gateway-config.write (failed)');
    expect(lines).toContain('    event_log.lock');
    expect(services).toEqual(new Set(['{"stringValue":"signalbox"}']));
    expect(spans.some(({ name, parentSpanId }) => name === 'query Who' && !parentSpanId)).toBe(true);
    // What runs by itself is not traced, and no value of a client is told.
    expect(spans.filter(({ name, parentSpanId }) => name.includes('.') && !parentSpanId)).toEqual([]);
    expect(JSON.stringify(spans)).not.toContain(secret);
  });
});
