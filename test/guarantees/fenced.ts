import type { RecordPromise, ReportRecord } from './records.js';

/** Of two processes with one identity, the newer one counts. */
export const fenced: RecordPromise<ReportRecord> = {
  name: 'fenced',
  promise: 'A report is accepted from the newest session alone, and never falls behind an earlier one of it.',
  breaches: (reports) => {
    const found: string[] = [];
    for (const { instanceId, session, newestSession, revision, accepted } of reports)
      if (accepted && session < newestSession)
        found.push(
          `revision ${revision} was accepted of session ${session} of ${instanceId}, and ${newestSession} was open`,
        );
    return found;
  },
};
