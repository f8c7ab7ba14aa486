import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { isSigned, startReceiver, type Received, type Receiver } from '../kit/receiver.js';
import { unique, type Seed } from '../kit/seed.js';

let plane: TestControlPlane;
let seed: Seed & { readonly organizationId: string };
let admin: Client;
let receiver: Receiver;
beforeAll(async () => {
  plane = await startControlPlane();
});
beforeEach(async () => {
  seed = await plane.seed.organization();
  ({ admin } = seed);
  receiver = await startReceiver();
});
afterEach(() => receiver.goAway());
afterAll(() => plane.stop());

interface Made {
  readonly webhook: { readonly id: string };
  readonly secret: string;
}

/** A webhook that is told of groups. */
function webhook(input: Variables = {}, client = admin): Promise<Made> {
  const given = {
    name: unique('webhook'),
    url: receiver.url,
    filter: { kinds: ['runtime_group'] },
    ...input,
  };
  return client.mutate<Made>('createWebhook', given, 'webhook { id } secret');
}

interface Seen {
  readonly state: string;
  readonly stateReason: string | null;
  readonly failures: number;
  readonly lastDeliveries: readonly {
    readonly id: string;
    readonly type: string;
    readonly delivered: boolean;
    readonly attempts: number;
    readonly status: number | null;
    readonly error: string | null;
  }[];
}

async function seen(id: string): Promise<Seen> {
  const query = `query ($id: ID!) { webhook(id: $id) {
    state stateReason failures lastDeliveries { id type delivered attempts status error }
  } }`;
  return (await admin.gql<{ webhook: Seen }>(query, { id })).webhook;
}

/** What was taken, each once, in the order in which it was first taken. */
function taken(): readonly Received[] {
  const good = receiver.received.filter(({ status }) => status === 200);
  return good.filter(({ id }, index) => good.findIndex((other) => other.id === id) === index);
}

async function write(...reasons: readonly string[]): Promise<void> {
  for (const reason of reasons) await seed.group({ reason });
}

/** Waits until these were taken, each once, in this order. */
async function expectTaken(...reasons: readonly string[]): Promise<void> {
  await eventually(() => taken().length >= reasons.length);
  expect(taken().map(({ message }) => message.data.reason)).toEqual(reasons);
}

describe('a webhook', () => {
  it('is told of each change that it asked for, in order, signed, so that the receiver can tell it is genuine', async () => {
    const { webhook: made, secret } = await webhook();
    await write('a', 'b', 'c');
    await expectTaken('a', 'b', 'c');
    const [first] = taken();
    expect(first && isSigned(first, secret)).toBe(true);
    expect(first && isSigned({ ...first, body: `${first.body} ` }, secret)).toBe(false);
    expect(first?.message).toMatchObject({
      type: 'change',
      webhookId: made.id,
      data: { stream: 'ORGANIZATION', part: 1, parts: 1, entries: [{ type: 'runtime-group.created' }] },
    });
    // What it is told of is what the list of changes says.
    const { changes } = await admin.gql<{ changes: { nodes: readonly { cursor: string }[] } }>(
      '{ changes(filter: { kinds: ["runtime_group"] }) { nodes { cursor } } }',
    );
    expect(taken().map(({ message }) => message.cursor)).toEqual(changes.nodes.map(({ cursor }) => cursor));
    await eventually(async () => expect((await seen(made.id)).lastDeliveries).toHaveLength(3) ?? true);
    const stored = await plane.sql<{ row: string }>('select w::text as row from webhook w');
    expect(JSON.stringify(stored)).not.toContain(secret.slice(6));
  });

  it('begins with the oldest change, if it is to', async () => {
    await write('before');
    await plane.settled();
    await webhook({ from: 'START' });
    await write('after');
    await expectTaken('before', 'after');
  });

  it.each([
    ['answers 500', 500],
    ['redirects', 302],
  ])('is tried again when its receiver %s, with the same id, and loses nothing', async (_, status) => {
    const { webhook: made } = await webhook();
    receiver.answer(status);
    await write('a', 'b');
    await eventually(() => receiver.received.length >= 2);
    const [{ id } = { id: '' }] = receiver.received;
    expect(receiver.received.map((each) => each.id)).toEqual(receiver.received.map(() => id));
    expect(receiver.received.every(({ headers }) => headers['host'] === new URL(receiver.url).host)).toBe(
      true,
    );
    expect((await seen(made.id)).lastDeliveries[0]).toMatchObject({
      ...{ id, delivered: false, status, error: `The receiver answered ${status}.` },
    });
    receiver.answer(200);
    await expectTaken('a', 'b');
    await eventually(async () => expect(await seen(made.id)).toMatchObject({ failures: 0 }) ?? true);
  });

  it('goes on where it was after its receiver was away', async () => {
    await webhook();
    await write('a');
    await expectTaken('a');
    await receiver.goAway();
    await write('b', 'c');
    await plane.settled();
    await receiver.comeBack();
    await expectTaken('a', 'b', 'c');
  });

  it('is suspended when a delivery failed too often, says why, and goes on with that delivery when it is set active', async () => {
    const { webhook: made } = await webhook({ maxAttempts: 2 });
    receiver.answer(503);
    await write('a', 'b');
    const suspended = await eventually(async () => {
      const now = await seen(made.id);
      return now.state === 'SUSPENDED' && now;
    });
    expect(suspended.stateReason).toContain('failed 2 times, the last time so: The receiver answered 503.');
    expect(receiver.received).toHaveLength(2);
    receiver.answer(200);
    await admin.mutate('updateWebhook', { id: made.id, active: true });
    await expectTaken('a', 'b');
    const told = await admin.gql<{ changes: { nodes: readonly { entries: readonly { type: string }[] }[] } }>(
      '{ changes(filter: { kinds: ["webhook"] }) { nodes { entries { type } } } }',
    );
    expect(told.changes.nodes.flatMap(({ entries }) => entries.map(({ type }) => type))).toEqual([
      ...['webhook.created', 'webhook.suspended', 'webhook.updated'],
    ]);
  });

  it('is not told while it is paused, and is told all of it afterwards', async () => {
    const { webhook: made } = await webhook();
    await admin.mutate('updateWebhook', { id: made.id, active: false });
    await write('a');
    await plane.settled();
    expect(await seen(made.id)).toMatchObject({ state: 'PAUSED', lastDeliveries: [] });
    await admin.mutate('updateWebhook', { id: made.id, active: true });
    await write('b');
    await expectTaken('a', 'b');
  });

  it('says in a delivery that history is missing, and goes on with what is kept', async () => {
    const { webhook: made } = await webhook();
    await admin.mutate('updateWebhook', { id: made.id, active: false });
    await write('a', 'b', 'c');
    await plane.settled();
    await plane.sql(
      `update stream_head set floor_revision = revision - 1 where topic = 'changes' and scope_id = $1`,
      [seed.organizationId],
    );
    await admin.mutate('updateWebhook', { id: made.id, active: true });
    await eventually(() => taken().length >= 2);
    expect(taken().map(({ message: { type, data } }) => [type, data.reason])).toEqual([
      ['resync', 'COMPACTED'],
      ['change', 'c'],
    ]);
  });

  it('has another secret after a rotation; for a while, both sign', async () => {
    const { webhook: made, secret: before } = await webhook();
    const { secret } = await admin.mutate<Made>('rotateWebhookSecret', { id: made.id }, 'secret');
    expect(secret).not.toBe(before);
    await write('a');
    await expectTaken('a');
    expect([before, secret].map((each) => isSigned(taken()[0] as Received, each))).toEqual([true, true]);
    await plane.sql('update webhook set previous_secret_until = now() where id = $1', [made.id]);
    await write('b');
    await expectTaken('a', 'b');
    expect([before, secret].map((each) => isSigned(taken()[1] as Received, each))).toEqual([false, true]);
  });

  it('can be tried, and told once more, at once', async () => {
    const { webhook: made } = await webhook();
    const tried = await admin.mutate<{ delivery: Seen['lastDeliveries'][number] }>(
      ...(['testWebhook', { id: made.id }, 'delivery { type delivered status }'] as const),
    );
    expect(tried.delivery).toEqual({ type: 'test', delivered: true, status: 200 });
    await write('a');
    await eventually(async () => expect((await seen(made.id)).lastDeliveries).toHaveLength(2) ?? true);
    const [last] = (await seen(made.id)).lastDeliveries;
    const again = await admin.mutate<{ delivery: object }>(
      ...(['redeliverWebhook', { deliveryId: last?.id }, 'delivery { id attempts }'] as const),
    );
    expect(again.delivery).toEqual({ id: last?.id, attempts: 2 });
    const bodies = receiver.received.filter(({ id }) => id === last?.id).map(({ body }) => body);
    expect(bodies).toEqual([bodies[0], bodies[0]]);
    const [, test] = (await seen(made.id)).lastDeliveries;
    const testAgain = await admin.mutate<{ delivery: object }>(
      ...(['redeliverWebhook', { deliveryId: test?.id }, 'delivery { id type delivered attempts }'] as const),
    );
    expect(testAgain.delivery).toEqual({ id: test?.id, type: 'test', delivered: true, attempts: 2 });
    receiver.answer(500);
    const failed = await admin.mutate<{ delivery: object }>(
      ...(['testWebhook', { id: made.id }, 'delivery { delivered error }'] as const),
    );
    expect(failed.delivery).toEqual({ delivered: false, error: 'The receiver answered 500.' });
  });

  it('that said that something may have been missed is not repeated', async () => {
    const { webhook: made } = await webhook();
    const { delivery } = await admin.mutate<{ delivery: { id: string } }>(
      ...(['testWebhook', { id: made.id }, 'delivery { id }'] as const),
    );
    // As if the history had been compacted before the webhook came to it.
    await plane.sql("update webhook_delivery set type = 'resync' where id = $1", [delivery.id]);
    const repeated = admin.attempt('redeliverWebhook', { deliveryId: delivery.id });
    await expectRefused(repeated, 'WEBHOOK_RESYNC_NOT_REPEATED');
  });

  it('that is of one group is told of that group alone', async () => {
    const { group } = await seed.group();
    const { group: other } = await seed.group();
    const own = await seed.token({ role: 'ADMIN', runtimeGroupId: group.id });
    await webhook({ filter: null }, own);
    await seed.service(other, { name: 'hidden' });
    await seed.service(group, { name: 'shown' });
    await eventually(() => taken().some(({ message }) => message.data.summary.includes('shown')));
    expect(JSON.stringify(taken())).not.toContain('hidden');
  });
});

describe('a webhook is refused', () => {
  it.each([
    ['an address that is no URL', { url: 'receiver' }, 'WEBHOOK_URL_INVALID'],
    ['an address with a password', { url: 'https://a:b@c.d/' }, 'WEBHOOK_URL_INVALID'],
    ['a private address', { url: 'http://10.0.0.1/' }, 'WEBHOOK_URL_FORBIDDEN'],
    ['the address of metadata', { url: 'http://169.254.169.254/' }, 'WEBHOOK_URL_FORBIDDEN'],
    ['no name', { name: ' ' }, 'WEBHOOK_NAME_INVALID'],
    ['no attempts', { maxAttempts: 0 }, 'WEBHOOK_ATTEMPTS_INVALID'],
    ['a kind that there is not', { filter: { kinds: ['rout'] } }, 'KIND_UNKNOWN'],
  ])('with %s', async (_, input, code) => {
    const given = { name: unique('webhook'), url: receiver.url, ...input };
    await expectRefused(admin.attempt('createWebhook', given), code);
  });

  it('with a name that is taken, or if it is not there', async () => {
    await webhook({ name: 'taken' });
    const given = { name: 'taken', url: receiver.url };
    await expectRefused(admin.attempt('createWebhook', given), 'WEBHOOK_NAME_TAKEN');
    const { webhook: other } = await webhook();
    await expectRefused(plane.admin.attempt('deleteWebhook', { id: other.id }), 'WEBHOOK_NOT_FOUND');
    await admin.mutate('deleteWebhook', { id: other.id });
    await expectRefused(admin.attempt('testWebhook', { id: other.id }), 'WEBHOOK_NOT_FOUND');
    await expectRefused(
      admin.attempt('redeliverWebhook', { deliveryId: other.id }),
      'WEBHOOK_DELIVERY_NOT_FOUND',
    );
  });
});
