import { fullEffort } from './general-yaml.js';
import { readText } from './read-text.js';

const megabyte = 2 ** 20;

function because(text: string): string | undefined {
  return readText(text).faults[0]?.because;
}

describe('reading a text', () => {
  it('gives the same places whether it is plain or not', () => {
    const plain = 'a:\n- b: 1\n  c: [x, y]\n';
    const general = `${plain}d: &e 1\n`;
    for (const path of [['a'], ['a', '0', 'c'], ['a', '0', 'c', '1'], ['a', '7'], ['z']]) {
      expect(readText(general).offsetOf(path)).toBe(readText(plain).offsetOf(path));
    }
  });

  it('takes plain texts of up to 10 MB', () => {
    const line = '- {name: some-name, tags: [one, two]}\n';
    const text = `a:\n${line.repeat(Math.floor((9.9 * megabyte) / line.length))}`;
    const start = performance.now();
    expect(readText(text).faults).toEqual([]);
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(because(`${text}${line.repeat(10_000)}`)).toBe(
      'this file is larger than 10 MB, which is the limit; split it',
    );
  });

  it('takes texts of up to 1 MB that are not plain, and says where longer ones are not', () => {
    const text = `a: "${'x'.repeat(1.1 * megabyte)}"\nb: &c 1\n`;
    expect(because(text)).toMatch(/^from here on, this is no YAML, or YAML of a rare form/);
    expect(text.slice(readText(text).faults[0]?.offset)).toBe('&c 1\n');
  });

  it.each([
    ['lists in brackets', `x: !!str a\ny: [${'a,'.repeat(100_000)}a]`],
    ['aliases', `x: &b 1\ny: [${'*b,'.repeat(100_000)}*b]`],
    ['lines of a quoted text', `x: !!str "${'a \n'.repeat(100_000)}"`],
    ['keys', `x: !!str a\n${'? a\n'.repeat(100_000)}`],
  ])('gives up on rare forms with ever so many %s before others have to wait', (_, text) => {
    const [fault] = readText(text).faults;
    expect(fault?.because).toMatch(/^up to here it is as much as is read of YAML with rare forms/);
    expect(fault?.offset).toBeLessThan(text.length);
  });

  it('takes a thousand entities in rare forms, and counts them over all files of an import', () => {
    const text = `x: &x [http]\nservices:\n${'- name: some-service\n  host: a.internal\n  tags: *x\n'.repeat(1_000)}`;
    const effort = fullEffort();
    const read = [1, 2, 3, 4, 5].map(() => readText(text, effort).faults.length);
    expect(read[0]).toBe(0);
    expect(read[4]).toBe(1);
  });

  it.each([
    ['a quoted text', `a: "${'x'.repeat(9 * megabyte)}"`],
    ['a quoted text without an end', `a: "${'\\n'.repeat(4 * megabyte)}`],
    ['quotes in quotes', `a: '${"''".repeat(4 * megabyte)}'`],
    ['words', `- ${'x y:z '.repeat(1.5 * megabyte)}`],
    ['dashes', '- '.repeat(4 * megabyte)],
    ['brackets', '['.repeat(9 * megabyte)],
    ['spaces', `a: 1${' '.repeat(9 * megabyte)}`],
    ['lines', `a: 1${'\n'.repeat(9 * megabyte)}`],
    ['comments', `a: 1\n${'#\n'.repeat(4 * megabyte)}`],
    ['lines of a block', `a: |\n${'  x\n'.repeat(2 * megabyte)}`],
  ])('takes its time with a file of nothing but %s, but not long', (_, text) => {
    const start = performance.now();
    readText(text);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
