/** Why Signalbox does not take what Kong or decK do, in the words that follow “not supported here:”. */
const reasons = {
  noKind: 'it has no such entities',
  enterprise: 'it is for Kong Enterprise alone',
  plugin: 'only the plugins that come with Kong Gateway are known',
  generated: 'a gateway makes and keeps these itself',
  membership: 'who is in a consumer group is said by groups of the consumer, or consumers of the group',
  overrides: 'settings for a consumer group are plugins of the group since Kong 3.4',
  groups: 'groups of configuration are runtime groups, each with files of its own',
  expressions: 'routes of the expressions router cannot be written yet',
  hashed:
    'passwords are kept as they are given, and gateways hash them, so that a hash would be hashed once more; give the password itself',
} as const;

/** Collections of Kong's and decK's files that have no kind here. With a kind, a name here has no effect any more. */
const collections: Readonly<Record<string, string>> = {
  ...every(
    ['cloned_plugins', 'custom_entities', 'filter_chains', 'parameters', 'service_packages'],
    reasons.noKind,
  ),
  ...every(['degraphql_routes', 'graphql_ratelimiting_cost_decorations'], reasons.enterprise),
  ...every(['licenses', 'mtls_auth_credentials', 'partials'], reasons.enterprise),
  ...every(['rbac_endpoint_permissions', 'rbac_roles'], reasons.enterprise),
  custom_plugins: reasons.plugin,
  oauth2_tokens: reasons.generated,
  consumer_group_consumers: reasons.membership,
  ...every(['consumer_group_plugins', 'consumer_group_overrides'], reasons.overrides),
  workspaces: reasons.groups,
};

/** Fields that Kong or decK know in the entities of a collection, and the kind of it does not. */
const fields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  services: { tls_sans: reasons.enterprise },
  routes: every(['expression', 'priority'], reasons.expressions),
  basicauth_credentials: every(['skip_hash', 'skip_hash_for_basic_auth'], reasons.hashed),
  plugins: every(['condition', 'ordering', 'partials'], reasons.enterprise),
  upstreams: every(['sticky_sessions_cookie', 'sticky_sessions_cookie_path'], reasons.enterprise),
  targets: { failover: reasons.enterprise },
};

/** What decK says about a file in `_info`, beyond what is read. */
const info: Readonly<Record<string, string>> = {
  consumer_group_policy_overrides: reasons.overrides,
  skip_hash_for_basic_auth: reasons.hashed,
};

/** Why a key of files that Kong or decK know is not taken; nothing if it is, or if nobody knows it. */
export function whyNotSupported(key: string, collection?: string): string | undefined {
  return found(collections, key) ?? found(fields[collection ?? ''] ?? {}, key);
}

/** The same for a key in `_info`. */
export function whyNotSupportedInfo(key: string): string | undefined {
  return found(info, key);
}

function every(keys: readonly string[], reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.map((key) => [key, reason]));
}

function found(reasonsByKey: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(reasonsByKey, key) ? reasonsByKey[key] : undefined;
}
