import { OnceEach } from '../../../foundation/live/once-each.js';
import type { Keyring } from '../../../foundation/secrets/keyring.js';
import type { NetChange, Revision, StreamMessage } from '../../event-log/index.js';
import type { ConfigEntity } from '../config-entity.js';
import type { Document } from '../kind.js';
import { kindNamed } from '../kinds/index.js';
import { secretsIn, type OpenSecret } from '../sealing.js';
import { redacted } from '../secrets.js';

/**
 * A message as its GraphQL type shows it to whoever may read the configuration: secrets are hidden. Made once, however many
 * watchers the message goes to.
 */
export function configMessage(message: StreamMessage<ConfigEntity>): object {
  return seenByReaders.of(message, '', () => messageSeen(message, asReader));
}

const seenByReaders = new OnceEach<StreamMessage<ConfigEntity>, object>();

/** Shows messages of a group to its gateways: with the secrets beside the documents. */
export type ShowToGateways = (
  message: StreamMessage<ConfigEntity>,
  groupId: string,
) => object | Promise<object>;

/** The same for gateways, which need the secrets: they are opened once for all gateways of a group. */
export function showToGateways(secrets: Keyring): ShowToGateways {
  const madeOnce = new WeakMap<Revision, object>();
  const seenByGateways = new OnceEach<StreamMessage<ConfigEntity>, object>();
  const seen: ShowToGateways = (message, groupId) => {
    const open: Sight['open'] = (kind, id, document) =>
      secretsIn({ secrets, owner: { groupId, kind: kindNamed(kind), id } }, document);
    return secrets.withKeys(() => messageSeen(message, { open, madeOnce }));
  };
  return (message, groupId) => seenByGateways.of(message, groupId, () => seen(message, groupId));
}

/** How somebody sees documents, and the revisions that were made ready for them. */
interface Sight {
  /** The secrets of a stored document; null if it has none, or they are not for this one. */
  readonly open: (kind: string, id: string, document: Document) => readonly OpenSecret[] | null;
  readonly madeOnce: WeakMap<Revision, object>;
}

const asReader: Sight = { open: () => null, madeOnce: new WeakMap() };

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
    case 'fold': {
      const { changes, stateHash, fromRevision, ...fold } = message;
      return {
        ...fold,
        __typename: 'ConfigFold',
        fromRevision,
        revisionCount: fold.revision - fromRevision,
        stateHash: hex(stateHash),
        changes: changes.map((change) => changeSeen(change, sight)),
      };
    }
    case 'bookmark':
    case 'resync':
    case 'goodbye':
      return { ...rest, __typename: is.charAt(0).toUpperCase() + is.slice(1) };
  }
}

function entityState({ id, kind, document: stored }: ConfigEntity, { open }: Sight): object {
  const { collection } = kindNamed(kind);
  return { id, kind, collection, document: seen(kind, stored), secrets: open(kind, id, stored) };
}

function seen(kind: string, document: Document): Document {
  return redacted(kindNamed(kind), document);
}

function shown(revision: Revision, sight: Sight): object {
  const { madeOnce } = sight;
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
    changes: revision.events.map((event) => changeSeen(event, sight)),
  };
  madeOnce.set(revision, made);
  return made;
}

function changeSeen({ kind, subjectId: id, operation, before, after }: NetChange, { open }: Sight): object {
  return {
    ...{ kind, id, operation, collection: kindNamed(kind).collection },
    before: before && seen(kind, before as Document),
    after: after && seen(kind, after as Document),
    secrets: after && open(kind, id, after as Document),
  };
}

function hex(hash: Buffer | null): string | null {
  return hash?.toString('hex') ?? null;
}
