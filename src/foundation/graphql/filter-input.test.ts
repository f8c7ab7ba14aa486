import { filterInputFor, toFilter } from './filter-input.js';
import { StringFilter } from './filter.js';

const withoutPrototype = (members: object): object => Object.assign(Object.create(null) as object, members);

describe('toFilter', () => {
  it.each([null, undefined, {}, { name: null, and: undefined }])('makes no filter of %j', (input) => {
    expect(toFilter(input)).toBeUndefined();
  });

  it('leaves out what is null or absent, at any depth', () => {
    const input = { name: { eq: 'a', ne: null }, or: [{ rank: { eq: null, lt: 1 } }], not: { name: null } };
    expect(toFilter(input)).toEqual({ name: { eq: 'a' }, or: [{ rank: { lt: 1 } }], not: {} });
  });

  it('takes objects of classes and without a prototype', () => {
    class Input {
      name = withoutPrototype({ in: ['a'] });
      and = [withoutPrototype({ labels: withoutPrototype({ hasAll: [withoutPrototype({ key: 'k' })] }) })];
    }
    expect(toFilter(new Input())).toStrictEqual({
      name: { in: ['a'] },
      and: [{ labels: { hasAll: [{ key: 'k' }] } }],
    });
  });

  it('keeps values as they are', () => {
    const at = new Date(0);
    expect(toFilter({ at: { lt: at }, isOn: { eq: false }, rank: { eq: 0 }, name: { eq: '' } })).toEqual({
      at: { lt: at },
      isOn: { eq: false },
      rank: { eq: 0 },
      name: { eq: '' },
    });
  });
});

describe('filterInputFor', () => {
  it('makes one class for each type', () => {
    const fields = { name: { filter: () => StringFilter, description: 'Its name.' } };
    expect(filterInputFor('Once', fields)).toBe(filterInputFor('Once', fields));
    expect(filterInputFor('Once', fields)).not.toBe(filterInputFor('Twice', fields));
  });

  it('has no place for a field that is called like a connective', () => {
    const fields = { or: { filter: () => StringFilter, description: 'Gold.' } };
    expect(() => filterInputFor('Heraldry', fields)).toThrow('cannot have a field of the name or');
  });
});
