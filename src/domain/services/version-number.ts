/** The longest number of a version. */
const maxNumber = 100;

/**
 * True for text that can be the number of a version: any that is valid as the name of a file on every common system, so that
 * exports and artifacts can be called by it.
 */
export function isVersionNumber(text: string): boolean {
  if (text.length < 1 || text.length > maxNumber || /[\p{Cc}\p{Cs}<>:"/\\|?*]/u.test(text)) return false;
  if (/^\.{1,2}$|^\s|[\s.]$/.test(text)) return false;
  return !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(text);
}

const semantic =
  /^v?(\d{1,10})(?:\.(\d{1,10}))?(?:\.(\d{1,10}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * Text whose bytewise order is the order of the numbers: semantic versions in the order of semver.org, after all that are
 * none. `1.9` comes before `1.10`, `2.0.0-rc.1` before `2.0.0`.
 */
export function rankOf(number: string): string {
  const [isSemantic, major = '0', minor = '0', patch = '0', prerelease] = semantic.exec(number) ?? [];
  if (isSemantic === undefined) return `0 ${number}`;
  const core = [major, minor, patch].map(padded).join('.');
  return `1 ${core}${prerelease === undefined ? '~' : `-${prerelease.split('.').map(identifier).join(' ')}`}`;
}

/** Numeric identifiers come before the others, in the order of their values. */
function identifier(text: string): string {
  return /^\d+$/.test(text) ? `0${padded(text)}` : `1${text}`;
}

function padded(digits: string): string {
  return digits.padStart(10, '0');
}
