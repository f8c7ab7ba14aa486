import { choice, list, record, text, type Field } from '../../field.js';
import * as checks from '../../checks.js';
import { optional, required, since } from '../settings.js';

/** The formats of headers that carry the context of a trace. */
export const traceFormats = ['w3c', 'b3', 'b3-single', 'jaeger', 'ot', 'datadog', 'aws', 'gcp'] as const;

const extracted = traceFormats.filter((format) => format !== 'b3-single');

const type = record('propagation', 'How the context of a trace is read from requests, and passed on.', {
  extract: optional(list(choice(...extracted)), 'The formats that are looked for, in this order.'),
  clear: optional(list(text(checks.headerName)), 'The headers that are removed before others are added.'),
  inject: optional(
    list(choice('preserve', ...traceFormats)),
    'The formats that are passed on; preserve stands for the one that came in.',
  ),
  default_format: required(choice(...traceFormats), 'The format that is passed on if none came in.'),
});

/** The settings of tracing plugins for the context that goes from service to service. */
export function propagation(defaultFormat: (typeof traceFormats)[number]): Field {
  return since('3.7', { type, default: { default_format: defaultFormat }, description: type.description });
}
