import { failures } from './transports.schema.js';
import { eventually } from '../kit/eventually.js';
import { overSocket, post, startWorld, type World } from './transports.world.js';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.server.stop(1_000));

const debug = 20;
const info = 30;
const warn = 40;
const error = 50;

const busy = { code: 'UNAVAILABLE', reason: 'DATABASE_BUSY', retryable: true, retryAfterMs: 1_000 };
const unreachable = { ...busy, reason: 'DATABASE_UNREACHABLE' };

/** What is thrown, what the client is told of it, and at what level it is logged. */
const table: readonly [how: string, extensions: object, level: number][] = [
  ['invalid', { code: 'BAD_USER_INPUT', reason: 'TEST_INVALID' }, debug],
  ['unauthenticated', { code: 'UNAUTHENTICATED', reason: 'TEST_UNAUTHENTICATED' }, info],
  ['denied', { code: 'FORBIDDEN', reason: 'TEST_DENIED' }, info],
  ['missing', { code: 'NOT_FOUND', reason: 'TEST_MISSING' }, debug],
  ['conflict', { code: 'CONFLICT', reason: 'TEST_CONFLICT' }, debug],
  ['compacted', { code: 'REVISION_COMPACTED', reason: 'TEST_COMPACTED' }, info],
  [
    'unavailable',
    { code: 'UNAVAILABLE', reason: 'TEST_UNAVAILABLE', retryable: true, retryAfterMs: 1_000 },
    warn,
  ],
  ['deadlock', busy, warn],
  ['serialization', busy, warn],
  ['statementTimeout', busy, warn],
  ['lockTimeout', busy, warn],
  ['connectionLost', unreachable, warn],
  ['poolTimeout', busy, warn],
  ['readOnly', { ...busy, reason: 'DATABASE_READ_ONLY', retryAfterMs: 10_000 }, warn],
  ['diskFull', { ...busy, reason: 'DATABASE_FULL', retryAfterMs: 10_000 }, warn],
  ['shutdown', unreachable, warn],
  ['nulInText', { code: 'BAD_USER_INPUT', reason: 'TEXT_UNSTORABLE' }, debug],
  ['nulInJson', { code: 'BAD_USER_INPUT', reason: 'TEXT_UNSTORABLE' }, debug],
  ['uniqueViolation', { code: 'INTERNAL_SERVER_ERROR' }, error],
  ['defect', { code: 'INTERNAL_SERVER_ERROR' }, error],
];

it('has a row for each failure', () => {
  expect(table.map(([how]) => how).sort()).toEqual(Object.keys(failures).sort());
});

it.each(table)('tells and logs what is %s', async (how, expected, level) => {
  const operation = { query: 'query ($how: String!) { fail(how: $how) }', variables: { how } };
  const { status, body } = await post(world, operation);
  expect(status).toBe(200);
  expect(body).toMatchObject({ data: { fail: null }, errors: [{ path: ['fail'], extensions: expected }] });
  const overWs = await overSocket(world, operation);
  expect(overWs).toMatchObject({ data: { fail: null }, errors: [{ path: ['fail'], extensions: expected }] });
  expect(JSON.stringify([body, overWs])).not.toMatch(/secret|stack|node_modules|told by/);
  const told = world.log.filter((line) => line.level === level && (line.reason ?? line.errorId));
  expect(told).toHaveLength(2);
});

it('gives all problems of a refusal, each with its place', async () => {
  const { body } = await post(world, { query: '{ fail(how: "invalid") }' });
  expect(body.errors?.[0]).toMatchObject({
    message: 'This is invalid.',
    extensions: {
      problems: [
        { code: 'TEST_INVALID', message: 'This is invalid.', path: ['input', 'name'] },
        { code: 'TEST_SECOND', message: 'This is invalid.', path: [] },
      ],
    },
  });
});

it('gives of a defect an id alone, under which the log has the stack', async () => {
  const { body } = await post(world, { query: '{ fail(how: "defect") }' });
  const { message, extensions } = body.errors?.[0] ?? { message: '', extensions: {} };
  expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) });
  expect(message).toBe(`Something broke here. The error's id is ${String(extensions['errorId'])}.`);
  const line = world.log.find(({ errorId }) => errorId === extensions['errorId']);
  expect(line?.err?.stack).toContain('TypeError: secret: the password is 1234\n');
});

it('takes a value that the schema does not have for a defect, and not for the fault of who asked', async () => {
  const { body } = await post(world, { query: '{ broken }' });
  expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
});

it.each(['invalid', 'denied', 'connectionLost'])(
  'ends a subscription that is refused as %s with one error and no more, and keeps the socket',
  async (how) => {
    const answer = await overSocket(world, { query: `subscription { refused(how: "${how}") }` });
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ reason: expect.any(String) });
    await eventually(() => world.server.socketCount() === 0);
  },
);
