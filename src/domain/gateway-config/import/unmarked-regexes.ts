import type { Json } from '../../../foundation/kernel/json.js';
import { normalPath } from '../router-path.js';

/**
 * The paths of a route from before Kong 3.0, as Kong 3 writes them: what looked like a regular expression was one, and is
 * marked with “~” since; what was a prefix is in its normal form since. In both, percent codes stand only where they must.
 */
export function withMarkedRegexes(paths: Json): Json {
  if (!Array.isArray(paths)) return paths;
  return (paths as readonly Json[]).map((path) => (typeof path === 'string' ? marked(path) : path));
}

function marked(path: string): string {
  if (path.startsWith('~')) return path;
  if (!prefix.test(path)) return `~${decoded(path)}`;
  return path.startsWith('/') && !/%(?![0-9a-f]{2})/i.test(path) ? normalPath(path) : path;
}

const prefix = /^[A-Za-z0-9.\-_~/%]*$/;
const reserved = "!#$%&'()*+,/:;=?@[]";
const meaningfulInRegex = '.^-{}\\|';

/** Codes stand for bytes, several of which may make one character. */
function decoded(path: string): string {
  const bytes = Buffer.from(path, 'utf8')
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, decodedByte);
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function decodedByte(code: string, digits: string): string {
  const byte = String.fromCharCode(Number.parseInt(digits, 16));
  if (reserved.includes(byte)) return code.toUpperCase();
  return meaningfulInRegex.includes(byte) ? `\\${byte}` : byte;
}
