export { compactStreams } from './compact.js';
export { appendRevision, lockHead } from './event-log.store.js';
export { streamName } from './revision.js';
export { StreamHub } from './watch/hub.js';
export { Turns } from './watch/turns.js';
export { WatchMeter } from './watch/watch-meter.js';
