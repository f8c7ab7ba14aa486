/** What the server tells the page about itself; `token` is null unless server and browser are one machine. */
export interface Session {
  readonly token: string | null;
  readonly endpoint: string;
}

const withoutToken: Session = { token: null, endpoint: '/graphql' };

/** Answers even if the server does not: the page then opens without a token, and its requests say what is wrong. */
export async function openSession(): Promise<Session> {
  try {
    const response = await fetch('./session', { cache: 'no-store' });
    return response.ok ? ((await response.json()) as Session) : withoutToken;
  } catch {
    return withoutToken;
  }
}
