import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface GraphiqlOptions {
  /** Where the built page lies. */
  readonly directory: string;
  /** Handed to a browser on this machine only, so that the page works at once; null hands out none. */
  readonly token: string | null;
}

const ENDPOINT = '/graphql';

/**
 * Serves the GraphiQL page under `/graphiql/`, and under `/graphiql/session` what it must know to begin.
 * The page may load, connect to, and be embedded by nothing but this server's own origin.
 */
export function registerGraphiql(app: FastifyInstance, { directory, token }: GraphiqlOptions): void {
  app.get('/graphiql', (_request, reply) => reply.redirect('graphiql/'));
  void app.register(
    async (page) => {
      page.addHook('onRequest', async (_request, reply) => void reply.headers(PAGE_HEADERS));
      page.setNotFoundHandler((request, reply) => reply.code(404).send(notFound(request)));
      page.get('/session', async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        return { token: isFromThisMachine(request) ? token : null, endpoint: ENDPOINT };
      });
      page.get<{ Params: { '*': string } }>('/*', async ({ params }, reply) => {
        const name = params['*'] || PAGE;
        const content = FILE_NAME.test(name) ? await readIfThere(join(directory, name)) : null;
        if (content !== null) return reply.headers(headersOf(name)).send(content);
        reply.callNotFound();
        return reply;
      });
    },
    { prefix: '/graphiql' },
  );
}

const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    // Monaco writes style elements; the fonts and a few images are part of the style sheets.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

const notFound = ({ url }: FastifyRequest): object => ({
  statusCode: 404,
  error: 'Not Found',
  message: `There is no ${url}. If the page itself is missing, build it with "node scripts/build.mjs".`,
});

/** All that the build makes lies in its directory or in `assets`; a name that leads elsewhere is no such name. */
const FILE_NAME = /^(assets\/)?\w[\w-]*(\.\w[\w-]*)*$/;

const readIfThere = (path: string): Promise<Buffer | null> => readFile(path).catch(() => null);

/** The build puts a hash of the content into the name of every file but the page's. */
const headersOf = (name: string): Record<string, string> => ({
  'content-type': CONTENT_TYPES[extname(name)] ?? 'application/octet-stream',
  'cache-control': name === PAGE ? 'no-store' : 'public, max-age=31536000, immutable',
});

const PAGE = 'index.html';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

/**
 * The peer alone is not enough: a page of another origin runs in a browser on this machine too. One that was
 * rebound to this address by DNS still names itself in Host, and any other is marked by Sec-Fetch-Site. A proxy
 * on this machine speaks for others, and is known by the headers that it adds.
 */
const isFromThisMachine = ({ socket, headers }: FastifyRequest): boolean =>
  isLoopbackAddress(socket.remoteAddress ?? '') &&
  LOOPBACK_HOST.test(headers.host ?? '') &&
  OWN_SITES.has(headers['sec-fetch-site']) &&
  !FORWARDED.some((name) => name in headers);

const LOOPBACK_HOST = /^(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/i;

/** `none` is an address that a person typed; a program such as curl sends nothing. */
const OWN_SITES: ReadonlySet<unknown> = new Set(['same-origin', 'none', undefined]);

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

function isLoopbackAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}
