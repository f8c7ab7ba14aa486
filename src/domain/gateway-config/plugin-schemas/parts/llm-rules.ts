import type { JsonObject } from '../../../../foundation/kernel/json.js';
import type { ConfigRule } from '../plugin-schema.js';
import { invalid, is, mustBeWhere, requiredWhere, settingAt, together } from '../rules.js';

/** What must hold of the settings for a model, which stand at a place that ends with a dot, or at the top. */
export function llmRules(place = ''): readonly ConfigRule[] {
  const at = (setting: string): string => `${place}${setting}`;
  const provider = (...names: readonly string[]): ReturnType<typeof is> => is(at('model.provider'), ...names);
  const option = (setting: string): string => at(`model.options.${setting}`);
  return [
    requiredWhere(provider('bedrock', 'gemini'), at('auth')),
    mustBeWhere(provider('bedrock', 'gemini'), at('auth.allow_override'), false),
    together(at('auth.header_name'), at('auth.header_value')),
    together(at('auth.param_name'), at('auth.param_value'), at('auth.param_location')),
    together(option('gemini.api_endpoint'), option('gemini.project_id'), option('gemini.location_id')),
    requiredWhere(provider('llama2'), option('llama2_format'), option('upstream_url')),
    requiredWhere(provider('mistral'), option('mistral_format')),
    requiredWhere(provider('anthropic'), option('anthropic_version')),
    requiredWhere(
      provider('azure'),
      ...['azure_instance', 'azure_api_version', 'azure_deployment_id'].map(option),
    ),
    (config) => uncounted(config, at),
  ];
}

/** Transformers talk to models, and do nothing else with them. */
export const transforms: ConfigRule = (config) => {
  const type = settingAt(config, 'llm.route_type') ?? null;
  return type === 'llm/v1/chat' ? [] : [invalid('llm.route_type', 'be llm/v1/chat', type)];
};

/** Completions of Anthropic come without the numbers that statistics are made of. */
function uncounted(config: JsonObject, at: (setting: string) => string): ReturnType<ConfigRule> {
  const isUncounted =
    settingAt(config, at('model.provider')) === 'anthropic' &&
    settingAt(config, at('route_type')) === 'llm/v1/completions';
  if (!isUncounted || settingAt(config, at('logging.log_statistics')) !== true) return [];
  return [invalid(at('logging.log_statistics'), 'be false for completions of anthropic', true)];
}
