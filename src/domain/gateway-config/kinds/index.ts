import { defineRefusal } from '../../../foundation/kernel/refusal.js';
import type { Kind } from '../kind.js';
import { acl } from './acl.js';
import { basicauthCredential } from './basicauth-credential.js';
import { caCertificate } from './ca-certificate.js';
import { certificate } from './certificate.js';
import { consumerGroup } from './consumer-group.js';
import { consumer } from './consumer.js';
import { gatewayService } from './gateway-service.js';
import { hmacauthCredential } from './hmacauth-credential.js';
import { jwtSecret } from './jwt-secret.js';
import { keySet } from './key-set.js';
import { key } from './key.js';
import { keyauthCredential } from './keyauth-credential.js';
import { oauth2Credential } from './oauth2-credential.js';
import { pluginSchema } from './plugin-schema.js';
import { plugin } from './plugin.js';
import { route } from './route.js';
import { sni } from './sni.js';
import { target } from './target.js';
import { upstream } from './upstream.js';
import { vault } from './vault.js';

/**
 * Every kind, in the order in which an agent must apply them; deletions go the other way. What is referred to comes before
 * what refers to it. Beyond that, a route opens the gateway to traffic, so all that a request needs behind it is there
 * before: vaults, in which the secrets of all others may stand; upstreams with their targets even before gateway services,
 * which name an upstream in their host without referring to it; consumers with what identifies them. Plugins are last,
 * because they may refer to nearly everything.
 */
export const kinds: readonly Kind[] = [
  ...[vault, certificate, sni, caCertificate, keySet, key],
  ...[upstream, target, gatewayService],
  ...[consumerGroup, consumer],
  ...[keyauthCredential, basicauthCredential, hmacauthCredential, jwtSecret, oauth2Credential, acl],
  ...[route, pluginSchema, plugin],
];

/** Their names. */
export const entityKinds: readonly string[] = kinds.map(({ name }) => name);

const kindTooNew = defineRefusal(
  'KIND_TOO_NEW',
  'unavailable',
  (facts: { kind: string; retryAfterMs: number }) =>
    `A newer server has stored something of the kind “${facts.kind}”, which this one does not know. Ask again: a newer one answers.`,
);

/** The kind of this name: `gateway_service`. There is none where a newer build has written what this one reads. */
export function kindNamed(name: string): Kind {
  const kind = byName.get(name);
  if (!kind) throw kindTooNew({ kind: name, retryAfterMs: 5_000 });
  return kind;
}

/** The kind whose entities stand in this array of declarative files, if there is one: `services`. */
export function kindOfCollection(collection: string): Kind | undefined {
  return byCollection.get(collection);
}

const byName = new Map(kinds.map((kind) => [kind.name, kind]));
const byCollection = new Map(kinds.map((kind) => [kind.collection, kind]));
