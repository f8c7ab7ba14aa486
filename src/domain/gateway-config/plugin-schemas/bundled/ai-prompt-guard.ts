import { choice, list, record } from '../../field.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { atLeastOneOf, is, mustBeWhere } from '../rules.js';
import { flag, optional, positiveInteger, preset, shortText, since } from '../settings.js';

/** Only some prompts pass. */
export const aiPromptGuard: PluginSchema = {
  name: 'ai-prompt-guard',
  description: 'Only some prompts pass.',
  since: '3.6',
  priority: 771,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('ai-prompt-guard', 'Which prompts pass.', {
    allow_patterns: optional(
      list(shortText(500), 0, 10),
      'The regular expressions of prompts that pass; all others do not.',
    ),
    deny_patterns: optional(
      list(shortText(500), 0, 10),
      'The regular expressions of prompts that do not pass.',
    ),
    allow_all_conversation_history: flag(
      false,
      'Whether only the last message of a conversation is looked at.',
    ),
    max_request_body_size: since(
      '3.8',
      preset(positiveInteger, 8192, 'The bytes of a body up to which it is looked at.'),
    ),
    match_all_roles: since(
      '3.8',
      flag(false, 'Whether messages of all roles are looked at, and not only those of users.'),
    ),
    llm_format: since(
      '3.9.1',
      preset(choice('openai', 'bedrock', 'gemini'), 'openai', 'The format of requests and responses.'),
    ),
  }),
  rules: [
    atLeastOneOf('allow_patterns', 'deny_patterns'),
    mustBeWhere(is('match_all_roles', true), 'allow_all_conversation_history', false),
  ],
};
