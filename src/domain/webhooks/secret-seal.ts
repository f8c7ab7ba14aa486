import type { Keyring, SecretPlace } from '../../foundation/secrets/keyring.js';
import type { SealedPlace } from '../encryption/index.js';
import type { Webhook } from './webhook.js';

type Owner = Pick<Webhook, 'id' | 'organizationId'>;

/** A secret as it is stored. */
export function sealedSecret(secrets: Keyring, webhook: Owner, secret: string): string {
  return secrets.seal(secret, placeOf(webhook));
}

/** The secrets in clear, for whoever is about to sign. */
export function openedSecrets(
  secrets: Keyring,
  webhook: Owner,
  sealed: readonly string[],
): Promise<readonly string[]> {
  return secrets.withKeys(() => sealed.map((each) => secrets.open(each, placeOf(webhook))));
}

/** The secrets of webhooks: the newest ones, and those that sign for a while after a rotation. */
export const sealedSecrets: readonly SealedPlace<'organization_id'>[] = ['secret', 'previous_secret'].map(
  (column) => ({
    ...{ table: 'webhook', column, type: 'text', plural: `webhooks (${column})` },
    owner: ['organization_id'],
    reseal: (secrets, { id, organization_id: organizationId, content }) =>
      secrets.reseal(content as string, placeOf({ id, organizationId })),
  }),
);

function placeOf({ id, organizationId }: Owner): SecretPlace {
  return { groupId: organizationId, kind: 'webhook', id, path: ['secret'] };
}
