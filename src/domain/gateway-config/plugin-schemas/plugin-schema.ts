import type { JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import type { RecordType } from '../field.js';

/** What a gateway's plugin of one name is: its settings, when it runs, and what it may be for. */
export interface PluginSchema {
  readonly name: string;
  readonly description: string;
  /** The first version of the gateway that has it; without it, all that are supported do. */
  readonly since?: string;
  /** Plugins with higher priorities run earlier. */
  readonly priority: number;
  /** What one of these plugins may be limited to. */
  readonly scopes: readonly PluginScope[];
  readonly protocols: PluginProtocols;
  readonly config: RecordType;
  readonly rules: readonly ConfigRule[];
}

/** A field that limits a plugin to the requests of one entity. What holds for consumers holds for groups of them. */
export type PluginScope = 'service' | 'route' | 'consumer';

/** The protocols that a plugin may be for, and those that it is for if it says nothing. */
export interface PluginProtocols {
  readonly allowed: readonly string[];
  readonly default: readonly string[];
}

/** Something that must hold across settings. Paths of problems begin at the settings, and not at the plugin. */
export type ConfigRule = (config: JsonObject) => readonly Problem[];

/** A plugin that may be limited to anything. */
export const anyScope: readonly PluginScope[] = ['service', 'route', 'consumer'];

/** A plugin that runs before it is known who the consumer is. */
export const noConsumer: readonly PluginScope[] = ['service', 'route'];

const http = ['grpc', 'grpcs', 'http', 'https'];

/** Requests, and nothing below them. */
export const httpProtocols: PluginProtocols = { allowed: http, default: http };

const all = [...http, 'tcp', 'tls', 'tls_passthrough', 'udp'];

/** Streams as well as requests; only requests if nothing is said. */
export const allProtocols: PluginProtocols = { allowed: all, default: http };
