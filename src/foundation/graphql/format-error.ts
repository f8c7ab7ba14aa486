import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import { Refusal, type RefusalKind } from '../kernel/refusal.js';
import type { Logger } from '../log/log.js';
import { DefectLog } from './defect-log.js';
import { databaseRefusalIn } from '../postgres/database-refusal.js';

/**
 * Turns whatever was thrown into what a client is told, and logs it once. Refusals keep their sentence and their stable
 * code; faults of the database that pass by themselves become `UNAVAILABLE`, those that the input is to blame for `BAD_USER_INPUT`; GraphQL's own complaints about a request
 * stay as they are; of anything else a client learns an error id, which is in the log beside the stack. Never throws.
 */
export type FormatError = (error: unknown) => GraphQLFormattedError;

/** The one place where errors are given the form that they have on the wire, over whatever transport. */
export function makeFormatError(log: Logger): FormatError {
  const defects = new DefectLog(log);
  const told = new WeakSet<Refusal>();
  return (error) => {
    const refusal = refusalIn(error);
    if (refusal) {
      if (!told.has(refusal)) log[faces[refusal.kind].level](entryOf(error, refusal), refusal.message);
      told.add(refusal);
      return { ...placeOf(error), message: refusal.message, extensions: extensionsOf(refusal) };
    }
    const code = codeOf(error);
    if (code !== undefined) return complaint(error as GraphQLError, code, log);
    const errorId = defects.record(causeOf(error), placeOf(error).path);
    const extensions = { code: defectCode, errorId };
    return { ...placeOf(error), message: `Something broke here. The error's id is ${errorId}.`, extensions };
  };
}

/** How a kind of refusal looks from outside: its GraphQL code, its HTTP status before execution, its log level. */
interface Face {
  readonly code: string;
  readonly status: number;
  readonly level: 'debug' | 'info' | 'warn';
}

const faces: Readonly<Record<RefusalKind, Face>> = {
  invalid: { code: 'BAD_USER_INPUT', status: 400, level: 'debug' },
  unauthenticated: { code: 'UNAUTHENTICATED', status: 401, level: 'info' },
  denied: { code: 'FORBIDDEN', status: 403, level: 'info' },
  missing: { code: 'NOT_FOUND', status: 404, level: 'debug' },
  conflict: { code: 'CONFLICT', status: 409, level: 'debug' },
  compacted: { code: 'REVISION_COMPACTED', status: 410, level: 'info' },
  unavailable: { code: 'UNAVAILABLE', status: 503, level: 'warn' },
};

const defectCode = 'INTERNAL_SERVER_ERROR';

/** The code that a client is told, without telling it. */
export function codeFor(error: unknown): string {
  const refusal = refusalIn(error);
  return refusal ? faces[refusal.kind].code : (codeOf(error) ?? defectCode);
}

/** The head of the HTTP response to a request that came to nothing. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

/** The head that an error asks for: the one it was given by `requestError`, or the one of its kind. */
export function responseHeadFor(error: unknown): ResponseHead {
  if (error instanceof GraphQLError && error.extensions['http'])
    return error.extensions['http'] as ResponseHead;
  const refusal = refusalIn(error);
  if (!refusal) return { status: 500, headers: new Map() };
  return { status: faces[refusal.kind].status, headers: headersFor(refusal) };
}

/** A failure as an error that ends a whole request, over HTTP with the head of its kind or with the one given. */
export function requestError(error: unknown, head?: ResponseHead): GraphQLError {
  return new GraphQLError(error instanceof Error ? error.message : String(error), {
    originalError: error instanceof Error ? error : new Error(String(error)),
    extensions: { http: head ?? responseHeadFor(error) },
  });
}

/** A failure as an error of GraphQL, for those who accept nothing else. */
export function toGraphqlError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : requestError(error);
}

/** What GraphQL itself, or in its place we, have against a request, under a code. */
export function complaintOf(error: Error & Partial<GraphQLError>, code: string): GraphQLError {
  const { nodes = null, source = null, positions = null, originalError = null, extensions } = error;
  return new GraphQLError(error.message, {
    ...{ nodes, source, positions, originalError },
    extensions: { ...extensions, code },
  });
}

/** The refusal that an error is, carries, or amounts to, if any. */
function refusalIn(error: unknown): Refusal | undefined {
  const cause = causeOf(error);
  return cause instanceof Refusal ? cause : databaseRefusalIn(cause);
}

/** What GraphQL wrapped, however often: at last the error that was thrown. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}

function entryOf(error: unknown, refusal: Refusal): object {
  const { path } = placeOf(error);
  const cause = causeOf(error);
  return {
    reason: refusal.code,
    ...(path && { path: path.join('.') }),
    ...(cause !== refusal && cause instanceof Error && { fault: cause.message }),
  };
}

function extensionsOf(refusal: Refusal): Record<string, unknown> {
  const { code } = faces[refusal.kind];
  const problems = refusal.problems.map((problem) => ({ ...problem, path: [...problem.path] }));
  const retry = refusal.kind === 'unavailable' && { retryable: true, retryAfterMs: retryAfterMs(refusal) };
  return { code, reason: refusal.code, problems, ...retry };
}

function retryAfterMs(refusal: Refusal): number {
  const asked = refusal.facts['retryAfterMs'];
  return typeof asked === 'number' ? asked : 1_000;
}

function headersFor(refusal: Refusal): ReadonlyMap<string, string> {
  if (refusal.kind === 'unauthenticated') return new Map([['www-authenticate', 'Bearer']]);
  if (refusal.kind !== 'unavailable') return new Map();
  return new Map([['retry-after', String(Math.ceil(retryAfterMs(refusal) / 1_000))]]);
}

/** Where in the document, and where in the answer. */
function placeOf(error: unknown): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  if (!(error instanceof GraphQLError)) return {};
  const { locations, path } = error;
  return { ...(locations && { locations }), ...(path && { path }) };
}

/** The code of GraphQL's own complaints: the one given, or the one of a wrong value. None: it is a defect. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { code } = error.extensions;
  if (typeof code === 'string') return code === defectCode ? undefined : code;
  return isAboutValue(error) ? 'BAD_USER_INPUT' : undefined;
}

/** GraphQL points at the value, or at its variable, if that is at fault; at the field if what it resolved to is. */
function isAboutValue({ nodes }: GraphQLError): boolean {
  const kind = nodes?.[0]?.kind;
  return kind !== undefined && kind !== Kind.FIELD && kind !== Kind.OPERATION_DEFINITION;
}

function complaint(error: GraphQLError, code: string, log: Logger): GraphQLFormattedError {
  log.debug({ reason: code }, error.message);
  const { http: _http, stacktrace: _stacktrace, ...extensions } = error.extensions;
  return { ...placeOf(error), message: error.message, extensions: { ...extensions, code } };
}
