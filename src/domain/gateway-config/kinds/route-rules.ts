import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import { fieldsConflict, routeWithoutMatch } from '../document.refusals.js';
import type { Expansion, Rule } from '../kind.js';
import { present, rule, textsIn } from './rule.js';

/** Protocols that a route may accept together, and what they mean for its criteria. */
interface Family {
  readonly protocols: readonly string[];
  /** At least one of these must be given. */
  readonly matches: readonly string[];
  readonly forbids: readonly string[];
}

const families: readonly Family[] = [
  {
    protocols: ['http', 'https'],
    matches: ['methods', 'hosts', 'headers', 'paths'],
    forbids: ['sources', 'destinations'],
  },
  {
    protocols: ['grpc', 'grpcs'],
    matches: ['hosts', 'headers', 'paths'],
    forbids: ['methods', 'sources', 'destinations'],
  },
  {
    protocols: ['tcp', 'tls', 'udp'],
    matches: ['sources', 'destinations', 'snis'],
    forbids: ['methods', 'hosts', 'headers', 'paths'],
  },
  {
    protocols: ['tls_passthrough'],
    matches: ['snis'],
    forbids: ['methods', 'hosts', 'headers', 'paths'],
  },
];

/** The protocols with a TLS handshake, in which the client names a server. */
const withServerName = ['grpcs', 'https', 'tls', 'tls_passthrough'];
const grpc = ['grpc', 'grpcs'];
const criteria = ['methods', 'hosts', 'headers', 'paths', 'snis', 'sources', 'destinations'];

/** What must hold across the fields of a route. Where its protocols are mixed, only that is told. */
export const routeRules: readonly Rule[] = [
  rule(['protocols'], (document) => mixture(textsIn(document, 'protocols'))),
  rule(['protocols', ...criteria], withFamily(missingMatch)),
  rule(['protocols', ...criteria], withFamily(forbiddenCriteria)),
  rule(['protocols', 'snis'], serverNames),
  rule(['protocols', 'strip_path'], stripPath),
];

/** A gRPC route does not strip its path, so for one that says nothing, that is the default. */
export function expandStripPath(input: JsonObject): Expansion {
  const isOpen = (input['strip_path'] ?? null) === null;
  const fields = isOpen && isGrpc(input['protocols']) ? { strip_path: false } : {};
  return { fields, problems: [] };
}

function isGrpc(protocols: Json | undefined): boolean {
  return Array.isArray(protocols) && (protocols as readonly string[]).some((each) => grpc.includes(each));
}

function mixture(protocols: readonly string[]): Problem[] {
  if (familiesOf(protocols).length < 2) return [];
  const sets = families.map((family) => family.protocols.join(' and ')).join('; ');
  const facts = {
    field: `protocols ${protocols.join(', ')}`,
    with: 'one route',
    instead: `Make a route for each of these sets: ${sets}.`,
  };
  return [fieldsConflict.problem(facts, ['protocols'])];
}

function familiesOf(protocols: readonly string[]): readonly Family[] {
  return families.filter((family) => family.protocols.some((each) => protocols.includes(each)));
}

function withFamily(check: (document: JsonObject, family: Family) => Problem[]): Rule['check'] {
  return (document) => {
    const [family, another] = familiesOf(textsIn(document, 'protocols'));
    return family && !another ? check(document, family) : [];
  };
}

function missingMatch(document: JsonObject, family: Family): Problem[] {
  const protocols = textsIn(document, 'protocols');
  const namesServers = protocols.some((each) => withServerName.includes(each));
  const fields = family.matches.filter((field) => field !== 'snis' || namesServers);
  if (namesServers && !fields.includes('snis')) fields.push('snis');
  return present(document, fields).length > 0 ? [] : [routeWithoutMatch.problem({ protocols, fields })];
}

function forbiddenCriteria(document: JsonObject, family: Family): Problem[] {
  const instead = `Leave it out; such a route has ${family.matches.join(', ')}.`;
  const other = `protocols ${textsIn(document, 'protocols').join(', ')}`;
  return present(document, family.forbids).map((field) =>
    fieldsConflict.problem({ field, with: other, instead }, [field]),
  );
}

function serverNames(document: JsonObject): Problem[] {
  const protocols = textsIn(document, 'protocols');
  if (document['snis'] === undefined || protocols.some((each) => withServerName.includes(each))) return [];
  const instead = `Leave them out, or add one of ${withServerName.join(', ')}.`;
  return [
    fieldsConflict.problem({ field: 'snis', with: `protocols ${protocols.join(', ')}`, instead }, ['snis']),
  ];
}

function stripPath(document: JsonObject): Problem[] {
  if (document['strip_path'] !== true || !isGrpc(document['protocols'])) return [];
  const facts = { field: 'strip_path true', with: 'the protocols grpc and grpcs', instead: 'Make it false.' };
  return [fieldsConflict.problem(facts, ['strip_path'])];
}
