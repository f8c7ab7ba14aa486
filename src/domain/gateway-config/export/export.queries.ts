import type { Actor, Query, Resource } from '../../../foundation/commands/command.js';
import type { Edition } from '../../../foundation/declarative/edition.js';
import type { Database, Reader } from '../../../foundation/postgres/database.js';
import type { Keyring } from '../../../foundation/secrets/keyring.js';
import { emptyHead, findHead } from '../../event-log/index.js';
import { getGroup, type Moment } from '../../runtime-groups/index.js';
import type { EntityDraft } from '../config-entity.js';
import type { Document } from '../kind.js';
import { kindNamed } from '../kinds/index.js';
import { openedSecrets } from '../sealing.js';
import { redacted } from '../secrets.js';
import { checkSelectTags } from '../select-tags.js';
import { entriesOf, type Rendering } from './entries.js';
import { headerOf, writerOf, type Form, type Notation } from './notation.js';

/** What to write down of a group's configuration, and how. */
export interface ExportRequest {
  readonly runtimeGroupId: string;
  readonly form: Form;
  readonly notation: Notation;
  /** What the gateway is that a flat file is for. */
  readonly edition: Edition;
  /** Only what has all of these tags. */
  readonly selectTags: readonly string[];
  /** Null: as it is now. */
  readonly moment: Moment | null;
  /** Takes the file. */
  readonly sink: ExportSink;
}

/** Takes a file part by part, at its own speed: the next part comes when the last one is taken. */
export interface ExportSink {
  begin(exported: Exported): void;
  write(text: string): Promise<void>;
}

/** Which state of a group a file holds. */
export interface Exported {
  readonly runtimeGroupId: string;
  readonly revision: number;
  readonly configHash: string;
}

/** Where one unchanging picture can be read for as long as it takes. */
type Pictures = Pick<Database, 'snapshot'>;

/** What writing a configuration down needs. */
export interface ExportPorts {
  readonly pictures: Pictures;
  readonly recordExport: RecordExport;
}

/** The configuration as all may have it who may read it: secrets are hidden. */
export function exportConfiguration(pictures: Pictures): Query<ExportRequest, Exported> {
  return {
    name: 'gateway-config.export',
    action: 'config:read',
    scope: groupResource,
    run: (_reader, request) =>
      written(pictures, request, async ({ kind, document }) => redacted(kindNamed(kind), document)),
  };
}

/** Takes note of who was told all secrets of a group. */
type RecordExport = (facts: {
  readonly actor: string;
  readonly tokenId: string;
  readonly runtimeGroupId: string;
  readonly revision: number;
}) => void;

/** The configuration with its secrets in clear: a right of its own, and never without a record, which comes before them. */
export function exportWithSecrets(pictures: Pictures, record: RecordExport): Query<ExportRequest, Exported> {
  return {
    name: 'gateway-config.export-with-secrets',
    action: 'config:read-secrets',
    scope: groupResource,
    run: (_reader, request, { actor, secrets }) => {
      const begin = (exported: Exported): void => {
        const { runtimeGroupId, revision } = exported;
        record({ actor: actor.name, tokenId: actor.tokenId, runtimeGroupId, revision });
        request.sink.begin(exported);
      };
      const sink: ExportSink = { begin, write: (text) => request.sink.write(text) };
      const seen = (entity: EntityDraft): Promise<Document> =>
        inClear(secrets, request.runtimeGroupId.toLowerCase(), entity);
      return written(pictures, { ...request, sink }, seen);
    },
  };
}

async function groupResource(
  reader: Reader,
  { runtimeGroupId }: ExportRequest,
  actor: Actor,
): Promise<Resource> {
  const { id, organizationId } = await getGroup(reader, runtimeGroupId, actor);
  return { organizationId, runtimeGroupId: id };
}

/** Everything is read of one picture, in batches; the sink keeps it open for as long as it takes. */
function written(
  pictures: Pictures,
  { form, notation, edition, selectTags, moment, sink, ...request }: ExportRequest,
  seen: Rendering['seen'],
): Promise<Exported> {
  checkSelectTags(selectTags);
  const runtimeGroupId = request.runtimeGroupId.toLowerCase();
  return pictures.snapshot(async (reader) => {
    const { revision, configHash } = moment ?? (await stateNow(reader, runtimeGroupId));
    const exported = { runtimeGroupId, revision, configHash };
    const writer = writerOf(form, notation);
    const selection = { runtimeGroupId, selectTags, revision: moment?.revision ?? null };
    const entries = entriesOf(reader, selection, {
      form,
      edition,
      seen,
      item: (content) => writer.item(content),
    });
    let text = writer.begin(headerOf(form, selectTags));
    sink.begin(exported);
    for await (const batch of entries) {
      text += batch.map((entry) => writer.entry(entry)).join('');
      if (text !== '') await sink.write(text);
      text = '';
    }
    await sink.write(text + writer.end());
    return exported;
  });
}

type State = Pick<Exported, 'revision' | 'configHash'>;

async function stateNow(reader: Reader, scopeId: string): Promise<State> {
  const head = (await findHead(reader, { topic: 'config', scopeId })) ?? emptyHead;
  return { revision: head.revision, configHash: head.stateHash.toString('hex') };
}

function inClear(secrets: Keyring, groupId: string, { id, kind, document }: EntityDraft): Promise<Document> {
  const owner = { groupId, kind: kindNamed(kind), id };
  return secrets.withKeys(() => openedSecrets({ secrets, owner }, document));
}
