import type { Keyring, SecretPlace } from '../../foundation/secrets/keyring.js';
import type { SealedPlace } from '../encryption/index.js';

/** Whose token it is. */
export interface TokenOf {
  readonly id: string;
  readonly runtimeGroupId: string;
}

/** A token as it is stored. */
export function sealedToken(secrets: Keyring, registry: TokenOf, token: string | null): string | null {
  return token === null ? null : secrets.seal(token, placeOf(registry));
}

/** The connection with its token in clear, for whoever is about to ask. */
export function openedConnection<Sealed extends TokenOf & { readonly token: string | null }>(
  secrets: Keyring,
  connection: Sealed,
): Promise<Sealed> {
  const { token } = connection;
  if (token === null) return Promise.resolve(connection);
  return secrets.withKeys(() => ({ ...connection, token: secrets.open(token, placeOf(connection)) }));
}

/** The tokens of registries. */
export const sealedTokens: SealedPlace<'runtime_group_id'> = {
  ...{ table: 'service_registry', column: 'token', type: 'text', plural: 'service registries' },
  owner: ['runtime_group_id'],
  reseal: (secrets, { id, runtime_group_id: runtimeGroupId, content }) =>
    secrets.reseal(content as string, placeOf({ id, runtimeGroupId })),
};

function placeOf({ id, runtimeGroupId }: TokenOf): SecretPlace {
  return { groupId: runtimeGroupId, kind: 'service_registry', id, path: ['token'] };
}
