/**
 * Why a gateway would not compile this regular expression, or nothing. Gateways use PCRE or Rust's dialect; what those know
 * and JavaScript does not (named groups as `(?P<n>`, inline flags, atomic groups, possessive quantifiers, recursion, POSIX
 * classes …) is first replaced by something of the same shape. So a fault that is found is one in every dialect, but not
 * every fault is found.
 */
export function regexFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern.replace(tokens, plainToken));
    return undefined;
  } catch (error) {
    // The engine's sentence quotes the replaced pattern; what follows the last colon is the reason alone.
    return reason(error as SyntaxError);
  }
}

const tokens = new RegExp(
  [
    String.raw`(?<literal>\\Q[^]*?(?:\\E|$))`,
    String.raw`(?<escape>\\[gkxopPN](?:\{[^}]*\}|<[^>]*>|'[^']*')|\\[^])`,
    String.raw`(?<class>\[(?:\^?\]|\^(?!\])|(?![\^\]]))(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\])`,
    String.raw`(?<unclosed>\[[^]*)`,
    String.raw`(?<nothing>[\^$]|\(\?#[^)]*\)|\(\*[A-Z_]+[^)]*\)|\(\?[a-zA-Z^-]*\)|\(\?(?:[-+]?\d+|&\w+|P[>=]\w+)\))`,
    String.raw`(?<look>\(\?<?[=!])`,
    String.raw`(?<group>\(\?(?:P?<[\w.[\]]+>|'\w+'|\(\??[^()]*\)|[a-zA-Z^-]*:|[>|*]))`,
    String.raw`(?<possessive>(?:[*+?]|\{\d+(?:,\d*)?\})\+)`,
  ].join('|'),
  'g',
);

function plainToken(token: string, ...rest: unknown[]): string {
  const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
  if (groups['possessive'] !== undefined) return token.slice(0, -1);
  if (groups['class'] !== undefined) return plainClass(token);
  if (groups['look'] !== undefined) return '(?=';
  if (groups['group'] !== undefined) return '(?:';
  if (groups['unclosed'] !== undefined) return '[';
  return groups['nothing'] === undefined ? 'x' : '(?:)';
}

/** Keeps single characters, so that a range in the wrong order is found; stands `\d` in for what names several. */
function plainClass(token: string): string {
  const [, open = '', content = ''] = /^(\[\^?)([^]*)\]$/.exec(token) ?? [];
  const named = /\[:\^?\w+:\]|\\[a-zA-Z0-9](?:\{[^}]*\}|[0-9A-Fa-f]+)?/g;
  return `${open}${content.replace(/^\]/, String.raw`\]`).replace(named, String.raw`\d`)}]`;
}

function reason(error: SyntaxError): string {
  return error.message.slice(error.message.lastIndexOf(': ') + 2).toLowerCase();
}
