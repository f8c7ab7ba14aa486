import { EffortSpent, findMatch, linearRegex as compiled, RegexFault, type LinearRegex } from './index.js';

const linearRegex = (pattern: string): LinearRegex => compiled(pattern, plenty());
const plenty = (): { left: number } => ({ left: 1_000_000 });

it.each<[string, string, string | undefined]>([
  ['/a+', '/aaab', '/aaa'],
  ['/a+?', '/aaab', '/a'],
  ['/(a|ab)(c|bcd)?', '/abcd', '/abcd'],
  ['/a|/ab', '/ab', '/a'],
  ['/x$', '/xy', undefined],
  ['/x$', '/x', '/x'],
  [String.raw`/users/\d+/posts`, '/users/42/posts/7', '/users/42/posts'],
  [String.raw`/\w{2,3}`, '/abcd', '/abc'],
  [String.raw`/\w{2}`, '/a', undefined],
  ['/a{,2}', '/aaa', '/aa'],
  ['/(?P<id>[^/]+)/x', '/q/x', '/q/x'],
  ['/(?<id>[^/]+)/x', '/q/x', '/q/x'],
  ['/(?i)ab(?-i)c', '/ABc', '/ABc'],
  ['/(?i:ab)c', '/ABC', undefined],
  ['/[[:alpha:]_]+', '/ab_1', '/ab_'],
  ['/[^a-c]+', '/xyza', '/xyz'],
  [String.raw`/[\]\-x]+`, '/]-xy', '/]-x'],
  [String.raw`/a\b`, '/ab', undefined],
  [String.raw`/a\b`, '/a-', '/a'],
  [String.raw`/\p{Greek}\x41\u{42}`, '/αAB', '/αAB'],
  ['/(a*)*b', '/aaab', '/aaab'],
  ['/.', '/\n', undefined],
  ['b', 'ab', undefined],
  ['(?U)/a+', '/aa', '/a'],
])('%s matches of “%s”: %s', (pattern, text, part) => {
  expect(findMatch(linearRegex(`^(?:${pattern})`), text, plenty())).toBe(part);
});

it.each([
  ['b', 'abc', 'b'],
  ['^b', 'abc', undefined],
  ['(?m)^b', 'a\nb', 'b'],
  ['', '', ''],
  ['b+|a', 'cabb', 'a'],
  [String.raw`\Bc$`, 'abc', 'c'],
])('%s matches first in “%s”: %s', (pattern, text, part) => {
  expect(findMatch(linearRegex(pattern), text, plenty())).toBe(part);
});

it.each([
  '(?=a)',
  '(?<!a)',
  String.raw`(a)\1`,
  '(',
  'a)',
  '[a',
  '*',
  'a{2,1}',
  '[b-a]',
  String.raw`\p{Nothing}`,
  '(?>a)',
])('gateways do not compile %s', (pattern) => {
  expect(() => linearRegex(pattern)).toThrow(RegexFault);
});

it.each(['(a+)+', '(a|a)*', '(a*)*(a*)*', '((a{1,30}){1,30})', '(.*)*x'])(
  'what hangs other engines takes few steps: %s',
  (pattern) => {
    const effort = plenty();
    findMatch(linearRegex(`^(?:${pattern})$`), `${'a'.repeat(200)}!`, effort);
    expect(effort.left).toBeGreaterThan(0);
  },
);

it('what is too large is refused before it is built', () => {
  expect(() => linearRegex('((a{1000}){1000}){1000}')).toThrow(RegexFault);
});

it('stops when the effort is spent', () => {
  expect(() => findMatch(linearRegex('a*'), 'a'.repeat(100), { left: 50 })).toThrow(EffortSpent);
});

it('agrees with a backtracking engine on random expressions', () => {
  let seed = 7;
  const pick = <Item>(items: readonly Item[]): Item => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return items[Math.floor((seed / 2147483648) * items.length)] as Item;
  };
  // JavaScript alone refuses repetitions of nothing, so what is repeated has a character.
  const expression = (depth: number): string => {
    const part = depth === 0 ? pick(['a', 'b', '[ab]', '.', '[^a]']) : `(?:[ab](?:${expression(depth - 1)}))`;
    return pick([
      () => part + pick(['', '*', '+', '?', '*?', '+?', '{1,2}', '{2}?']),
      () => part + expression(Math.max(0, depth - 1)),
      () => `${part}|${expression(Math.max(0, depth - 1))}`,
    ])();
  };
  for (let round = 0; round < 3000; round += 1) {
    const pattern = expression(2);
    const text = Array.from({ length: 6 }, () => pick(['a', 'b', 'c'])).join('');
    const expected = new RegExp(pattern).exec(text)?.[0];
    expect([pattern, text, findMatch(linearRegex(pattern), text, plenty())]).toEqual([
      pattern,
      text,
      expected,
    ]);
  }
});
