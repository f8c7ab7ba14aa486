/**
 * The form in which a gateway compares paths: dot segments resolved, empty segments dropped, percent codes decoded where
 * they need not be, in upper case where they stay, and used where a character cannot stand for itself. Expects a path that
 * starts with "/" and whose percent codes are complete.
 */
export function normalPath(path: string): string {
  if (plain.test(path)) return path;
  const bytes = Buffer.from(path, 'utf8').toString('latin1');
  const decoded = bytes.replace(/%([0-9A-F]{2})/gi, (code: string, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return reserved.includes(character) ? code.toUpperCase() : character;
  });
  return withoutDotSegments(decoded).replace(unsafe, percentCode);
}

/** What nearly all paths are; asked first, because it is found out much faster. */
const plain = /^(?:\/[A-Za-z0-9_~-]+)+\/?$/;
const reserved = "!*'();:@&=+$,/?%#[]";
const unsafe = /[^!#$&'()*+,/:;=?@[\]A-Za-z0-9\-_.~%]/g;

function percentCode(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function withoutDotSegments(path: string): string {
  const segments = path.split('/');
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const isFolder = kept.length > 0 && ['', '.', '..'].includes(segments.at(-1) ?? '');
  return `/${kept.join('/')}${isFolder ? '/' : ''}`;
}
