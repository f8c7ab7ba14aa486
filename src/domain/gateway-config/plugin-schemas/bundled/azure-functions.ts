import { number, record, text } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { flag, optional, preset, required, secret, referenceable } from '../settings.js';

/** A function in Azure answers. */
export const azureFunctions: PluginSchema = {
  name: 'azure-functions',
  description: 'A function in Azure answers.',
  priority: 749,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('azure-functions', 'Which function answers.', {
    timeout: preset(number(), 600_000, 'The milliseconds after which the function is given up.'),
    keepalive: preset(number(), 60_000, 'The milliseconds for which an idle connection is kept.'),
    https: flag(true, 'Whether the connection is encrypted.'),
    https_verify: flag(false, 'Whether the certificate of the service is verified.'),
    apikey: secret(optional(referenceable(), 'The key of the function.')),
    clientid: secret(optional(referenceable(), 'The id of the client.')),
    appname: required(text(), 'The name of the application.'),
    hostdomain: preset(text(), 'azurewebsites.net', 'The domain of the application.'),
    routeprefix: preset(text(), 'api', 'What the path begins with.'),
    functionname: required(text(), 'The name of the function.'),
  }),
  rules: [],
};
