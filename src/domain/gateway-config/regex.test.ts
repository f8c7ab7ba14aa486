import { regexFault } from './regex.js';

it.each([
  ['/orders/\\d+$', 'classes and anchors'],
  ['/(?<id>\\d+)', 'named groups'],
  ['/(?P<id>\\d+)/(?P=id)', 'named groups of Python and calls to them'],
  ["/(?'id'\\d+)\\k'id'\\k<id>\\k{id}\\g{id}", 'named groups in quotes and references of all sorts'],
  ['(?i)/orders', 'inline flags'],
  ['/(?i:orders)/(?-i)x', 'inline flags for a part'],
  ['/(?>a+)b', 'atomic groups'],
  ['/a++/b*+/c?+/d{1,2}+', 'possessive quantifiers'],
  ['/a+?/b*?/c??/d{1,2}?', 'lazy quantifiers'],
  ['/(?=a)(?!b)(?<=c)(?<!d)', 'looking around'],
  ['/(?|a(b)|c(d))', 'branch resets'],
  ['/(?<n>a(?&n)?(?P>n)?(?1)?(?R)?(?+1)(?-1))', 'recursion'],
  ['/(?(1)a|b)(?(?=c)d|e)(?(<n>)f)', 'conditions'],
  ['/(?#a comment)x', 'comments'],
  ['(*UTF8)(*ANYCRLF)/x', 'verbs'],
  ['/[[:alpha:]_][[:^digit:]]*', 'POSIX classes'],
  ['/[]abc][^]abc]', 'a bracket at the start of a class'],
  ['/[a-z\\]\\-\\d_.]', 'escapes in classes'],
  ['/[\\x{100}-\\x{200}\\x41-\\x5a]', 'code points in classes'],
  ['/\\x{1F600}*\\p{L}+\\P{Lu}?\\pL\\h\\R\\A\\z\\K', 'PCRE escapes'],
  ['/\\Q(not[a group\\E?', 'quoted text'],
  ['/\\Qto the end(', 'quoted text to the end'],
  ['/a{b}/{c', 'braces that are no quantifier'],
  ['/\\(\\[\\{', 'escaped brackets'],
  ['/^*$?', 'quantified anchors'],
])('%p compiles: %s', (pattern) => {
  expect(regexFault(pattern)).toBeUndefined();
});

it.each([
  ['/(a', 'unterminated group'],
  ['/a)', "unmatched ')'"],
  ['/[a', 'unterminated character class'],
  ['/[]', 'unterminated character class'],
  ['/[^]', 'unterminated character class'],
  ['/(?P<id>a', 'unterminated group'],
  ['/(?>a', 'unterminated group'],
  ['/(a]', 'unterminated group'],
  ['/(*', 'nothing to repeat'],
  ['/a**', 'nothing to repeat'],
  ['/a|+', 'nothing to repeat'],
  ['/a{2,1}', 'numbers out of order in {} quantifier'],
  ['/[z-a]', 'range out of order in character class'],
  ['/a\\', '\\ at end of pattern'],
])('%p does not compile: %s', (pattern, fault) => {
  expect(regexFault(pattern)).toBe(fault);
});

it.each(['[', '(', '[[:a:]', '\\Q', '(?#', '(*A', '{1', '(?<a'])(
  'judges %p, repeated up to the longest path, in little time',
  (unit) => {
    const started = performance.now();
    regexFault(`/${unit.repeat(Math.floor(4000 / unit.length))}`);
    expect(performance.now() - started).toBeLessThan(5000);
  },
);
