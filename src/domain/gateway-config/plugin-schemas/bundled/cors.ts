import { regexCheck } from '../../checks.js';
import { type Check, choice, list, number, record, text } from '../../field.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { flag, optional, preset, since, texts } from '../settings.js';

const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

const originCheck: Check<string> = (value) => (value === '*' ? undefined : regexCheck(value));

/** Pages of other sites may send requests. */
export const cors: PluginSchema = {
  name: 'cors',
  description: 'Pages of other sites may send requests.',
  priority: 2000,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('cors', 'What pages of other sites may do.', {
    origins: optional(
      list(text(originCheck)),
      'The sites that may, as texts or regular expressions; * is every site.',
    ),
    headers: optional(texts, 'The headers that requests may have.'),
    exposed_headers: optional(texts, 'The headers of responses that pages may see.'),
    methods: preset(list(choice(...methods)), methods, 'The methods that requests may have.'),
    max_age: optional(
      number(),
      'The seconds for which a browser may keep the answer to a preflight request.',
    ),
    credentials: flag(false, 'Whether requests may carry credentials.'),
    private_network: since('3.5', flag(false, 'Whether pages of public networks may reach private ones.')),
    preflight_continue: flag(false, 'Whether preflight requests go on to the upstream.'),
  }),
  rules: [],
};
