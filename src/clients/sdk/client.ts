import { subscribeOnce } from './connection.js';
import type { StreamMessage } from './continuity.js';
import { openExport, type ExportedFile, type ExportOptions, type ExportRequest } from './export.js';
import type { TypedDocumentString } from './generated.js';
import { sendRequest } from './request.js';
import { openStream, type Stream, type StreamOptions } from './stream.js';
import { standardTiming, type StreamTiming } from './timing.js';

export interface ClientOptions {
  /** The address of the GraphQL endpoint over HTTP; the socket is at the same one. */
  readonly endpoint: string;
  readonly token: string;
  /** Overrides of how long streams wait for what. */
  readonly timing?: Partial<StreamTiming>;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Default: 30 s. */
  readonly timeoutMs?: number;
}

/** A Signalbox server, as seen with one token. It holds no connection of its own: nothing is to be closed. */
export interface Client {
  readonly endpoint: string;
  /** Answers the data of a query or a mutation. Throws a `SignalboxError` for anything else, and tries nothing twice. */
  request<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Result>;
  /** Reads a configuration as a file, part by part: however large it is, no more than a part is in memory. */
  exportConfiguration(request: ExportRequest, options?: ExportOptions): Promise<ExportedFile>;
  /** Follows a subscription from the cursor in `after` on, over as many connections as it takes. */
  stream<Result extends Streamed, Variables extends object>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables & Resumable,
    options?: StreamOptions,
  ): Stream<MessageOf<Result>>;
}

/** The answer to a subscription: one field, whose name is the subscription's. */
type Streamed = Readonly<Record<string, StreamMessage>>;
type MessageOf<Result extends Streamed> = Result[keyof Result];

/** Variables of a subscription; with `after`, if it can be continued. */
interface Resumable {
  readonly after?: string | null | undefined;
}

/** Opens a client of one server with one token. */
export function openClient(options: ClientOptions): Client {
  const { endpoint, token } = options;
  const timing = { ...standardTiming, ...options.timing };
  return {
    endpoint,
    request: async <Result, Variables>(
      document: TypedDocumentString<Result, Variables>,
      variables: Variables,
      { signal, timeoutMs = 30_000 }: RequestOptions = {},
    ) =>
      (await sendRequest({
        endpoint,
        token,
        query: String(document),
        variables,
        timeoutMs,
        signal,
      })) as Result,
    exportConfiguration: (request, exportOptions = {}) =>
      openExport({ endpoint, token }, request, exportOptions),
    stream: <Result extends Streamed, Variables extends object>(
      document: TypedDocumentString<Result, Variables>,
      variables: Variables & Resumable,
      streamOptions: StreamOptions = {},
    ) =>
      openStream<MessageOf<Result>>({
        after: variables.after ?? null,
        isFeed: streamOptions.isFeed ?? false,
        timing,
        options: streamOptions,
        connect: (after, accepted, signal) =>
          messages<Result>(
            subscribeOnce({
              ...{ endpoint, token, timing, accepted, signal },
              query: String(document),
              variables: { ...variables, after },
            }),
          ),
      }),
  };
}

/** Takes each message out of the one field that a subscription's answer has. */
async function* messages<Result extends Streamed>(
  answers: AsyncIterable<unknown>,
): AsyncGenerator<MessageOf<Result>> {
  for await (const answer of answers) {
    for (const message of Object.values(answer as Result)) yield message as MessageOf<Result>;
  }
}
