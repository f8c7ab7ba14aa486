import type { SealedPlace } from '../encryption/index.js';
import type { Json } from '../../foundation/kernel/json.js';
import { resealedImplementation } from './implementation-secrets.js';
import type { Implementation } from './implementation.js';

/** The secrets of templates. */
export const sealedTemplates: SealedPlace = {
  ...{ table: 'service', column: 'template', type: 'jsonb', plural: 'templates of services', owner: [] },
  reseal: (secrets, { id: serviceId, content }) => resealed({ secrets, serviceId }, content),
};

/** The secrets of versions. */
export const sealedVersions: SealedPlace<'service_id'> = {
  ...{ table: 'service_version', column: 'implementation', type: 'jsonb', plural: 'versions of services' },
  owner: ['service_id'],
  reseal: (secrets, { service_id: serviceId, content }) => resealed({ secrets, serviceId }, content),
};

function resealed(sealing: Parameters<typeof resealedImplementation>[0], content: Json): Json {
  return resealedImplementation(sealing, content as unknown as Implementation) as unknown as Json;
}
