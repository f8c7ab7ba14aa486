const UNFILLED = 'Bearer <paste an access token here>';

export type Headers = Readonly<Record<string, unknown>>;

export const bearer = (token: string | null): string | undefined =>
  token === null ? undefined : `Bearer ${token}`;

/** The text that the headers editor starts with. */
export const headersText = (authorization: string | undefined): string =>
  JSON.stringify({ Authorization: authorization ?? UNFILLED }, null, 2);

/** Finds the authorization under any spelling of the header; the placeholder and an empty value are none. */
export function authorizationIn(headers: Headers): string | undefined {
  const value = Object.entries(headers).find(([name]) => isAuthorization(name))?.[1];
  return typeof value === 'string' && value.trim() !== '' && value !== UNFILLED ? value : undefined;
}

/** True while the headers editor still holds the placeholder that it started with. */
export const isUnfilled = (headers: Headers): boolean =>
  Object.entries(headers).some(([name, value]) => isAuthorization(name) && value === UNFILLED);

/** The authorization that the text of a headers editor holds, or undefined while it is not yet valid JSON. */
export function authorizationInText(text: string): string | undefined {
  try {
    const headers: unknown = JSON.parse(text);
    return typeof headers === 'object' && headers !== null ? authorizationIn({ ...headers }) : undefined;
  } catch {
    return undefined;
  }
}

/** The same headers with another authorization, or with none. */
export function withAuthorization(headers: Headers, authorization: string | undefined): Headers {
  const others = Object.entries(headers).filter(([name]) => !isAuthorization(name));
  return { ...Object.fromEntries(others), ...(authorization !== undefined && { authorization }) };
}

const isAuthorization = (name: string): boolean => name.toLowerCase() === 'authorization';
