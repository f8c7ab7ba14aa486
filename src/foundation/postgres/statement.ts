import { sha256 } from '../kernel/id.js';

/** An SQL text under a name. PostgreSQL parses and plans it once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Of composed statements: what they all have in common. Metrics are kept by it, since names there are without number. */
  readonly family?: string;
}

/** Names a fixed statement. The name shows in the server's logs: `<slice>.<what>`, at most 63 bytes. */
export function statement(name: string, text: string): Statement {
  return { name, text };
}

/** Names a composed statement by its text, so that the same shape is prepared once. */
export function composedStatement(prefix: string, text: string): Statement {
  return { name: `${prefix}.${sha256(text).toString('base64url').slice(0, 16)}`, text, family: prefix };
}
