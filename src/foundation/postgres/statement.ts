import { sha256 } from '../kernel/id.js';

/** An SQL text under a name. PostgreSQL parses and plans it once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Of composed statements: what they all have in common. Metrics are kept by it, since names there are without number. */
  readonly family?: string;
}

const texts = new Map<string, string>();

/**
 * Names a fixed statement. The name shows in the server's logs: `<slice>.<what>`, at most 63 bytes. A name stands for one
 * text: connections that have prepared one refuse another under its name.
 */
export function statement(name: string, text: string): Statement {
  const known = texts.get(name) ?? text;
  if (known !== text) throw new Error(`two statements are called ${name}`);
  texts.set(name, text);
  return { name, text };
}

/** All fixed statements of what was loaded. */
export function namedStatements(): Statement[] {
  return [...texts].map(([name, text]) => ({ name, text }));
}

/** Names a composed statement by its text, so that the same shape is prepared once. */
export function composedStatement(prefix: string, text: string): Statement {
  return { name: `${prefix}.${sha256(text).toString('base64url').slice(0, 16)}`, text, family: prefix };
}
