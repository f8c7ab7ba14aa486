import type pg from 'pg';

/**
 * Asks something short on a connection of its own. A connection that does not answer in time is cut: a peer that is gone
 * looks like a slow one, and would be waited for without end.
 */
export async function askInTime<Row extends object>(
  client: pg.Client,
  question: { readonly text: string; readonly values?: readonly unknown[] },
  limitMs = 5_000,
): Promise<Row[]> {
  // While something is being asked, this cuts the connection instead of saying goodbye.
  const timer = setTimeout(() => void client.end().catch(() => undefined), limitMs);
  try {
    const { rows } = await client.query<Row>(question.text, [...(question.values ?? [])]);
    return rows;
  } finally {
    clearTimeout(timer);
  }
}
