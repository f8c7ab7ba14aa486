import { request } from './request.js';

const FIRST_RUNTIME_GROUP = '{ runtimeGroups(first: 1) { nodes { id } } }';

/** So long may the page stay empty for the sake of its examples. */
const PATIENCE_MS = 2_000;

/** The id of a runtime group that exists, or null if none can be seen, or none is found in good time. */
export async function findFirstRuntimeGroup(endpoint: URL, authorization: string): Promise<string | null> {
  const { data } = await request(
    { url: endpoint.href, headers: { authorization }, signal: AbortSignal.timeout(PATIENCE_MS) },
    { query: FIRST_RUNTIME_GROUP },
  );
  const answer = data as { runtimeGroups?: { nodes?: { id: string }[] } } | null | undefined;
  return answer?.runtimeGroups?.nodes?.[0]?.id ?? null;
}
