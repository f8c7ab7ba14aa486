/** What one metric is: its sort, what it tells in a sentence, and what tells its values apart. Histograms have bounds. */
export type Metric =
  | { readonly is: 'counter' | 'gauge'; readonly help: string; readonly labels: readonly string[] }
  | {
      readonly is: 'histogram';
      readonly help: string;
      readonly labels: readonly string[];
      readonly buckets: readonly number[];
    };

/** From what one statement takes to what a person gives up on. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** From one to what is folded long since. */
const revisions = [1, 10, 100, 1_000, 10_000, 100_000];

/** Statements are many, so they have few bounds each. */
const fewSeconds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10];

function counter<Labels extends string>(help: string, ...labels: Labels[]) {
  return { is: 'counter', help, labels } as const;
}

function gauge<Labels extends string>(help: string, ...labels: Labels[]) {
  return { is: 'gauge', help, labels } as const;
}

function histogram<Labels extends string>(help: string, buckets: readonly number[], ...labels: Labels[]) {
  return { is: 'histogram', help, labels, buckets } as const;
}

/**
 * Every metric of the product, by its name, beside those that the runtime has of itself (`process_…`, `nodejs_…`). The unit
 * stands at the end of the name. Labels have few values each, known from the code: no ids, and nothing that a client wrote.
 */
export const catalogue = {
  signalbox_http_request_duration_seconds: histogram(
    'How long HTTP requests take, by the route that answered.',
    seconds,
    'route',
    'status',
  ),
  signalbox_graphql_operation_duration_seconds: histogram(
    'How long queries and mutations take, by what came of them: OK, or the code of the first error.',
    seconds,
    'transport',
    'operation',
    'outcome',
  ),

  signalbox_command_duration_seconds: histogram(
    'How long writes take in their door, waiting for their stream included, by what came of them.',
    seconds,
    'command',
    'outcome',
  ),
  signalbox_command_refusals_total: counter('Writes that were refused, by code.', 'command', 'code'),

  signalbox_sockets: gauge('WebSockets that are open.'),
  signalbox_socket_sent_bytes_total: counter('Bytes of stream messages that were handed to sockets.'),
  signalbox_slow_readers_closed_total: counter(
    'WebSockets that were closed because nothing was taken for too long.',
  ),
  signalbox_watchers: gauge(
    'Who follows a stream: waiting has been told everything; reading is on the way there.',
    'topic',
    'state',
  ),
  signalbox_streams_opened_total: counter('Streams that were opened.', 'topic'),
  signalbox_streams_ended_total: counter('Streams that have ended, by what ended them.', 'topic', 'cause'),
  signalbox_delivery_latency_seconds: histogram(
    "From a commit, by the database's clock, until its revision is told to a watcher who was waiting.",
    seconds,
    'topic',
  ),
  signalbox_resyncs_total: counter('Cursors that could not be continued, by the reason.', 'topic', 'reason'),
  signalbox_snapshots_told_total: counter('Snapshots that watchers were given.', 'topic'),
  signalbox_folds_told_total: counter(
    'Folds that watchers were given: what many revisions come to, for one that is far behind.',
    'topic',
  ),
  signalbox_snapshots_read_total: counter('Whole configurations that were read, for however many watchers.'),
  signalbox_payloads_made_total: counter(
    'Messages of streams that were made into text, for however many watchers.',
  ),
  signalbox_watcher_lag_revisions: histogram(
    'How many revisions a watcher was behind when it was behind what is kept in memory, so that the table was read for it.',
    revisions,
    'topic',
  ),

  signalbox_large_answers: gauge(
    'Snapshots and catch-ups of configurations: sending are made and not yet taken by all who asked; waiting are watchers whose turn it is not yet.',
    'state',
  ),
  signalbox_large_answers_waited_total: counter(
    'How often a watcher waited for its turn to be sent a snapshot or to catch up.',
    'topic',
  ),
  signalbox_bytes_in_flight: gauge(
    'Bytes of large stream messages that sockets have not taken yet; each once, however many sockets share it.',
  ),

  signalbox_sql_statement_duration_seconds: histogram(
    'How long SQL statements take, waiting for a connection included, by their name.',
    fewSeconds,
    'statement',
  ),
  signalbox_database_connections: gauge('Connections to the database, by what they do.', 'pool', 'state'),
  signalbox_database_waiting: gauge('Who waits for a connection to the database.', 'pool'),

  signalbox_database_silence_seconds: gauge('Since the database last answered the question of every second.'),
  signalbox_database_writable: gauge(
    '1 if the database answers, takes writes and has a connection to spare, else 0.',
  ),
  signalbox_database_clock_offset_seconds: gauge(
    "The database's clock minus this machine's, as measured every second.",
  ),

  signalbox_instances: gauge(
    'Instances of all organizations, by the reason of their sync status. On the one replica that counts them.',
    'reason',
  ),

  signalbox_compacted_revisions_total: counter(
    'Revisions that were deleted because they are neither young nor new.',
  ),

  signalbox_job_held: gauge('1 on the replica that does this periodic job for all, else 0.', 'job'),
  signalbox_job_duration_seconds: histogram(
    'How long runs of periodic jobs take.',
    seconds,
    'job',
    'outcome',
  ),
  signalbox_job_last_success_timestamp_seconds: gauge(
    'When this replica last did this periodic job to its end. Absent if it never did.',
    'job',
  ),
} satisfies Record<string, Metric>;

type NameOf<Is extends Metric['is']> = {
  [Name in keyof typeof catalogue]: (typeof catalogue)[Name]['is'] extends Is ? Name : never;
}[keyof typeof catalogue];

export type CounterName = NameOf<'counter'>;
export type HistogramName = NameOf<'histogram'>;
export type GaugeName = NameOf<'gauge'>;
