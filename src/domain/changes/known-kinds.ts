import { entityKinds, kindUnknown } from '../gateway-config/index.js';
import { actionsByKind } from './change.js';

const serviceKinds = ['service', 'service_version', 'runtime_configuration', 'approval_request'];

/** The kinds of everything that is told of: of configurations, of services, and of the rest. */
const knownKinds = [...entityKinds, ...serviceKinds, ...Object.keys(actionsByKind)];

/** Refuses kinds that there are not: who filters by them would wait for ever, and not know why. */
export function checkKinds(kinds: readonly string[], path: readonly string[]): void {
  kinds.forEach((kind, index) => {
    if (!knownKinds.includes(kind)) throw kindUnknown({ kind, known: knownKinds }, [...path, String(index)]);
  });
}
