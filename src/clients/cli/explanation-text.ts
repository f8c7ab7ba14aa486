import type { ExplainRouteQuery } from '../sdk/generated.js';
import { tableText } from './table.js';
import type { Paint } from './terminal.js';

type Explained = ExplainRouteQuery['explainRoute'];

/** What becomes of a request, for people: what happens, with what, and what was passed over. */
export function explanationText(explained: Explained, paint: Paint): string {
  const { outcome, message, otherRoutes, otherRoutesTotal } = explained;
  const facts = factsOf(explained).map(([what, value]) => `${paint('dim', what.padEnd(10))}${value}`);
  const plugins = pluginRows(explained);
  const parts = [
    [paint(outcome === 'FORWARDED' ? 'green' : 'yellow', message), ...facts].join('\n'),
    plugins.length > 0 ? tableText(['PLUGIN', 'RUNS', 'FOR'], plugins) : '',
    otherRoutes.length > 0 ? tableText(['OTHER ROUTE', 'WHY NOT'], otherRoutes.map(otherRow)) : '',
    otherRoutesTotal > otherRoutes.length ? `${otherRoutesTotal - otherRoutes.length} more routes` : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

interface Named {
  readonly id: string;
  readonly name: string | null;
}

function nameOf({ id, name }: Named): string {
  return name ?? id;
}

function factsOf({ route, gatewayService, upstreamRequest, targets, status }: Explained): [string, string][] {
  const facts: [string, string][] = [];
  if (status !== null) facts.push(['status', String(status)]);
  if (route) facts.push(['route', nameOf(route)]);
  if (gatewayService) facts.push(['service', nameOf(gatewayService)]);
  if (upstreamRequest) {
    facts.push(['calls', upstreamRequest.url]);
    if (upstreamRequest.host !== null) facts.push(['host', upstreamRequest.host]);
    facts.push(...upstreamRequest.notes.map((note): [string, string] => ['note', note]));
  }
  facts.push(
    ...targets.map(({ target, share }): [string, string] => [
      'target',
      `${target.target}  ${percent(share)}`,
    ]),
  );
  return facts;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function pluginRows({ plugins }: Explained): string[][] {
  return [
    ...plugins.running.map(({ plugin, position, scope }) => [
      plugin.name,
      String(position),
      words(scope.join(' and ')) || 'everything',
    ]),
    ...plugins.passedOver.map(({ plugin, because }) => [plugin.name, 'no', words(because)]),
  ];
}

function otherRow({ route, failures, beatenBy }: Explained['otherRoutes'][number]): string[] {
  const why = beatenBy === null ? failures.map(({ message }) => message) : [comesAfter[beatenBy]];
  return [nameOf(route), why.join('; ')];
}

function words(text: string): string {
  return text.toLowerCase().replaceAll('_', ' ');
}

type Priority = NonNullable<Explained['otherRoutes'][number]['beatenBy']>;

const comesAfter: Readonly<Record<Priority, string>> = {
  SERVER_NAME: 'matches, but has no server names',
  SOURCE: 'matches, but its sources are less precise',
  DESTINATION: 'matches, but its destinations are less precise',
  CRITERIA: 'matches, but has fewer sorts of criteria',
  PLAIN_HOSTS: 'matches, but its hosts have a “*”, or there are none',
  HEADERS: 'matches, but asks for fewer headers',
  REGEX: 'matches, but its path is no regular expression',
  REGEX_PRIORITY: 'matches, but its regex_priority is lower',
  PATH_LENGTH: 'matches, but its path is shorter',
  ID: 'matches, and is alike, but the router has a smaller id for it',
};
