export { beginningOf, type Beginning } from './beginning.js';
export { followFeed, type ChangesMessage, type FeedPorts } from './change-feed.js';
export { filterJson, seenBy, type ChangeFilter } from './change-filter.js';
export { shownChange } from './shown-change.js';
export type { Change } from './change.js';
export { changesStream } from './changes-stream.js';
export { ChangesFilter, ChangesOrigin } from './changes.graphql.js';
export { filterOf } from './changes.resolver.js';
export type { ReadChanges } from './read-changes.js';
