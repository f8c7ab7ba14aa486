/** What decK writes into what it belongs to, as kind and field. */
const belongings = new Set([
  ...['route service', 'target upstream', 'sni certificate'],
  ...['plugin service', 'plugin route', 'plugin consumer', 'plugin consumer_group'],
  ...[
    'keyauth_credential',
    'basicauth_credential',
    'hmacauth_credential',
    'jwt_secret',
    'oauth2_credential',
    'acl',
  ].map((kind) => `${kind} consumer`),
]);

/** True if entities of a kind stand in what this field of theirs refers to, where they refer to nothing else. */
export function standsIn(kind: string, field: string): boolean {
  return belongings.has(`${kind} ${field}`);
}
