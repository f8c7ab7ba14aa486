import { EntitySchema } from 'typeorm';

export interface AccessTokenRow {
  id: string;
  organization_id: string;
  name: string;
  role: 'ADMIN' | 'VIEWER' | 'INSTANCE';
  secret_hash: Buffer;
  runtime_group_id: string | null;
  runtime_instance_id: string | null;
  /** The token that it was made with; null: of the first. */
  made_by: string | null;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
}

export const AccessTokenTable = new EntitySchema<AccessTokenRow>({
  name: 'access_token',
  columns: {
    id: { type: 'uuid', primary: true },
    organization_id: { type: 'uuid' },
    name: { type: 'text' },
    role: { type: 'text' },
    secret_hash: { type: 'bytea' },
    runtime_group_id: { type: 'uuid', nullable: true },
    runtime_instance_id: { type: 'uuid', nullable: true },
    made_by: { type: 'uuid', nullable: true },
    created_at: { type: 'timestamptz', createDate: true },
    expires_at: { type: 'timestamptz', nullable: true },
    revoked_at: { type: 'timestamptz', nullable: true },
  },
});

export interface OrganizationRow {
  id: string;
  name: string;
  plan: 'FREE' | 'ENTERPRISE' | 'UNLIMITED';
  created_at: Date;
}

export const OrganizationTable = new EntitySchema<OrganizationRow>({
  name: 'organization',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    plan: { type: 'text' },
    created_at: { type: 'timestamptz', createDate: true },
  },
});
