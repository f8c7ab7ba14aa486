export { addDataKey, changeMasterKey, findMasterKeyId, openKeyring } from './data-keys.js';
export { readDataKeys } from './data-key.store.js';
export { resealPlace } from './reseal-place.js';
export { countEventsWithKey, countRowsWithKey } from './sealed-place.store.js';
