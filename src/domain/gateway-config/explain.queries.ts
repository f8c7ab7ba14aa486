import { isIP } from 'node:net';
import type { Query } from '../../foundation/commands/command.js';
import { getGroup, type Moment } from '../runtime-groups/index.js';
import { readEntitiesAt, readEntitiesOfKinds } from './config-entity.store.js';
import { decidingKinds, explain, type Explanation } from './explain.js';
import { requestInvalid } from './gateway-config.refusals.js';
import type { GatewayRequest } from './router/request.js';

/** A request to the gateways of a group, now or at a moment. */
export interface ExplainRoute {
  readonly runtimeGroupId: string;
  readonly request: GatewayRequest;
  /** Absent: now. */
  readonly moment?: Moment | undefined;
}

/** What becomes of a request, by one statement beside the one that finds the group. */
export const explainRoute: Query<ExplainRoute, Explanation> = {
  name: 'gateway-config.explain',
  action: 'config:read',
  scope: async (reader, { runtimeGroupId }, actor) => {
    const { id, organizationId } = await getGroup(reader, runtimeGroupId, actor);
    return { organizationId, runtimeGroupId: id };
  },
  run: async (reader, { runtimeGroupId, request, moment }) => {
    refuseUnreal(request);
    const entities = moment
      ? await readEntitiesAt(reader, moment.runtimeGroupId, moment.revision, decidingKinds)
      : await readEntitiesOfKinds(reader, runtimeGroupId.toLowerCase(), decidingKinds);
    return explain(entities, request);
  },
};

const longest = 4096;
const mostHeaders = 100;

/** What may be asked is bounded, because it is compared with every route. */
function refuseUnreal(request: GatewayRequest): void {
  const { path, headers, sourceIp, destinationIp } = request;
  refuseUnless(path.startsWith('/'), 'path', 'start with “/”');
  refuseUnless(path.length <= longest, 'path', `be at most ${longest} characters long`);
  refuseUnless(headers.length <= mostHeaders, 'headers', `be at most ${mostHeaders}`);
  const lengths = headers.map(({ name, value }) => name.length + value.length);
  refuseUnless(Math.max(0, ...lengths) <= longest, 'headers', `be at most ${longest} characters long`);
  refuseUnless(isAddress(sourceIp), 'sourceIp', 'be an IP address');
  refuseUnless(isAddress(destinationIp), 'destinationIp', 'be an IP address');
}

function refuseUnless(holds: boolean, field: string, must: string): void {
  if (!holds) throw requestInvalid({ field, must }, ['request', field]);
}

function isAddress(ip: string | undefined): boolean {
  return ip === undefined || isIP(ip) !== 0;
}
