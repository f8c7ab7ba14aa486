import { withMarkedRegexes } from './unmarked-regexes.js';

describe('paths of before Kong 3.0', () => {
  it.each([
    ['a prefix stays', '/orders', '/orders'],
    ['a prefix gets its normal form', '/orders//%7Emine/../%61ll', '/orders/all'],
    ['a code that is needed stays, in capitals', '/a%2fb', '/a%2Fb'],
    ['a regular expression is marked', '/orders/\\d+$', '~/orders/\\d+$'],
    ['one that is marked stays', '~/orders/\\d+', '~/orders/\\d+'],
    ['what is reserved stays coded in it', '/(a)%2f%3F', '~/(a)%2F%3F'],
    ['what is not is decoded', '/(a)%61%c3%a9', '~/(a)aé'],
    ['what would mean something in it is escaped', '/(a)%2e%2D%5e', '~/(a)\\.\\-\\^'],
    ['what is wrong stays wrong', 'orders', 'orders'],
    ['a broken code stays broken', '/a%zz', '/a%zz'],
  ])('%s', (_, path, expected) => {
    expect(withMarkedRegexes([path])).toEqual([expected]);
  });

  it('are left alone where they are no texts in a list', () => {
    expect(withMarkedRegexes('/a(b)')).toBe('/a(b)');
    expect(withMarkedRegexes([5])).toEqual([5]);
  });
});
