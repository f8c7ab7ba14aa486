import * as checks from '../checks.js';
import { json, text } from '../field.js';
import type { Kind } from '../kind.js';

/** The sorts of vaults, by whose names references reach them without an entity. */
const sorts = ['env', 'aws', 'gcp', 'hcv', 'azure'];

/** Kong's vault. */
export const vault: Kind = {
  name: 'vault',
  typeName: 'Vault',
  collection: 'vaults',
  listField: 'vaults',
  description:
    'A vault is where gateways look up secrets: {vault://prefix/name} in a field stands for the secret of that name.',
  fields: {
    prefix: {
      type: text(prefix),
      required: true,
      description: 'The name of the vault in references, unique in its runtime group.',
    },
    name: {
      type: text(checks.name),
      required: true,
      description: 'The sort of vault, such as env; the gateways must have it.',
    },
    description: { type: text(), description: 'What the vault is for.' },
    config: {
      type: json(isSecretSetting),
      default: {},
      description:
        'The settings of the vault; what they are depends on its sort. Those that open it (tokens, keys, passwords) can be written but not read.',
    },
  },
  unique: [{ fields: ['prefix'] }],
  rules: [],
};

/** Sorts of vaults have settings of their own; by their names, these are what opens a vault, and not where that is. */
function isSecretSetting(name: string): boolean {
  return /(^|_)(token|password|secret|secret_id|api_key|access_key|access_key_id|private_key|cert_key|service_account_json)$/.test(
    name,
  );
}

function prefix(value: string): string | undefined {
  if (!/^[a-z][a-z\d-]*[a-z\d]$/.test(value))
    return 'begin with a lower-case letter, end with one or with a digit, and have only these and “-” between';
  return sorts.includes(value) ? `be none of the sorts of vaults: ${sorts.join(', ')}` : undefined;
}
