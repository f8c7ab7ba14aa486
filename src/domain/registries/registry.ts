import { derivedId } from '../../foundation/kernel/id.js';
import { canonicalJson, type Json } from '../../foundation/kernel/json.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import { addressInvalid, datacenterInvalid, registryNameInvalid, tokenInvalid } from './registry.refusals.js';

/** A server that knows where services are, as the gateways of one group would see them. */
export interface ServiceRegistry {
  readonly id: string;
  readonly runtimeGroupId: string;
  readonly name: string;
  readonly type: 'CONSUL';
  /** The URL of its HTTP API. */
  readonly address: string;
  /** Null: the one that the server itself is in. */
  readonly datacenter: string | null;
  readonly hasToken: boolean;
  readonly health: RegistryHealth;
  /** Counts its changes. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What was found when the registry was last asked. Never set by hand. */
export interface RegistryHealth {
  /** Connecting: it was not asked yet as it is set now. */
  readonly status: 'CONNECTING' | 'HEALTHY' | 'UNREACHABLE';
  /** Why it is unreachable, in a sentence. */
  readonly message: string | null;
  readonly since: Date;
  readonly lastSuccessAt: Date | null;
}

/** All that it takes to ask a registry. */
export interface Connection {
  readonly id: string;
  readonly organizationId: string;
  readonly runtimeGroupId: string;
  readonly name: string;
  readonly address: string;
  readonly datacenter: string | null;
  readonly token: string | null;
  /** Counts the changes of the above. */
  readonly version: number;
}

/** What is looked up in a registry. */
export interface Lookup {
  readonly registryId: string;
  /** The name of the service there. */
  readonly service: string;
  /** Null: whatever its tags. */
  readonly tag: string | null;
  /** Only nodes whose checks pass; else all that are registered. */
  readonly passingOnly: boolean;
  /** Whether no node at all is an answer to go by; else the last ones are kept. */
  readonly allowEmpty: boolean;
}

/** A node of a service, as an upstream takes it. */
export interface FoundNode {
  /** Its host and port. */
  readonly target: string;
  readonly weight: number;
}

/** The same for the same lookup. */
export function lookupId(lookup: Lookup): string {
  return derivedId(lookup.registryId, canonicalJson(lookup as unknown as Json));
}

interface Settings {
  readonly name: string;
  readonly address: string;
  readonly datacenter: string | null;
  readonly token: string | null;
}

/** What is wrong with the settings that a registry would have. */
export function registryProblems({ name, address, datacenter, token }: Settings): Problem[] {
  const problems: Problem[] = [];
  if (!/^[^\p{Cc}\p{Cs}]{1,100}$/u.test(name)) problems.push(registryNameInvalid.problem({}, ['name']));
  if (!addressOf(address))
    problems.push(addressInvalid.problem({ address: address.slice(0, 200) }, ['address']));
  if (datacenter !== null && !/^[A-Za-z0-9_-]{1,63}$/.test(datacenter))
    problems.push(datacenterInvalid.problem({}, ['datacenter']));
  if (token !== null && !/^[\x21-\x7e]{1,4096}$/.test(token))
    problems.push(tokenInvalid.problem({}, ['token']));
  return problems;
}

/** The address as a URL, if it is one that a registry can have: nothing secret in it, and nothing after the path. */
export function addressOf(text: string): URL | undefined {
  if (text.length > 2_048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.username + url.password + url.search + url.hash === '' && !/[?#]/.test(text);
  return isPlain && ['http:', 'https:'].includes(url.protocol) ? url : undefined;
}
