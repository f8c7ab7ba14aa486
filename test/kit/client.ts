/** What came of an operation. */
export interface Answer {
  /** Of the HTTP response. */
  readonly status: number;
  readonly data?: Readonly<Record<string, never>> | null;
  readonly errors?: readonly WireError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An error as it is on the wire. */
export interface WireError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly reason?: string;
    readonly retryable?: boolean;
    readonly problems?: readonly Problem[];
  };
}

/** Why something was refused: the same in a payload's `userErrors` and in an error's `extensions.problems`. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

export type Variables = Readonly<Record<string, unknown>>;

/** Whoever holds one token, speaking GraphQL over HTTP. */
export interface Client {
  /** Null: comes without any. */
  readonly token: string | null;
  /** Where it speaks to. */
  readonly origin: string;
  /** Sends an operation, and gives whatever came of it. */
  send(query: string, variables?: Variables): Promise<Answer>;
  /** Sends an operation, and gives its data. Fails if there are errors. */
  gql<Data>(query: string, variables?: Variables): Promise<Data>;
  /** Sends the mutation of this name with this input, and gives whatever came of it. */
  attempt(mutation: string, input: Variables, selection?: string): Promise<Answer>;
  /** Sends the mutation of this name with this input, and gives its payload. Fails if it is refused. */
  mutate<Payload = Written>(mutation: string, input: Variables, selection?: string): Promise<Payload>;
}

/** What every payload has, and the rest as it was selected. */
export interface Written {
  readonly revision: number;
  readonly [field: string]: unknown;
}

/** Speaks GraphQL to a control plane with a token, or without any; where it may not answer at all, not for ever. */
export function makeClient(origin: string, token: string | null, timeoutMs?: number): Client {
  const send = (query: string, variables: Variables = {}): Promise<Answer> =>
    post(origin, token, { query, variables }, timeoutMs);
  const attempt = (mutation: string, input: Variables, selection = ''): Promise<Answer> =>
    send(documentOf(mutation, selection), { input });
  return {
    ...{ token, origin, send, attempt },
    gql: async <Data>(query: string, variables?: Variables) =>
      unrefused(await send(query, variables)) as unknown as Data,
    mutate: async <Payload>(mutation: string, input: Variables, selection?: string) =>
      unrefused(await attempt(mutation, input, selection))[mutation] as unknown as Payload,
  };
}

/** Everything for which an operation was refused: in payloads, and as errors. None: it was not. */
export function problemsOf({ data, errors = [] }: Answer): readonly Problem[] {
  const payloads = Object.values(data ?? {}) as unknown as ({ userErrors?: readonly Problem[] } | null)[];
  const told = payloads.flatMap((payload) => payload?.userErrors ?? []);
  return [
    ...told,
    ...errors.flatMap(
      ({ message, extensions: { problems, code } }) => problems ?? [{ code, message, path: [] }],
    ),
  ];
}

/**
 * Fails unless the operation was refused with this code, first of all; gives the problem. `code` is the stable code of the
 * refusal; for GraphQL's own complaints it is theirs.
 */
export async function expectRefused(answer: Answer | Promise<Answer>, code: string): Promise<Problem> {
  const refused = await answer;
  const [problem] = problemsOf(refused);
  if (problem?.code === code) return problem;
  throw new Error(`This was to be refused with ${code}, and was answered ${JSON.stringify(refused)}`);
}

async function post(
  origin: string,
  token: string | null,
  operation: object,
  timeoutMs?: number,
): Promise<Answer> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(operation),
    ...(timeoutMs !== undefined && { signal: AbortSignal.timeout(timeoutMs) }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

/** Inputs are named after their mutations, throughout. */
function documentOf(mutation: string, selection: string): string {
  const inputType = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const selected = `${selection} ${mutation === 'reportSync' ? 'accepted' : 'revision'} userErrors { code message path }`;
  return `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${selected} } }`;
}

function unrefused(answer: Answer): Readonly<Record<string, never>> {
  if (answer.data && problemsOf(answer).length === 0) return answer.data;
  throw new Error(`This was refused: ${JSON.stringify(answer)}`);
}
