import type { JsonObject } from '../../../../foundation/kernel/json.js';
import type { Check } from '../../field.js';

/** What is counted, and what goes up and down, is sampled; so they say which share. */
export const sampled: Check<JsonObject> = ({ stat_type: type, sample_rate: rate }) =>
  (type === 'counter' || type === 'gauge') && rate === undefined
    ? 'have a sample_rate, because it is a counter or a gauge'
    : undefined;
