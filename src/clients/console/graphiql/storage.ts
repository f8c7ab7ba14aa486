import type { GraphiQLProps } from 'graphiql';

const PREFIX = 'graphiql:';

/** Under these names GraphiQL keeps whole operations as JSON, their headers beside their query. */
const OPERATIONS = new Set(['tabState', 'queries', 'favorites'].map((name) => PREFIX + name));

/**
 * The browser's storage for tabs, history and layout, into which no header is ever written: GraphiQL would put
 * the token of each request into its history.
 */
export const storageWithoutHeaders: NonNullable<GraphiQLProps['storage']> = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, OPERATIONS.has(key) ? withoutHeaders(value) : value),
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

const ownKeys = (): string[] => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

const withoutHeaders = (operations: string): string =>
  JSON.stringify(JSON.parse(operations, (key, part: unknown) => (key === 'headers' ? null : part)));
