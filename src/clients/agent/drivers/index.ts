import type { DriverKind } from './driver.js';
import { fileDriver } from './file.js';

/** The drivers that an agent can be started with. */
export const drivers: readonly DriverKind[] = [fileDriver];
