import type { NewEvent } from '../../foundation/commands/command.js';
import { sha256 } from '../../foundation/kernel/id.js';
import { canonicalJson, type Json } from '../../foundation/kernel/json.js';
import { canonicalEvent, emptyHead, NextHead } from './revision.js';

const created: NewEvent = {
  ...{ type: 'route.created', kind: 'route', subjectId: 'a', operation: 'CREATED' },
  ...{ before: null, after: { name: 'a "route"', paths: ['/b', '/a'], hosts: null } },
};
const events: readonly NewEvent[] = [
  created,
  { ...created, operation: 'DELETED', before: created.after, after: null },
  { ...created, before: ['odd'], after: 7 },
];

it.each(events)('the text of an event is its canonical JSON: $operation', (event) => {
  expect(canonicalEvent(event)).toBe(canonicalJson(event as unknown as Json));
});

it.each([0, 1, 3])('the hash of a revision covers the canonical JSON of all its %i events', (count) => {
  const told = events.slice(0, count);
  const stateHash = Buffer.alloc(32, 1);
  const next = new NextHead({ ...emptyHead, revision: 6 });
  for (const event of told) next.add(event);
  const content = sha256(canonicalJson(told as unknown as Json));
  const position = Buffer.from([0, 0, 0, 0, 0, 0, 0, 7]);
  const hash = sha256(Buffer.concat([emptyHead.hash, position, stateHash, content]));
  expect(next.with(stateHash)).toEqual({ revision: 7, stateHash, hash });
});
