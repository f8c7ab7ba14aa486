import * as checks from '../../checks.js';
import { type Fields, list, record, text } from '../../field.js';
import { headerAndValue, headerWithValue, nameAndValue, twoHeaders } from '../parts/pairs.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { group, optional, preset, texts } from '../settings.js';

const removed: Fields = {
  body: preset(texts, [], 'Fields of the body.'),
  headers: preset(list(text(headerWithValue)), [], 'Headers.'),
  querystring: preset(texts, [], 'Parameters of the query.'),
};

const renamed: Fields = {
  body: preset(list(text(nameAndValue)), [], 'Fields of the body.'),
  headers: preset(list(text(twoHeaders)), [], 'Headers.'),
  querystring: preset(list(text(nameAndValue)), [], 'Parameters of the query.'),
};

const changed: Fields = {
  body: preset(list(text(nameAndValue)), [], 'Fields of the body.'),
  headers: preset(list(text(headerAndValue)), [], 'Headers.'),
  querystring: preset(list(text(nameAndValue)), [], 'Parameters of the query.'),
};

/** Requests are changed before they go on. */
export const requestTransformer: PluginSchema = {
  name: 'request-transformer',
  description: 'Requests are changed before they go on.',
  priority: 801,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('request-transformer', 'What is changed, in this order.', {
    http_method: optional(text(checks.method), 'The method that requests are given.'),
    remove: group(record('remove', 'What is removed.', removed)),
    rename: group(record('rename', 'What is renamed, each as old:new.', renamed)),
    replace: group(
      record('replace', 'What is given another value, if it is there, each as name:value.', {
        ...changed,
        uri: optional(text(), 'The path that requests are given.'),
      }),
    ),
    add: group(record('add', 'What is added, unless it is there, each as name:value.', changed)),
    append: group(record('append', 'What is added, even if it is there, each as name:value.', changed)),
  }),
  rules: [],
};
