import fc from 'fast-check';
import { canonicalJson, canonicalText, equalJson, type Json } from './json.js';

describe('canonical JSON', () => {
  /** The example of RFC 8785, section 3.2.3: in UTF-16 the surrogates of 😀 come before U+FB33, in UTF-8 after it. */
  it('sorts keys by their UTF-16 code units, also beyond the basic plane', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(text).toBe('{"\\r":0,"1":0,"\u0080":0,"\u00f6":0,"\u20ac":0,"\u{1f600}":0,"\ufb33":0}');
  });

  it('writes numbers and texts as RFC 8785 does', () => {
    const value = { numbers: [333333333.3333333, 1e30, 4.5, 2e-3, -0], text: '\u20ac$\u000f\nA\'B"\\/' };
    expect(canonicalJson(value)).toBe(
      '{"numbers":[333333333.3333333,1e+30,4.5,0.002,0],"text":"\u20ac$\\u000f\\nA\'B\\"\\\\/"}',
    );
  });

  it('is the same text for equal values, in whatever order their keys came', () => {
    const pairs = fc.uniqueArray(fc.tuple(fc.string({ unit: 'grapheme' }), fc.jsonValue()), {
      selector: ([key]) => key,
    });
    const property = fc.property(pairs, (members) => {
      const [one, other] = [members, members.toReversed()].map((each) => Object.fromEntries(each) as Json);
      expect(canonicalJson(one as Json)).toBe(canonicalJson(other as Json));
      expect(equalJson(one as Json, other as Json)).toBe(true);
    });
    fc.assert(property);
  });

  it('sorts many keys as it sorts few', () => {
    const keys = Array.from({ length: 50 }, (_, index) => `k${index}`);
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(text).toBe(
      `{${keys
        .toSorted()
        .map((key) => `"${key}":0`)
        .join(',')}}`,
    );
  });

  it('is kept with the object that it was made of', () => {
    const [one, other] = [
      { b: 1, a: [2] },
      { a: [2], b: 1 },
    ];
    expect([canonicalText(one), canonicalText(one), canonicalText(other)]).toEqual(
      Array(3).fill('{"a":[2],"b":1}'),
    );
  });
});
