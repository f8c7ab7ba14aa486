import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const entityNotFound = defineRefusal(
  'ENTITY_NOT_FOUND',
  'missing',
  (facts: { typeName: string; id: string }) => `There is no ${facts.typeName} with the id ${facts.id}.`,
);

export const idTaken = defineRefusal(
  'ID_TAKEN',
  'conflict',
  (facts: { id: string }) => `The id ${facts.id} is in use. Leave the id out, and one is made.`,
);

export const idInvalid = defineRefusal(
  'ID_INVALID',
  'invalid',
  (facts: { id: string }) =>
    `“${facts.id}” is not an id. Ids are UUIDs, as 01890a5d-ac96-774b-bcce-b302099a8057.`,
);

export const keyTaken = defineRefusal(
  'KEY_TAKEN',
  'conflict',
  (facts: { typeName: string; key: string; holder: string }) =>
    `There is already a ${facts.typeName} with ${facts.key} in this runtime group (${facts.holder}).`,
);

export const referenceNotFound = defineRefusal(
  'REFERENCE_NOT_FOUND',
  'invalid',
  (facts: { field: string; typeName: string; id: string }) =>
    `${facts.field} refers to the ${facts.typeName} ${facts.id}, which is not in this runtime group. References never cross from one group to another.`,
);

export const requestInvalid = defineRefusal(
  'REQUEST_INVALID',
  'invalid',
  (facts: { field: string; must: string }) =>
    `This is no request that a gateway could get: ${facts.field} must ${facts.must}.`,
);

export const stillReferred = defineRefusal(
  'STILL_REFERRED_TO',
  'conflict',
  (facts: { entity: string; referrers: readonly string[]; more: number }) =>
    `${facts.entity} is still referred to by ${facts.referrers.join(', ')}${facts.more > 0 ? ` and ${facts.more} more` : ''}. Delete or change those first, or pass cascade: true to delete them too.`,
);

export const entityOwned = defineRefusal(
  'ENTITY_OWNED',
  'conflict',
  (facts: { typeName: string; id: string; owner: string }) =>
    `The ${facts.typeName} ${facts.id} belongs to ${facts.owner}. Change it there: what is changed directly would be lost with the next publication.`,
);

export const kindUnknown = defineRefusal(
  'KIND_UNKNOWN',
  'invalid',
  (facts: { kind: string; known: readonly string[] }) =>
    `“${facts.kind}” is no kind of thing that is known here. Known are ${facts.known.join(', ')}.`,
);
