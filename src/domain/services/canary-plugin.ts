import type { Json } from '../../foundation/kernel/json.js';
import { amendEverywhere } from './amend-plugins.js';
import type { Implementation } from './implementation.js';
import type { Canary, CanaryCondition } from './runtime-configuration.js';

/** The implementation of whose requests a part goes to the canary's upstream. It runs before what else is in the phase. */
export function withCanary(implementation: Implementation, canary: Canary, upstream: string): Implementation {
  const code = canaryCode(canary, upstream);
  return amendEverywhere(implementation, 'pre-function', (config) => ({
    ...config,
    access: [code, ...((config['access'] ?? []) as readonly Json[])],
  }));
}

/**
 * What the gateway runs for each request. Everything in it that somebody typed is printable ASCII in a quoted string
 * (`isPlain`), so that nothing can become code.
 */
function canaryCode({ conditions, weight }: Canary, upstream: string): string {
  const tests = [
    ...conditions.map((condition) => `not (${testOf(condition)})`),
    ...(weight < 100 ? [`math.random() * 100 >= ${weight}`] : []),
  ];
  return [
    '-- Canary: made by Signalbox',
    ...(conditions.some(({ source }) => source === 'COOKIE') ? [cookieFunction] : []),
    ...tests.map((test) => `if ${test} then return end`),
    `kong.service.set_upstream(${quoted(upstream)})`,
  ].join('\n');
}

const cookieFunction = `local function cookie(name)
  for key, value in (";" .. (kong.request.get_header("cookie") or "")):gmatch("[;%s]+([^=;%s]+)=([^;]*)") do
    if key == name then return value end
  end
end`;

function testOf({ source, name, value }: CanaryCondition): string {
  const found = `${readers[source]}(${quoted(name)})`;
  return value === null ? `${found} ~= nil` : `${found} == ${quoted(value)}`;
}

const readers = {
  HEADER: 'kong.request.get_header',
  COOKIE: 'cookie',
  QUERY: 'kong.request.get_query_arg',
} as const;

/** True for text that can stand in the code: printable ASCII. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
