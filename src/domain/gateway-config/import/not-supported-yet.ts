/** Collections of Kong's and decK's files that have no kind here yet. With a kind, a name here has no effect any more. */
const collections = [
  ...['oauth2_tokens', 'mtls_auth_credentials', 'degraphql_routes', 'graphql_ratelimiting_cost_decorations'],
  ...['consumer_group_consumers', 'consumer_group_plugins', 'consumer_group_overrides'],
  ...['cloned_plugins', 'custom_entities', 'custom_plugins', 'filter_chains', 'licenses', 'parameters'],
  ...['partials', 'rbac_endpoint_permissions', 'rbac_roles', 'service_packages', 'workspaces'],
];

/** Fields that Kong knows in the entities of a collection, and the kind of it does not. */
const fields: Readonly<Record<string, readonly string[]>> = {
  services: ['tls_sans'],
  routes: ['expression', 'priority'],
  consumer_groups: ['consumers'],
  plugins: ['condition', 'ordering', 'partials'],
  upstreams: ['sticky_sessions_cookie', 'sticky_sessions_cookie_path'],
  targets: ['failover'],
};

/** True for a key of files that Kong or decK know, and that would be lost here. */
export function isKnownElsewhere(key: string, collection?: string): boolean {
  if (collections.includes(key)) return true;
  return (
    collection !== undefined && Object.hasOwn(fields, collection) && (fields[collection] ?? []).includes(key)
  );
}
