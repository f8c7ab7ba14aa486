export { parseCursor } from './cursor.js';
export { createStream, findHashAt, findHead, removeStream } from './event-log.store.js';
export { emptyHead, type Revision } from './revision.js';
export { follow } from './watch/follow.js';
export { StreamHub } from './watch/hub.js';
export type { StreamMessage } from './watch/message.js';
export type { State } from './watch/state.js';
