import { choice, type Fields, list, record, text } from '../../field.js';
import { pair, twoHeaders } from '../parts/pairs.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { group, preset, since, texts } from '../settings.js';

const pairs = list(text(pair));

const renamed: Fields = {
  json: since('3.8', preset(pairs, [], 'Fields of the body.')),
  headers: preset(list(text(twoHeaders)), [], 'Headers.'),
};

const changed: Fields = {
  json: preset(pairs, [], 'Fields of the body.'),
  json_types: preset(
    list(choice('boolean', 'number', 'string')),
    [],
    'The types of those fields, in the same order.',
  ),
  headers: preset(pairs, [], 'Headers.'),
};

/** Responses are changed before they go back. */
export const responseTransformer: PluginSchema = {
  name: 'response-transformer',
  description: 'Responses are changed before they go back.',
  priority: 800,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('response-transformer', 'What is changed, in this order.', {
    remove: group(
      record('remove', 'What is removed.', {
        json: preset(texts, [], 'Fields of the body.'),
        headers: preset(texts, [], 'Headers.'),
      }),
    ),
    rename: group(record('rename', 'What is renamed, each as old:new.', renamed)),
    replace: group(
      record('replace', 'What is given another value, if it is there, each as name:value.', changed),
    ),
    add: group(record('add', 'What is added, unless it is there, each as name:value.', changed)),
    append: group(record('append', 'What is added, even if it is there, each as name:value.', changed)),
  }),
  rules: [],
};
