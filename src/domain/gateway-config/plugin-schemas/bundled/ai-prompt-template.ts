import { list, record, text } from '../../field.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { flag, positiveInteger, preset, required, since } from '../settings.js';

const template = record('template', 'A template.', {
  name: required(text(), 'The name by which requests ask for it.'),
  template: required(text(), 'The request that it makes, with placeholders.'),
});

/** Prompts are made from templates. */
export const aiPromptTemplate: PluginSchema = {
  name: 'ai-prompt-template',
  description: 'Prompts are made from templates.',
  since: '3.6',
  priority: 773,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('ai-prompt-template', 'Which templates there are.', {
    templates: required(list(template), 'The templates.'),
    allow_untemplated_requests: flag(true, 'Whether requests that name no template pass.'),
    log_original_request: flag(false, 'Whether requests are logged as they came in.'),
    max_request_body_size: since(
      '3.8',
      preset(positiveInteger, 8192, 'The bytes of a body up to which it is looked at.'),
    ),
  }),
  rules: [],
};
