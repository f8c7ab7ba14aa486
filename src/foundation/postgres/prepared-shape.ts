import { composedStatement, type Statement } from './statement.js';

/** How many composed shapes are prepared. Each costs every connection a plan for as long as it lives. */
export const mostShapes = 1_000;

/** PostgreSQL cuts names at 63 bytes, and would take two statements for one if that cut into the digest. */
const longestPrefix = 46;

const shapes = new Map<string, Statement>();

/**
 * A statement for a composed text: the same text gives the same statement. Callers decide on shapes, so only the first
 * `mostShapes` of a process are prepared; what comes after runs all the same, parsed each time.
 */
export function preparedShape(prefix: string, text: string): Statement {
  const known = shapes.get(text);
  if (known) return known;
  if (shapes.size >= mostShapes) return { name: '', text, family: prefix };
  const statement = composedStatement(prefix.slice(0, longestPrefix), text);
  shapes.set(text, statement);
  return statement;
}
