import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Outbound, OutboundFailure } from '../../src/foundation/outbound/outbound.js';

const servers: Server[] = [];
const open: Outbound[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  for (const outbound of open.splice(0)) outbound.close();
});

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

function outbound(loopback: boolean): Outbound {
  const made = new Outbound({ loopback });
  open.push(made);
  return made;
}

const limits = { timeoutMs: 5_000, maxBytes: 1_000 };

describe('a request to another server', () => {
  it('answers what that said', async () => {
    const url = await serve((request, response) => {
      response.setHeader('x-said', String(request.headers['x-asked']));
      response.writeHead(404).end('nothing');
    });
    const answer = await outbound(true).get(url, { ...limits, headers: { 'x-asked': 'this' } });
    expect(answer).toMatchObject({ status: 404, body: 'nothing' });
    expect(answer.headers['x-said']).toBe('this');
  });

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'does not go to this machine as %s, unless that is allowed',
    async (host) => {
      let isAsked = false;
      const url = await serve((_request, response) => {
        isAsked = true;
        response.end();
      });
      url.hostname = host;
      await expect(outbound(false).get(url, limits)).rejects.toThrow(OutboundFailure);
      expect(isAsked).toBe(false);
      expect(await outbound(true).get(new URL(`http://localhost:${url.port}`), limits)).toMatchObject({
        status: 200,
      });
    },
  );

  it('follows no redirect', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    expect(await outbound(true).get(url, limits)).toMatchObject({ status: 302 });
  });

  it.each<[string, RequestListener, string]>([
    ['too long an answer', (_, response) => response.end('x'.repeat(1_001)), 'answered more than 1000 bytes'],
    ['no answer in time', () => undefined, 'did not answer within 0.2 seconds'],
    ['half an answer in time', (_, response) => response.write('half'), 'did not answer within 0.2 seconds'],
    ['a connection that is cut', (request) => request.socket.destroy(), 'could not be reached (ECONNRESET)'],
  ])('fails with the reason: %s', async (_name, answer, reason) => {
    const url = await serve(answer);
    await expect(outbound(true).get(url, { ...limits, timeoutMs: 200 })).rejects.toThrow(reason);
  });
});
