export { addDataKey, changeMasterKey, findMasterKeyId, openKeyring } from './data-keys.js';
export { readDataKeys } from './data-key.store.js';
