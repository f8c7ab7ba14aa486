import type { Client } from '../sdk/client.js';
import { RuntimeConfigDocument, type RuntimeConfigSubscription } from '../sdk/generated.js';
import type { Delivered, Stream, StreamOptions } from '../sdk/stream.js';
import type { Applier } from './applier.js';
import { fromSnapshot, withDelta, withFold, type Configuration } from './configuration.js';
import type { Journal } from './journal.js';
import type { Reporter } from './reporter.js';

type Message = RuntimeConfigSubscription['runtimeConfig'];
type Opened = Extract<Message, { __typename: 'SessionOpened' }>;
type Snapshot = Extract<Message, { __typename: 'ConfigSnapshot' }>;
type Delta = Extract<Message, { __typename: 'ConfigDelta' | 'ConfigFold' }>;

export interface FollowerPorts {
  readonly applier: Applier;
  readonly reporter: Reporter;
  readonly journal: Journal;
}

/** Keeps up with what an instance should run, as far as the stream has checked it, and has it put in place. */
export class Follower {
  private parts: Snapshot[] = [];
  private collections: readonly string[] = [];

  constructor(
    private readonly ports: FollowerPorts,
    private configuration: Configuration | undefined,
  ) {}

  /** Follows as one instance until the signal. */
  async follow(client: Client, options: StreamOptions & { readonly signal: AbortSignal }): Promise<void> {
    const variables = { after: this.configuration?.cursor ?? null };
    const known = this.configuration?.entities.values();
    const stream = client.stream(RuntimeConfigDocument, variables, { ...options, ...(known && { known }) });
    for await (const message of stream) {
      if (message.__typename === 'SessionOpened') this.openSession(message, client, options.signal);
      else this.take(message, stream);
    }
  }

  private openSession(
    { session, runtimeInstance, runtimeGroup, collections }: Opened,
    client: Client,
    signal: AbortSignal,
  ): void {
    this.ports.journal.say(
      `connected to ${client.endpoint} as instance ${runtimeInstance.hostname} (${runtimeInstance.id}) of group “${runtimeGroup.name}”, session ${session}`,
    );
    this.parts = [];
    this.collections = collections;
    this.ports.reporter.open({ session, client, signal });
    this.adoptCollections();
  }

  /** A newer server may know more collections, or another order: the file is then another one, at the same revision. */
  private adoptCollections(): void {
    const { configuration, collections } = this;
    if (!configuration || String(configuration.collections) === String(collections)) return;
    this.configuration = { ...configuration, collections };
    this.ports.applier.want(this.configuration);
  }

  private take(message: Exclude<Delivered<Message>, Opened>, stream: Stream<Message>): void {
    switch (message.__typename) {
      case 'ConfigSnapshot':
        return this.takeSnapshot(message);
      case 'ConfigDelta':
      case 'ConfigFold':
        return this.takeDelta(message, stream);
      case 'Resync':
        this.ports.journal.warn(`starting over with a snapshot (${message.reason}): ${message.message}`);
        return;
      case 'Bookmark':
        if (message.stale) this.ports.journal.warn('the server cannot reach its database at the moment');
        return;
    }
  }

  private takeSnapshot(part: Snapshot): void {
    if (part.part === 1) this.parts = [];
    this.parts.push(part);
    const [first, ...others] = this.parts;
    if (!first || this.parts.length < part.parts) return;
    this.parts = [];
    this.adopt(fromSnapshot([first, ...others], this.collections, this.configuration));
  }

  private takeDelta(delta: Delta, stream: Stream<Message>): void {
    if (!this.configuration) return stream.restart('A delta came before any snapshot.');
    const { configuration } = this;
    const isDelta = delta.__typename === 'ConfigDelta';
    this.adopt(isDelta ? withDelta(configuration, delta) : withFold(configuration, delta));
  }

  private adopt(configuration: Configuration): void {
    this.configuration = configuration;
    this.ports.applier.want(configuration);
  }
}
