import type { Keyring, SecretPlace } from '../../foundation/secrets/keyring.js';

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

function placeOf({ id, runtimeGroupId }: TokenOf): SecretPlace {
  return { groupId: runtimeGroupId, kind: 'service_registry', id, path: ['token'] };
}
