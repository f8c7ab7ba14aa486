export { formatCursor, parseCursor, shortHash } from './cursor.js';
export {
  createStream,
  findHashAt,
  findHead,
  lockHead,
  readExtents,
  readRevisions,
  readRevisionsByKey,
  removeStream,
} from './event-log.store.js';
export {
  appendNumbered,
  findBehind,
  findUnnumbered,
  forgetEnded,
  numberedAtOnce,
  numberedEvent,
  type Numbered,
  type Unnumbered,
} from './numbering.store.js';
export type { NetChange } from './fold.store.js';
export { emptyHead, nextHead, streamName, type Revision } from './revision.js';
export { follow } from './watch/follow.js';
export { StreamHub } from './watch/hub.js';
export type { Bookmark, Goodbye, Resync, StreamMessage } from './watch/message.js';
export { selected, type Selection } from './watch/selection.js';
export type { State } from './watch/state.js';
