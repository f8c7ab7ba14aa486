import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { Document, Kind } from './kind.js';
import { normalise, type Normalised } from './document.js';
import { isHidden, mapSecrets, withKnownSecrets } from './secrets.js';

/**
 * The fields of a change with what the caller leaves to the control plane: hidden secrets are the ones that are there, and
 * what the kind generates is made where it is open. A new entity leaves open what it does not have; a replaced one keeps
 * what it had, so that the same file again changes nothing; an update asks for a new value with null.
 */
export function givenFields(
  kind: Kind,
  change: { readonly is: 'create' | 'update' | 'replace'; readonly fields: JsonObject },
  current?: Document,
): JsonObject {
  const fields = current ? withKnownSecrets(kind, change.fields, current) : change.fields;
  const kept = change.is === 'replace' ? current : undefined;
  const filled = generatedFields(kind, fields, change.is).map((name): [string, Json] => [
    name,
    kept?.[name] ?? kind.generate?.[name]?.() ?? null,
  ]);
  return filled.length === 0 ? fields : { ...fields, ...Object.fromEntries(filled) };
}

/** The fields that a change with these fields leaves for the control plane to generate. */
export function generatedFields(
  kind: Kind,
  fields: JsonObject,
  change: 'create' | 'update' | 'replace',
): readonly string[] {
  return Object.keys(kind.generate ?? {}).filter((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return value === null || (value === undefined && change !== 'update');
  });
}

/** What an input stands for before it is known which entity it is about. */
export interface NormalisedOpen extends Normalised {
  /** True where nothing was left open, so that the document is what it will be for whatever entity it is. */
  readonly isClosed: boolean;
}

/**
 * The document that an input stands for, as far as that can be said before it is known which entity it is about: secrets
 * that are hidden stay so, and what would be generated is absent. Everything else is checked.
 */
export function normaliseOpen(kind: Kind, input: JsonObject): NormalisedOpen {
  const open = generatedFields(kind, input, 'replace');
  const filled = mapSecrets(kind, input, (secret) => (isHidden(secret) ? standInFor(secret) : secret));
  if (open.length === 0 && filled === input) return { ...normalise(kind, input), isClosed: true };
  const shut = open.map((name) => [name, standInFor('')] as const);
  const { document, problems } = normalise(kind, { ...filled, ...Object.fromEntries(shut) });
  const hidden = mapSecrets(kind, document, (secret) =>
    typeof secret === 'string' ? (standIn.exec(secret)?.[1] ?? secret) : secret,
  );
  const left = Object.entries(hidden).filter(([name]) => !open.includes(name));
  return { document: Object.fromEntries(left), problems, isClosed: false };
}

/** Text that every secret may be, whatever it is checked for, and that none is. */
function standInFor(hidden: string): string {
  return `{vault://***/${hidden}}`;
}

const standIn = /^\{vault:\/\/\*{3}\/(.*)\}$/;
