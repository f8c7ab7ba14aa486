import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const fieldRequired = defineRefusal(
  'FIELD_REQUIRED',
  'invalid',
  (facts: { field: string; when?: string }) =>
    `${facts.field} is required${facts.when === undefined ? '' : ` when ${facts.when}`}.`,
);

export const oneFieldRequired = defineRefusal(
  'ONE_FIELD_REQUIRED',
  'invalid',
  (facts: { fields: readonly string[] }) => `Give at least one of ${facts.fields.join(', ')}.`,
);

export const fieldInvalid = defineRefusal(
  'FIELD_INVALID',
  'invalid',
  (facts: { field: string; must: string; received: string }) =>
    `${facts.field} must ${facts.must}, not ${facts.received}.`,
);

export const unknownField = defineRefusal(
  'UNKNOWN_FIELD',
  'invalid',
  (facts: { field: string; typeName: string; meant: string | undefined }) =>
    `${facts.typeName} has no field ${facts.field}.${facts.meant === undefined ? '' : ` Did you mean ${facts.meant}?`}`,
);

export const fieldsConflict = defineRefusal(
  'FIELDS_CONFLICT',
  'invalid',
  (facts: { field: string; with: string; instead: string }) =>
    `${facts.field} does not go with ${facts.with}. ${facts.instead}`,
);

export const urlInvalid = defineRefusal(
  'URL_INVALID',
  'invalid',
  (facts: { url: string; because: string }) => `${facts.url} cannot be the url: ${facts.because}.`,
);

export const urlWithoutHost = defineRefusal(
  'URL_WITHOUT_HOST',
  'invalid',
  (facts: { url: string }) =>
    `${facts.url} cannot be the url: it has no host. Write it as http://example.com:8080/path.`,
);

export const routeWithoutMatch = defineRefusal(
  'ROUTE_WITHOUT_MATCH',
  'invalid',
  (facts: { protocols: readonly string[]; fields: readonly string[] }) =>
    `A route for ${facts.protocols.join(', ')} matches nothing. Give at least one of ${facts.fields.join(', ')}.`,
);

export const consumerWithoutIdentity = defineRefusal(
  'CONSUMER_WITHOUT_IDENTITY',
  'invalid',
  () => 'A consumer is known by username, custom_id, or both. Give at least one of them.',
);

export const pluginOutOfReach = defineRefusal(
  'PLUGIN_OUT_OF_REACH',
  'invalid',
  (facts: { plugin: readonly string[]; routes: readonly string[]; of: string }) =>
    `The plugin would never run: it is for ${facts.plugin.join(', ')}, and ${facts.of} for ${facts.routes.join(', ')}. Let them share one.`,
);

export const pluginUnknown = defineRefusal(
  'PLUGIN_UNKNOWN',
  'invalid',
  (facts: { name: string; meant: string | undefined }) =>
    `There is no plugin ${facts.name}: it does not come with the gateway, and the runtime group has no schema for it. ${facts.meant === undefined ? 'Register one with createPluginSchema.' : `Did you mean ${facts.meant}?`}`,
);

export const pluginNotForScope = defineRefusal(
  'PLUGIN_NOT_FOR_SCOPE',
  'invalid',
  (facts: { name: string; scope: string }) =>
    `${facts.name} cannot be limited to a ${facts.scope}. Leave ${facts.scope} out.`,
);

export const keyMismatch = defineRefusal(
  'CERTIFICATE_KEY_MISMATCH',
  'invalid',
  (facts: { cert: string; key: string }) =>
    `${facts.key} is not the private key of ${facts.cert}. Give the key that the certificate was made for.`,
);

export const alternativeOfSameType = defineRefusal(
  'CERTIFICATE_ALTERNATIVE_OF_SAME_TYPE',
  'invalid',
  (facts: { keyType: string }) =>
    `cert_alt has a key of the same type as cert, ${facts.keyType}. A second certificate is for another type: EC beside RSA.`,
);

export const keyWithoutOneForm = defineRefusal(
  'KEY_WITHOUT_ONE_FORM',
  'invalid',
  () => 'A key is given in exactly one form. Give either jwk or pem.',
);

export const keyIdMismatch = defineRefusal(
  'KEY_ID_MISMATCH',
  'invalid',
  (facts: { kid: string }) => `The kid in jwk is not that of the key, “${facts.kid}”. Make them equal.`,
);
