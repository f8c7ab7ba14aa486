import { choice, type Fields } from '../../field.js';
import { preset } from '../settings.js';

const severity = choice('debug', 'info', 'notice', 'warning', 'err', 'crit', 'alert', 'emerg');

/** The severities of log entries, by the response that they are about. */
export const severities: Fields = {
  log_level: preset(severity, 'info', 'The least severe entries that are logged.'),
  successful_severity: preset(severity, 'info', 'How severe responses below 400 are.'),
  client_errors_severity: preset(severity, 'info', 'How severe responses from 400 to 499 are.'),
  server_errors_severity: preset(severity, 'info', 'How severe responses from 500 are.'),
};
