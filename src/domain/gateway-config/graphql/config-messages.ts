import type { Revision, StreamMessage } from '../../event-log/index.js';
import type { ConfigEntity } from '../config-entity.js';
import type { Document } from '../kind.js';
import { kindNamed } from '../kinds/index.js';
import { redacted } from '../secrets.js';

/**
 * A message as its GraphQL type shows it to whoever may read the configuration: secrets are hidden. Messages of one object
 * are made once, however many watchers it goes to.
 */
export function configMessage(message: StreamMessage<ConfigEntity>): object {
  return messageSeen(message, asReader);
}

/** The same for gateways, which need the secrets. */
export function configMessageWithSecrets(message: StreamMessage<ConfigEntity>): object {
  return messageSeen(message, asGateway);
}

/** How somebody sees documents, and the revisions that were made ready for them. */
interface Sight {
  readonly see: (kind: string, document: Document) => Document;
  readonly madeOnce: WeakMap<Revision, object>;
}

const asReader: Sight = {
  see: (kind, document) => redacted(kindNamed(kind), document),
  madeOnce: new WeakMap(),
};
const asGateway: Sight = { see: (_, document) => document, madeOnce: new WeakMap() };

function messageSeen(message: StreamMessage<ConfigEntity>, sight: Sight): object {
  const { is, ...rest } = message;
  switch (message.is) {
    case 'snapshot': {
      const { items, stateHash, ...part } = message;
      return {
        ...part,
        __typename: 'ConfigSnapshot',
        stateHash: hex(stateHash),
        entities: items.map((entity) => entityState(entity, sight)),
      };
    }
    case 'delta': {
      const { revisions, stateHash, ...delta } = message;
      return {
        ...delta,
        __typename: 'ConfigDelta',
        stateHash: hex(stateHash),
        revisions: revisions.map((revision) => shown(revision, sight)),
      };
    }
    case 'bookmark':
    case 'resync':
    case 'goodbye':
      return { ...rest, __typename: is.charAt(0).toUpperCase() + is.slice(1) };
  }
}

function entityState({ id, kind, document }: ConfigEntity, { see }: Sight): object {
  return { id, kind, document: see(kind, document), collection: kindNamed(kind).collection };
}

function shown(revision: Revision, { see, madeOnce }: Sight): object {
  const known = madeOnce.get(revision);
  if (known) return known;
  const made = {
    revision: revision.revision,
    hash: hex(revision.hash),
    stateHash: hex(revision.stateHash),
    at: revision.at,
    actor: revision.actorName,
    command: revision.command,
    reason: revision.reason,
    changes: revision.events.map(({ kind, subjectId: id, operation, before, after }) => ({
      ...{ kind, id, operation, collection: kindNamed(kind).collection },
      before: before && see(kind, before as Document),
      after: after && see(kind, after as Document),
    })),
  };
  madeOnce.set(revision, made);
  return made;
}

function hex(hash: Buffer): string {
  return hash.toString('hex');
}
