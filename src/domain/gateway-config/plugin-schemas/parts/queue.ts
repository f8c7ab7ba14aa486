import { integer, number, oneOfNumbers, record, type Field, type Fields } from '../../field.js';
import { anyInteger, optional, preset, since } from '../settings.js';

const queueType = record('queue', 'How entries wait to be sent, in batches, and again after failures.', {
  max_batch_size: preset(integer(1, 1_000_000), 1, 'The most entries that are sent at once.'),
  max_coalescing_delay: preset(
    number(0, 3600),
    1,
    'The seconds that an entry waits for others to be sent with it.',
  ),
  max_entries: preset(integer(1, 1_000_000), 10_000, 'The most entries that wait; beyond, the oldest go.'),
  max_bytes: optional(anyInteger, 'The most bytes that wait; beyond, the oldest entries go.'),
  max_retry_time: preset(number(), 60, 'The seconds after which a batch that cannot be sent is dropped.'),
  initial_retry_delay: preset(number(0.001, 1_000_000), 0.01, 'The seconds before the first repetition.'),
  max_retry_delay: preset(
    number(0.001, 1_000_000),
    60,
    'The most seconds between two repetitions, whose distance doubles.',
  ),
  concurrency_limit: since(
    '3.8',
    preset(oneOfNumbers(-1, 1), 1, 'How many batches may be on their way at once; -1 stands for any number.'),
  ),
});

/** The queue of a plugin that sends what it gathers. */
export const queue: Field = { type: queueType, default: {}, description: queueType.description };

/** Settings of the times before queues: those that gateways still read, or at least accept. */
export const formerQueue: Fields = {
  retry_count: optional(anyInteger, 'Without effect; queue.max_retry_time takes its place.'),
  queue_size: optional(anyInteger, 'Deprecated; queue.max_batch_size takes its place.'),
  flush_timeout: optional(number(), 'Deprecated; queue.max_coalescing_delay takes its place.'),
};
