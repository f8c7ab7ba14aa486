import type { StreamEvent, StreamOptions } from '../../src/clients/sdk/stream.js';
import { openClient } from '../../src/clients/sdk/client.js';
import type { SignalboxError } from '../../src/clients/sdk/error.js';
import { RuntimeConfigDocument } from '../../src/clients/sdk/generated.js';
import type { StreamTiming } from '../../src/clients/sdk/timing.js';
import {
  startScriptedServer,
  type Script,
  type ScriptedServer,
  type Subscription,
} from './scripted-server.js';
import { eventually } from '../kit/eventually.js';
import { bookmark, delta, fold, goodbye, resync, snapshot } from './messages.js';

const quick: Partial<StreamTiming> = {
  ...{ firstWindowMs: 5, windowCapMs: 20, refusedMs: 10, replacedMs: 10 },
  ...{ keepAliveMs: 30, pongTimeoutMs: 60, handshakeMs: 200, closeMs: 200 },
};

const leftovers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of leftovers.splice(0).reverse()) await stop();
});

async function serve(script: Script, port?: number): Promise<ScriptedServer> {
  const server = await startScriptedServer(script, port);
  leftovers.push(() => server.stop());
  return server;
}

/** A server that plays the nth part of a script to the nth subscription. */
function play(...parts: readonly ((subscription: Subscription) => void)[]): Promise<ScriptedServer> {
  const rest = [...parts];
  return serve({ subscribed: (subscription) => rest.shift()?.(subscription) });
}

interface Reader {
  /** Reads on until there are this many messages, and answers all of them so far. */
  read(count: number): Promise<readonly { readonly __typename: string; readonly cursor?: string }[]>;
  readonly events: readonly StreamEvent[];
  restart(reason: string): void;
  leave(): Promise<void>;
}

function follow(
  endpoint: string,
  options: StreamOptions & { after?: string; timing?: Partial<StreamTiming> } = {},
): Reader {
  const events: StreamEvent[] = [];
  const stop = new AbortController();
  const client = openClient({ endpoint, token: 'secret', timing: { ...quick, ...options.timing } });
  const stream = client.stream(
    RuntimeConfigDocument,
    { after: options.after ?? null },
    { refusals: 'retry', ...options, signal: stop.signal, onEvent: (event) => events.push(event) },
  );
  const iterator = stream[Symbol.asyncIterator]();
  const messages: { readonly __typename: string; readonly cursor?: string }[] = [];
  const reader: Reader = {
    events,
    restart: (reason) => stream.restart(reason),
    read: async (count) => {
      while (messages.length < count) {
        const next = await iterator.next();
        if (next.done) throw new Error('The stream ended.');
        messages.push(next.value);
      }
      return messages;
    },
    leave: async () => {
      stop.abort();
      while (!(await iterator.next()).done);
    },
  };
  leftovers.push(() => reader.leave().catch(() => undefined));
  return reader;
}

function afters(server: ScriptedServer): readonly (string | null)[] {
  return server.subscriptions.map(({ after }) => after);
}

describe('a stream', () => {
  it('begins after the cursor that it is given', async () => {
    const server = await play((first) => first.send(bookmark(7)));
    await follow(server.endpoint, { after: 'c7' }).read(1);
    expect(afters(server)).toEqual(['c7']);
  });

  it('connects again from the newest cursor after a cut', async () => {
    const server = await play(
      (first) => {
        first.send(snapshot(3), delta(3, 4));
        setTimeout(() => first.cut(), 20);
      },
      (second) => second.send(delta(4, 6)),
    );
    const messages = await follow(server.endpoint).read(3);
    expect(messages.map(({ cursor }) => cursor)).toEqual(['c3', 'c4', 'c6']);
    expect(afters(server)).toEqual([null, 'c4']);
  });

  it('delivers what had arrived before a cut, and nothing of it twice', async () => {
    const server = await play(
      (first) => {
        first.send(snapshot(1), ...[1, 2, 3, 4, 5].map((at) => delta(at, at + 1)));
        setTimeout(() => first.cut(), 30);
      },
      (second) => second.send(delta(6, 7)),
    );
    const messages = await follow(server.endpoint).read(7);
    expect(messages.map(({ cursor }) => cursor)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7']);
  });

  it.each([1000, 1001, 1012, 4400, 4409, 4499, 4500])(
    'comes back with its cursor after a close with %d',
    async (code) => {
      const server = await play(
        (first) => {
          first.send(snapshot(2));
          setTimeout(() => first.close(code, 'because'), 10);
        },
        (second) => second.send(delta(2, 3)),
      );
      await follow(server.endpoint).read(2);
      expect(afters(server)).toEqual([null, 'c2']);
    },
  );

  it('comes back after the server completes the subscription', async () => {
    const server = await play(
      (first) => {
        first.send(snapshot(2));
        first.complete();
      },
      (second) => second.send(delta(2, 3)),
    );
    await follow(server.endpoint).read(2);
    expect(afters(server)).toEqual([null, 'c2']);
  });

  it('asks for the whole snapshot again when it was cut in the middle of one', async () => {
    const server = await play(
      (first) => {
        first.send(snapshot(2, { part: 1, parts: 3 }), snapshot(2, { part: 2, parts: 3 }));
        setTimeout(() => first.cut(), 10);
      },
      (second) => second.send(snapshot(4)),
    );
    await follow(server.endpoint).read(3);
    expect(afters(server)).toEqual([null, null]);
  });

  it('waits while there is no server, and comes back when there is one', async () => {
    const gone = await serve({});
    await gone.stop();
    const reader = follow(gone.endpoint);
    const first = reader.read(1);
    await eventually(() => reader.events.length >= 3);
    const server = await serve({ subscribed: (subscription) => subscription.send(snapshot(1)) }, gone.port);
    await first;
    expect(afters(server)).toEqual([null]);
    expect(reader.events[0]).toMatchObject({ is: 'disconnected', why: 'interrupted' });
    expect((reader.events[0] as { message: string }).message).toContain('connection refused');
  });

  it('goes away for as long as a goodbye says', async () => {
    const server = await play(
      (first) => first.send(snapshot(1), goodbye('DRAINING', 80)),
      (second) => second.send(delta(1, 2)),
    );
    const reader = follow(server.endpoint);
    await reader.read(2);
    expect(reader.events[1]).toMatchObject({ is: 'disconnected', why: 'draining' });
    expect((reader.events[1] as { retryInMs: number }).retryInMs).toBeGreaterThanOrEqual(80);
    expect(afters(server)).toEqual([null, 'c1']);
  });

  it('stays away longer when another process took over its identity', async () => {
    const server = await play((first) => first.send(snapshot(1), goodbye('REPLACED', 1)));
    const reader = follow(server.endpoint, { timing: { replacedMs: 5_000 } });
    void reader.read(2).catch(() => undefined);
    await eventually(() => reader.events.length === 2);
    expect(reader.events[1]).toMatchObject({ why: 'replaced' });
    expect((reader.events[1] as { retryInMs: number }).retryInMs).toBeGreaterThanOrEqual(5_000);
  });

  it.each([
    ['a delta from another cursor', [snapshot(3), delta(4, 5)]],
    ['a revision that is left out', [snapshot(3), delta(3, 5, [5])]],
    ['a revision that comes twice', [snapshot(3), delta(3, 4, [4, 4])]],
    ['parts of two snapshots', [snapshot(3, { part: 1, parts: 2 }), snapshot(4, { part: 2, parts: 2 })]],
    ['a part that is left out', [snapshot(3, { part: 1, parts: 3 }), snapshot(3, { part: 3, parts: 3 })]],
    ['a delta within a snapshot', [snapshot(3, { part: 1, parts: 2 }), delta(3, 4)]],
    ['a fold from elsewhere', [snapshot(3), fold(4, 9)]],
    ['a bookmark of another place', [snapshot(3), bookmark(4)]],
  ])('starts over with a snapshot after %s', async (_what, messages) => {
    const server = await play(
      (first) => first.send(...messages),
      (second) => second.send(snapshot(9)),
    );
    const reader = follow(server.endpoint);
    const read = await reader.read(2);
    expect(read.map(({ cursor }) => cursor)).toEqual(['c3', 'c9']);
    expect(afters(server)).toEqual([null, null]);
    expect(reader.events[1]).toMatchObject({ is: 'disconnected', why: 'disorder' });
  });

  it('starts over with a snapshot, and says so, where what came is not what the server says that it is', async () => {
    const wrong = { ...delta(3, 4), stateHash: 'f'.repeat(64) };
    const server = await play(
      (first) => first.send(snapshot(3), wrong, delta(4, 5)),
      (second) => second.send(snapshot(9)),
    );
    const reader = follow(server.endpoint);
    expect((await reader.read(2)).map(({ cursor }) => cursor)).toEqual(['c3', 'c9']);
    expect(afters(server)).toEqual([null, null]);
    expect(reader.events[1]).toMatchObject({
      ...{ is: 'disconnected', why: 'diverged' },
      message: expect.stringContaining('Revision 4 does not have the server’s hash here') as string,
    });
  });

  it('goes on after a fold with what follows on it', async () => {
    const server = await play(
      (first) => first.send(snapshot(3), fold(3, 700), delta(700, 701)),
      (second) => second.send(delta(701, 702)),
    );
    const reader = follow(server.endpoint);
    expect((await reader.read(3)).map(({ cursor }) => cursor)).toEqual(['c3', 'c700', 'c701']);
    server.subscriptions[0]?.cut();
    await reader.read(4);
    expect(afters(server)).toEqual([null, 'c701']);
  });

  it('goes on with the snapshot that follows a resync', async () => {
    const server = await play((first) => first.send(resync(), snapshot(5), delta(5, 6)));
    const messages = await follow(server.endpoint, { after: 'c900' }).read(3);
    expect(messages.map(({ __typename }) => __typename)).toEqual(['Resync', 'ConfigSnapshot', 'ConfigDelta']);
  });

  it('starts over when its reader asks for it', async () => {
    const server = await play(
      (first) => first.send(snapshot(5)),
      (second) => second.send(snapshot(6)),
    );
    const reader = follow(server.endpoint);
    await reader.read(1);
    reader.restart('The copy is wrong.');
    await reader.read(2);
    expect(afters(server)).toEqual([null, null]);
    expect(reader.events[1]).toMatchObject({ why: 'restarted', message: 'The copy is wrong.' });
  });

  it('notices that the other side is gone without a word', async () => {
    const server = await play(
      (first) => {
        first.send(snapshot(1));
        setTimeout(() => first.freeze(), 10);
      },
      (second) => second.send(delta(1, 2)),
    );
    await follow(server.endpoint).read(2);
    expect(afters(server)).toEqual([null, 'c1']);
  });

  it('keeps a connection on which nothing is said but pings', async () => {
    const server = await play((first) => {
      first.send(snapshot(1));
      setTimeout(() => first.send(bookmark(1)), 300);
    });
    const reader = follow(server.endpoint);
    await reader.read(2);
    expect(server.subscriptions).toHaveLength(1);
    expect(reader.events).toEqual([{ is: 'connected' }]);
  });

  it('reports that it is refused, and keeps asking', async () => {
    let asked = 0;
    const server = await serve({
      letsIn: () => (asked += 1) > 2,
      subscribed: (subscription) => subscription.send(snapshot(1)),
    });
    const reader = follow(server.endpoint);
    await reader.read(1);
    expect(reader.events.map((event) => (event.is === 'connected' ? 'connected' : event.why))).toEqual([
      'refused',
      'refused',
      'connected',
    ]);
  });

  it('throws a refusal to a reader who wants it', async () => {
    const server = await serve({ letsIn: () => false });
    const failure = await follow(server.endpoint, { refusals: 'throw' })
      .read(1)
      .catch((error: unknown) => error as SignalboxError);
    expect(failure).toMatchObject({ name: 'SignalboxError', category: 'FORBIDDEN', isAccessRefusal: true });
  });

  it('tells the server when it leaves, and ends', async () => {
    const server = await play((first) => first.send(snapshot(1)));
    const reader = follow(server.endpoint);
    await reader.read(1);
    await reader.leave();
    await server.subscriptions[0]?.ended;
    expect(server.subscriptions[0]?.completedByClient()).toBe(true);
  });

  it('leaves at once while it waits to connect again', async () => {
    const gone = await serve({});
    await gone.stop();
    const reader = follow(gone.endpoint, { timing: { firstWindowMs: 60_000, windowCapMs: 60_000 } });
    void reader.read(1).catch(() => undefined);
    await eventually(() => reader.events.length === 1);
    await reader.leave();
  });
});
