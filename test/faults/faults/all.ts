import { clientFaults } from './clients.js';
import { databaseFaults } from './databases.js';
import type { Fault } from './fault.js';
import { hintFaults } from './hints.js';
import { historyFaults } from './histories.js';
import { instanceFaults } from './instances.js';
import { replicaFaults } from './replicas.js';
import { rightFaults } from './rights.js';
import { transactionFaults } from './transactions.js';
import { upgradeFaults } from './upgrades.js';

/** The thirty, by their numbers. */
export const allFaults: readonly Fault[] = [
  ...transactionFaults,
  ...hintFaults,
  ...databaseFaults,
  ...replicaFaults,
  ...clientFaults,
  ...instanceFaults,
  ...historyFaults,
  ...rightFaults,
  ...upgradeFaults,
].sort((one, other) => one.number - other.number);
