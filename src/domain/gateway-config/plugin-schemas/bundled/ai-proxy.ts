import { choice, record } from '../../field.js';
import { llmFields } from '../parts/llm.js';
import { llmRules } from '../parts/llm-rules.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { is, mustBeWhere } from '../rules.js';
import { flag, positiveInteger, preset, since } from '../settings.js';

/** A language model answers, whoever provides it. */
export const aiProxy: PluginSchema = {
  name: 'ai-proxy',
  description: 'A language model answers, whoever provides it.',
  since: '3.6',
  priority: 770,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('ai-proxy', 'Which model answers, and how it is asked.', {
    ...llmFields,
    response_streaming: since(
      '3.7',
      preset(choice('allow', 'deny', 'always'), 'allow', 'Whether answers are streamed.'),
    ),
    max_request_body_size: since(
      '3.8',
      preset(positiveInteger, 8192, 'The bytes of a body up to which it is looked at.'),
    ),
    model_name_header: since('3.8', flag(true, 'Whether responses name the model in a header.')),
    llm_format: since(
      '3.9.1',
      preset(choice('openai', 'bedrock', 'gemini'), 'openai', 'The format of requests and responses.'),
    ),
  }),
  rules: [
    ...llmRules(),
    mustBeWhere(is('llm_format', 'bedrock', 'gemini'), 'route_type', 'llm/v1/chat'),
    mustBeWhere(is('llm_format', 'bedrock'), 'model.provider', 'bedrock'),
    mustBeWhere(is('llm_format', 'gemini'), 'model.provider', 'gemini'),
  ],
};
