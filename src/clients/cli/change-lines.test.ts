import { changeLines } from './change-lines.js';
import { agoText } from './time-text.js';

const plain = (_color: string, text: string): string => text;

describe('changeLines', () => {
  it('says what is new, what differs in what, and what is gone', () => {
    const lines = changeLines(
      [
        { collection: 'services', id: 's', operation: 'CREATED', before: null, after: { name: 'orders' } },
        {
          ...{ collection: 'routes', id: 'r', operation: 'UPDATED' },
          ...{
            before: { name: 'list', paths: ['/a'], tags: ['x'] },
            after: { name: 'list', paths: ['/b'], methods: ['GET'] },
          },
        },
        {
          collection: 'consumers',
          id: 'c',
          operation: 'DELETED',
          before: { custom_id: 'app-7' },
          after: null,
        },
      ],
      plain,
    );
    expect(lines).toEqual(['+ services orders', '~ routes list: methods, paths, tags', '- consumers app-7']);
  });

  it('says what an entity belongs to, if that has a name among the changes', () => {
    const service = {
      collection: 'services',
      id: 's1',
      operation: 'CREATED',
      before: null,
      after: { name: 'orders' },
    } as const;
    const plugin = { collection: 'plugins', id: 'p1', operation: 'CREATED', before: null } as const;
    const lines = changeLines(
      [
        service,
        { ...plugin, after: { name: 'cors', service: 's1' } },
        { ...plugin, after: { name: 'acl', service: 's2' } },
      ],
      plain,
    );
    expect(lines.slice(1)).toEqual(['+ plugins cors (service orders)', '+ plugins acl']);
  });

  it('falls back to the id of what has no name', () => {
    expect(
      changeLines(
        [{ collection: 'routes', id: 'r1', operation: 'CREATED', before: null, after: { paths: ['/'] } }],
        plain,
      ),
    ).toEqual(['+ routes r1']);
  });
});

describe('agoText', () => {
  it.each([
    [4, '4 s ago'],
    [61, '1 min ago'],
    [7_199, '1 h ago'],
    [200_000, '2 d ago'],
    [-5, '0 s ago'],
  ])('shows %d seconds in the unit that fits', (seconds, text) => {
    const now = new Date('2026-01-10T00:00:00Z');
    expect(agoText(new Date(now.getTime() - seconds * 1_000).toISOString(), now)).toBe(text);
  });
});
