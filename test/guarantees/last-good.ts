import type { RecordPromise, ServedRecord } from './records.js';

/** Whatever happens to the control plane, gateways serve. */
export const lastGood: RecordPromise<ServedRecord> = {
  name: 'last-good',
  promise: 'A gateway serves a whole revision, always: never half of one, and never none once it had one.',
  breaches: (served, histories) => {
    const states = new Map(
      histories.map(({ groupId, history, lost }) => [
        groupId,
        new Set([history, ...lost].flatMap((each) => [...each.values()].map(({ stateHash }) => stateHash))),
      ]),
    );
    const began = new Set<string>();
    return served.flatMap(({ gateway, groupId, stateHash }) => {
      if (stateHash === null) return began.has(gateway) ? [`${gateway} served nothing`] : [];
      began.add(gateway);
      const isKnown = stateHash === emptyState || states.get(groupId)?.has(stateHash) === true;
      return isKnown ? [] : [`${gateway} served a configuration that is no revision`];
    });
  },
};

const emptyState = '0'.repeat(64);
