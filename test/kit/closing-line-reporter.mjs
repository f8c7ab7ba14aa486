import { writeSync } from 'node:fs';

/**
 * Ends a run with one plain line, `12 passed, 0 failed, 1 skipped`, alone and after everything else that is printed,
 * for people and programs that read no further up. A test file that could not be run counts as a failure. Fails the run
 * if no test ran at all.
 */
export default class ClosingLineReporter {
  #ran = 0;

  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    this.#ran = passed + failed;
    if (this.#ran === 0) process.stderr.write('No test ran, and that is a failure.\n');
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    // Teardown, and jest's warnings about what is still open, come after the reporters.
    process.once('exit', () => writeSync(process.stdout.fd, `${line}\n`));
  }

  getLastError() {
    return this.#ran === 0 ? new Error('No test ran.') : undefined;
  }
}
