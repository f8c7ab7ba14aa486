import type { SealedPlace } from '../domain/encryption/index.js';
import { sealedEntities } from '../domain/gateway-config/slice.js';
import { sealedTokens } from '../domain/registries/slice.js';
import { sealedTemplates, sealedVersions } from '../domain/services/slice.js';
import { sealedSecrets } from '../domain/webhooks/slice.js';

/** Every column in which secrets are stored, sealed, but for those of the history. The one list. */
export const sealedPlaces: readonly SealedPlace[] = [
  sealedEntities,
  sealedTokens,
  sealedTemplates,
  sealedVersions,
  ...sealedSecrets,
];
