import { choice, list, record } from '../../field.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { atLeastOneOf } from '../rules.js';
import { optional, positiveInteger, preset, required, shortText, since } from '../settings.js';

const message = record('message', 'A message.', {
  role: preset(choice('system', 'assistant', 'user'), 'system', 'Who says it.'),
  content: required(shortText(500), 'What it says.'),
});

const prompts = record('prompts', 'The messages that are added.', {
  prepend: optional(list(message, 0, 15), 'The messages before those of the request.'),
  append: optional(list(message, 0, 15), 'The messages after those of the request.'),
});

/** Messages are added to prompts. */
export const aiPromptDecorator: PluginSchema = {
  name: 'ai-prompt-decorator',
  description: 'Messages are added to prompts.',
  since: '3.6',
  priority: 772,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('ai-prompt-decorator', 'Which messages are added.', {
    prompts: optional(prompts, prompts.description),
    max_request_body_size: since(
      '3.8',
      preset(positiveInteger, 8192, 'The bytes of a body up to which it is looked at.'),
    ),
    llm_format: since(
      '3.9.1',
      preset(choice('openai', 'bedrock', 'gemini'), 'openai', 'The format of requests and responses.'),
    ),
  }),
  rules: [atLeastOneOf('prompts.prepend', 'prompts.append')],
};
