export { parseCursor } from './cursor.js';
export { createStream, findHashAt, findHead, removeStream } from './event-log.store.js';
export { emptyHead, type Revision } from './revision.js';
export { follow, type State } from './watch/follow.js';
export { StreamHub } from './watch/hub.js';
export type { StreamMessage } from './watch/message.js';
