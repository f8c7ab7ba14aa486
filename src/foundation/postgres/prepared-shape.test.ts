import { mostShapes, preparedShape } from './prepared-shape.js';

describe('preparedShape', () => {
  it('names a statement after its text, within what PostgreSQL takes for a name', () => {
    const { name, text } = preparedShape('a.very.long.prefix.'.repeat(5), 'select 1');
    expect(text).toBe('select 1');
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect(name).not.toBe(preparedShape('a.very.long.prefix.'.repeat(5), 'select 2').name);
  });

  it('prepares no more shapes than connections can hold, and runs the rest without', () => {
    const known = preparedShape('known', 'select 0');
    for (let shape = 0; shape < mostShapes; shape += 1) preparedShape('shape', `select ${shape}, 0`);
    expect(preparedShape('late', 'select late')).toEqual({ name: '', text: 'select late', family: 'late' });
    expect(preparedShape('known', 'select 0')).toBe(known);
  });
});
