import { statSync } from 'node:fs';
import { relative, sep } from 'node:path';

/** These take the longest. Begun late, they would keep one worker busy while the other one has nothing left to do. */
const longest = [
  'test/faults/defects.test.ts',
  'test/domain/history-sequences.test.ts',
  'test/app/outage.test.ts',
  'test/faults/faults.test.ts',
  'test/foundation/embedded-postgres.test.ts',
  'test/app/rolling-deploy.test.ts',
  'test/domain/services-model.test.ts',
  'test/whole/fleet.test.ts',
  'test/clients/demo.test.ts',
  'test/domain/large-groups.test.ts',
  'test/app/changes-takeover.test.ts',
  'test/app/discovery-takeover.test.ts',
];

/** The order in which test files begin: those that are known to take the longest, then the largest first. */
export default class LongestFirst {
  sort(tests) {
    const sized = tests.map((test) => ({ test, rank: rank(test), size: statSync(test.path).size }));
    return sized.sort((one, other) => one.rank - other.rank || other.size - one.size).map(({ test }) => test);
  }

  /** Jest would learn from it; the order is to be the same on every machine. */
  cacheResults() {
    return undefined;
  }
}

function rank({ path, context }) {
  const at = longest.indexOf(relative(context.config.rootDir, path).replaceAll(sep, '/'));
  return at === -1 ? longest.length : at;
}
