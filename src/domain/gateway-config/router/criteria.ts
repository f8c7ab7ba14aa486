import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { isObject } from '../reading.js';
import { textsIn } from '../kinds/rule.js';
import type { Candidate, RouterRoute } from './candidate.js';
import { isRegex } from './candidate.js';
import { EffortSpent, findMatch, linearRegex, RegexFault, type Effort } from './linear-regex/index.js';
import { endpointsIn, type Endpoint } from './rank.js';
import { headerKey, splitPort, type ConnectionEnd, type ReadRequest } from './request.js';

/** What a route can ask of a request; and that gateways have it, which they do not if its gateway service is off. */
export type Criterion =
  'gateway_service' | 'snis' | 'sources' | 'destinations' | 'methods' | 'hosts' | 'paths' | 'headers';

/** A criterion that the request does not meet, and in which way, as a sentence. */
export interface Failure {
  readonly criterion: Criterion;
  readonly message: string;
}

/** The answer to one criterion: met, by a part of the path if it is about paths; or why not. */
type Answer = { readonly part?: string | undefined } | string;

/** How a candidate compares with a request: the part of the path that it matched, and what it fails. */
export interface Comparison {
  readonly matchedPath: string | undefined;
  readonly failures: readonly Failure[];
}

/** Asks every criterion of a candidate. */
export function compare(candidate: Candidate<RouterRoute>, request: ReadRequest, effort: Effort): Comparison {
  const asked = request.isStream ? ofStreams : ofRequests;
  const { absentBecause: message } = candidate.route;
  const failures: Failure[] = message === undefined ? [] : [{ criterion: 'gateway_service', message }];
  let matchedPath: string | undefined;
  for (const criterion of asked) {
    const answer = checks[criterion](candidate, request, effort);
    if (typeof answer === 'string') failures.push({ criterion, message: answer });
    else if (answer?.part !== undefined) matchedPath = answer.part;
  }
  return { matchedPath, failures };
}

type Asked = Exclude<Criterion, 'gateway_service'>;

const ofStreams: readonly Asked[] = ['snis', 'sources', 'destinations'];
const ofRequests: readonly Asked[] = ['snis', 'methods', 'hosts', 'headers', 'paths'];

/** Asks one criterion. What a candidate does not say anything about is met. */
type Check = (candidate: Candidate<RouterRoute>, request: ReadRequest, effort: Effort) => Answer | undefined;

const checks: Readonly<Record<Asked, Check>> = {
  snis: ({ route }, { isEncrypted, isStream, sni }) => {
    // A stream whose client names no server is not known to be TLS.
    const isAsked = isStream ? sni !== undefined : isEncrypted;
    if (!isAsked) return {};
    const named = sni === undefined ? 'the client names no server' : `the client names the server ${sni}`;
    return oneOf(textsIn(route.document, 'snis'), (each) => isServer(each, sni), named);
  },
  sources: ({ route }, { source }) => endAmong(endpointsIn(route.document, 'sources'), source, 'comes from'),
  destinations: ({ route }, { destination }) =>
    endAmong(endpointsIn(route.document, 'destinations'), destination, 'goes to'),
  methods: ({ route }, { method }) =>
    oneOf(textsIn(route.document, 'methods'), (each) => each === method, `the method is ${method}`),
  hosts: ({ route }, { host, destination }) =>
    oneOf(
      textsIn(route.document, 'hosts'),
      (each) => isHost(each, host, destination.port),
      `the host is ${host === '' ? 'empty' : host}, at port ${destination.port}`,
    ),
  headers: ({ route }, { headers }, effort) => headersMatch(route, headers, effort),
  paths: ({ paths }, { path }, effort) => pathAmong(paths, path, effort),
};

function oneOf(wanted: readonly string[], isIt: (each: string) => boolean, received: string): Answer {
  if (wanted.length === 0 || wanted.some(isIt)) return {};
  return `${received}, not ${listed(wanted)}`;
}

const mostListed = 5;

/** Values as people list them. */
function listed(values: readonly string[]): string {
  const told = values.slice(0, mostListed).join(' or ');
  return values.length > mostListed ? `${told} (or ${values.length - mostListed} more)` : told;
}

function isServer(wanted: string, sni: string | undefined): boolean {
  if (sni === undefined) return false;
  if (wanted.endsWith('*')) return sni.startsWith(wanted.slice(0, -1));
  const name = wanted.length > 1 ? wanted.replace(/\.$/, '') : wanted;
  return name.startsWith('*') ? sni.endsWith(name.slice(1)) : sni === name;
}

function isHost(wanted: string, host: string, port: number | undefined): boolean {
  const { host: name, port: wantedPort } = splitPort(wanted);
  if (wantedPort !== undefined && wantedPort !== port) return false;
  if (name.startsWith('*')) return host.endsWith(name.slice(1));
  return name.endsWith('*') ? host.startsWith(name.slice(0, -1)) : host === name;
}

function endAmong(wanted: readonly Endpoint[], { ip, port }: ConnectionEnd, direction: string): Answer {
  const isIt = (end: Endpoint): boolean =>
    (end.ip === undefined || (ip !== undefined && isAddress(end.ip, ip))) &&
    (end.port === undefined || end.port === port);
  const texts = wanted.map((end) => [end.ip, end.port].filter((part) => part !== undefined).join(' port '));
  const received = `the connection ${direction} ${ip ?? 'an unknown address'} port ${port ?? 'unknown'}`;
  return wanted.length === 0 || wanted.some(isIt) ? {} : `${received}, not ${listed(texts)}`;
}

/** True for an address that is this one, or in this range. */
function isAddress(wanted: string, ip: string): boolean {
  const [address = '', bits] = wanted.split('/');
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (family === 'ipv4' ? !isIPv4(ip) : !isIPv6(ip)) return false;
  const range = new BlockList();
  range.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  return range.check(ip, family);
}

function headersMatch(
  { document }: RouterRoute,
  headers: ReadRequest['headers'],
  effort: Effort,
): Answer | undefined {
  if (!isObject(document['headers'])) return undefined;
  for (const [name, values] of Object.entries(document['headers'])) {
    const wanted = values as readonly string[];
    const given = headers.get(headerKey(name)) ?? [];
    const answer = firstAnswer(wanted, (value) => headerIs(value, given, effort));
    const received = given.length === 0 ? 'is absent' : `is ${listed(given)}`;
    if (answer === undefined) return `the header ${name} ${received}, not ${listed(wanted)}`;
    if (typeof answer === 'string') return answer;
  }
  return {};
}

/** A header value that begins with “~*” is a regular expression. Gateways lower the case of it as of all values. */
function headerIs(wanted: string, given: readonly string[], effort: Effort): Answer | undefined {
  const lower = wanted.toLowerCase();
  if (!wanted.startsWith('~*')) return given.includes(lower) ? {} : undefined;
  return firstAnswer(given, (value) => expressionIn(lower.slice(2), value, effort));
}

function pathAmong(paths: readonly string[], path: string, effort: Effort): Answer | undefined {
  if (paths.length === 0) return undefined;
  const answer = firstAnswer(paths, (wanted) => {
    // Gateways put the anchor before the whole, so of several alternatives only the first is anchored.
    if (isRegex(wanted)) return expressionIn(`^${wanted.slice(1)}`, path, effort);
    return path.startsWith(wanted) ? { part: wanted } : undefined;
  });
  return answer ?? `the path ${shortened(path)} is not ${listed(paths)}`;
}

/** The part of the text that an expression matches; a sentence, if it cannot be asked. */
function expressionIn(pattern: string, text: string, effort: Effort): Answer | undefined {
  try {
    const regex = linearRegex(pattern, effort);
    const part = findMatch(regex, text, effort);
    return part === undefined ? undefined : { part };
  } catch (error) {
    if (error instanceof EffortSpent)
      return `${pattern} was not tried: the regular expressions take too long`;
    if (!(error instanceof RegexFault)) throw error;
    return `gateways drop this, because they cannot compile ${pattern}: ${error.message}`;
  }
}

/**
 * The first answer that is not "no". One that cannot be compiled makes the whole fail, as a gateway drops the whole.
 */
function firstAnswer(
  wanted: readonly string[],
  ask: (each: string) => Answer | undefined,
): Answer | undefined {
  const answers = wanted.map(ask);
  return answers.find((each) => typeof each === 'string') ?? answers.find((each) => each !== undefined);
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
