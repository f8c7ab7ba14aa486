import type { Slice } from '../../foundation/graphql/slice.js';
import type { FeedPorts } from './change-feed.js';
import { ChangesDelta } from './changes.graphql.js';
import { changesResolver } from './changes.resolver.js';

export { makeReadChanges, type ReadChanges } from './read-changes.js';
export { Sequencer } from './sequencer.js';

/** The order of everything that happens in an organization. */
export function changesSlice(ports: FeedPorts): Slice {
  return { name: 'changes', resolvers: [changesResolver(ports)], types: [ChangesDelta], references: [] };
}
