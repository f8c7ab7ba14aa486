import { EntitySchema } from 'typeorm';
import type { Labels } from './labels.js';
import type { RuntimeType } from './runtime-group.js';

export interface RuntimeGroupRow {
  id: string;
  organization_id: string;
  name: string;
  description: string;
  runtime_type: RuntimeType;
  labels: Labels;
  is_default: boolean;
  approvals_required: number;
  approvals_expire_after_seconds: number;
  version: number;
  created_at: Date;
  updated_at: Date;
}

export const RuntimeGroupTable = new EntitySchema<RuntimeGroupRow>({
  name: 'runtime_group',
  columns: {
    id: { type: 'uuid', primary: true },
    organization_id: { type: 'uuid' },
    name: { type: 'text' },
    description: { type: 'text', default: '' },
    runtime_type: { type: 'text' },
    labels: { type: 'jsonb', default: {} },
    is_default: { type: 'boolean', default: false },
    approvals_required: { type: 'integer', default: 0 },
    approvals_expire_after_seconds: { type: 'integer', default: 86_400 },
    version: { type: 'integer', default: 1 },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', createDate: true },
  },
});
