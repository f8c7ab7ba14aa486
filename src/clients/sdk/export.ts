import { fromGraphqlErrors, type SignalboxError } from './error.js';
import { unexpected } from './request.js';
import { unreachable } from './unreachable.js';

/** What to write down of a group's configuration, and how. */
export interface ExportRequest {
  readonly runtimeGroupId: string;
  readonly form: 'flat' | 'nested';
  readonly notation?: 'yaml' | 'json';
  /** The gateway that a flat file is for: without Enterprise, it takes no consumer groups. */
  readonly edition?: 'oss' | 'enterprise';
  /** Only what has all of these tags. */
  readonly selectTags?: readonly string[];
  readonly withSecrets?: boolean;
  /** As it was at this revision; without it, as it is. */
  readonly revision?: number;
}

export interface ExportOptions {
  readonly signal?: AbortSignal;
}

/** A configuration at one revision, on its way. */
export interface ExportedFile {
  readonly revision: number;
  readonly configHash: string;
  /** The text of the file. It ends with a `SignalboxError` unless all of it came. Read it at once: a server waits for seconds only. */
  readonly parts: AsyncIterable<string>;
}

interface Server {
  readonly endpoint: string;
  readonly token: string;
}

/** Asks for a file. Throws a `SignalboxError` if it is refused; tries nothing twice. */
export async function openExport(
  { endpoint, token }: Server,
  request: ExportRequest,
  { signal }: ExportOptions,
): Promise<ExportedFile> {
  const address = addressOf(endpoint, request);
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(address, { headers, ...(signal && { signal }) }).catch((error: unknown) => {
    throw unreachable(endpoint, error);
  });
  const revision = response.headers.get('signalbox-revision');
  if (!response.ok || !response.body || revision === null) throw await failureOf(endpoint, response);
  return {
    revision: Number(revision),
    configHash: response.headers.get('signalbox-config-hash') ?? '',
    parts: partsOf(endpoint, response.body),
  };
}

/** Beside GraphQL, wherever that is. */
function addressOf(endpoint: string, { runtimeGroupId, selectTags = [], ...others }: ExportRequest): URL {
  const address = new URL(`v1/runtime-groups/${encodeURIComponent(runtimeGroupId)}/configuration`, endpoint);
  for (const [name, value] of Object.entries(others)) address.searchParams.set(name, String(value));
  for (const tag of selectTags) address.searchParams.append('selectTag', tag);
  return address;
}

async function failureOf(endpoint: string, response: Response): Promise<SignalboxError> {
  const answer = (await response.json().catch(() => ({}))) as { readonly errors?: readonly unknown[] } | null;
  return answer?.errors?.length ? fromGraphqlErrors(answer.errors) : unexpected(endpoint, response.status);
}

async function* partsOf(endpoint: string, body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const bytes of body) yield decoder.decode(bytes, { stream: true });
  } catch (error) {
    throw unreachable(endpoint, error);
  }
}
