import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import fastify, { type FastifyInstance } from 'fastify';
import { registerGraphiql } from '../../src/app/graphiql.js';

const TOKEN = 'the-token-of-the-administrator';
const BUILD_WITHIN_MS = 120_000;

/** The address that this machine has for others; without a network it has none. */
const outerAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

const ifConnected = outerAddress ? it : it.skip;

let directory: string;
let app: FastifyInstance;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'signalbox-graphiql-'));
  await buildPageInto(directory);
  app = fastify();
  registerGraphiql(app, { directory, token: TOKEN });
  await app.listen({ host: '127.0.0.1', port: 0 });
}, BUILD_WITHIN_MS);

afterAll(async () => {
  await app.close();
  await rm(directory, { recursive: true });
});

describe('the session', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', 'localhost:4000', 'LOCALHOST'])(
    'gives the token to a browser on this machine that asks for %s',
    async (host) => {
      const { body, headers } = await get('/graphiql/session', { host, 'sec-fetch-site': 'same-origin' });
      expect(JSON.parse(body)).toEqual({ token: TOKEN, endpoint: '/graphql' });
      expect(headers['cache-control']).toBe('no-store');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    },
  );

  it('gives the token to a program on this machine', async () => {
    expect(await sessionToken({})).toBe(TOKEN);
  });

  it.each([
    'rebound.example',
    'localhost.example',
    '127.0.0.1.example:80',
    'localhost@rebound.example',
    '10.0.0.1',
  ])('keeps the token from a page whose Host is "%s"', async (host) => {
    expect(await sessionToken({ host })).toBeNull();
  });

  it.each(['cross-site', 'same-site', 'anything-else'])('keeps the token from a %s request', async (site) => {
    expect(await sessionToken({ 'sec-fetch-site': site })).toBeNull();
  });

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'])(
    'keeps the token from whoever comes through a proxy that adds %s',
    async (header) => {
      expect(await sessionToken({ [header]: '127.0.0.1' })).toBeNull();
    },
  );

  ifConnected('keeps the token from a peer that is not this machine by its address', async () => {
    const open = fastify();
    registerGraphiql(open, { directory, token: TOKEN });
    await open.listen({ host: '0.0.0.0', port: 0 });
    const { body } = await get(
      '/graphiql/session',
      { host: 'localhost' },
      { app: open, host: outerAddress! },
    );
    expect(JSON.parse(body)).toEqual({ token: null, endpoint: '/graphql' });
    await open.close();
  });
});

describe('the page', () => {
  it('is found without its last slash, under whatever prefix a proxy puts before it', async () => {
    const { status, headers } = await get('/graphiql');
    expect({ status, location: headers.location }).toEqual({ status: 302, location: 'graphiql/' });
  });

  it('is never kept by a cache, while its files, whose names change with their content, are kept for ever', async () => {
    const page = await get('/graphiql/');
    expect(page).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    for (const file of referencesOf(page.body)) {
      const { status, headers } = await get(new URL(file, 'http://localhost/graphiql/').pathname);
      expect({ file, status }).toEqual({ file, status: 200 });
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
  });

  it.each(['/graphiql/', '/graphiql/session', '/graphiql/missing.js'])(
    'lets nothing foreign in at %s, and is shown in no frame',
    async (path) => {
      const { headers } = await get(path);
      expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff' });
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toMatch(/https?:|wss?:|\*|unsafe-eval/);
    },
  );

  it('says how to build it where it is missing', async () => {
    const { status, body } = await get('/graphiql/missing.js');
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ message: expect.stringContaining('scripts/build.mjs') });
  });

  it('keeps what lies outside of its directory', async () => {
    expect((await get('/graphiql/..%2f..%2fpackage.json')).status).toBeGreaterThanOrEqual(400);
  });

  it('refers to no other origin', async () => {
    for (const [name, content] of await builtFiles()) {
      const found = FOREIGN.flatMap((pattern) => content.match(pattern) ?? []);
      expect({ name, found }).toEqual({ name, found: [] });
    }
    const page = await readFile(join(directory, 'index.html'), 'utf8');
    for (const reference of referencesOf(page)) expect(reference).toMatch(/^\.\/assets\//);
  });
});

/** Every way to load something by an absolute address, and the places from which GraphiQL is usually loaded. */
const FOREIGN = [
  /(?:src|href)=["'](?:https?:)?\/\/[^"']*/gi,
  /url\(\s*["']?(?:https?:)?\/\/[^)]*/gi,
  /@import\s+["'](?:https?:)?\/\/[^"']*/gi,
  /(?:import|importScripts|Worker|fetch)\(\s*["'`](?:https?:)?\/\/[^"'`]*/g,
  /\bfrom\s*["'](?:https?:)?\/\/[^"']*/g,
  /[\w.-]*(?:unpkg\.com|jsdelivr\.net|esm\.sh|cdnjs\.|googleapis\.com|gstatic\.com)/g,
];

const referencesOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, reference]) => reference!);

async function builtFiles(): Promise<(readonly [name: string, content: string])[]> {
  const names = await readdir(directory, { recursive: true });
  const readable = names.filter((name) => /\.(html|css|js)$/.test(name));
  return Promise.all(
    readable.map(async (name) => [name, await readFile(join(directory, name), 'utf8')] as const),
  );
}

async function buildPageInto(outDir: string): Promise<void> {
  const vite = join(process.cwd(), 'node_modules/vite/bin/vite.js');
  const settings = ['--config', 'src/clients/console/vite.config.ts', '--logLevel', 'warn'];
  await promisify(execFile)(process.execPath, [
    vite,
    'build',
    ...settings,
    '--outDir',
    outDir,
    '--emptyOutDir',
  ]);
}

async function sessionToken(headers: Record<string, string>): Promise<unknown> {
  const { body } = await get('/graphiql/session', headers);
  return (JSON.parse(body) as { token: unknown }).token;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Unlike fetch, sends the path and the Host header as they are given. */
function get(
  path: string,
  headers: Record<string, string> = {},
  at: { readonly app: FastifyInstance; readonly host: string } = { app, host: '127.0.0.1' },
): Promise<Answer> {
  const { port } = at.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ host: at.host, port, path, headers }, (response) => {
      const { statusCode: status, headers: received } = response;
      text(response).then((body) => resolve({ status, headers: received, body }), reject);
    })
      .on('error', reject)
      .end();
  });
}
