export type { SealedPlace } from './sealed-place.js';
