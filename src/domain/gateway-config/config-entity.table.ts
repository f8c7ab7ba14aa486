import { EntitySchema } from 'typeorm';
import type { Document } from './kind.js';

interface ConfigEntityColumns {
  id: string;
  runtime_group_id: string;
  kind: string;
  key_a: string | null;
  key_b: string | null;
  body: Document;
  owner_id: string | null;
  owner_name: string | null;
  digest: Buffer;
  created_revision: string;
  revision: string;
  created_at: Date;
  updated_at: Date;
}

export const ConfigEntityTable = new EntitySchema<ConfigEntityColumns>({
  name: 'config_entity',
  columns: {
    id: { type: 'uuid', primary: true },
    runtime_group_id: { type: 'uuid' },
    kind: { type: 'text' },
    key_a: { type: 'text', nullable: true },
    key_b: { type: 'text', nullable: true },
    body: { type: 'jsonb' },
    owner_id: { type: 'uuid', nullable: true },
    owner_name: { type: 'text', nullable: true },
    digest: { type: 'bytea' },
    created_revision: { type: 'bigint' },
    revision: { type: 'bigint' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', createDate: true },
  },
});

interface ConfigReferenceColumns {
  to_id: string;
  field: string;
  from_id: string;
}

export const ConfigReferenceTable = new EntitySchema<ConfigReferenceColumns>({
  name: 'config_reference',
  columns: {
    to_id: { type: 'uuid', primary: true },
    field: { type: 'text', primary: true },
    from_id: { type: 'uuid', primary: true },
  },
});
