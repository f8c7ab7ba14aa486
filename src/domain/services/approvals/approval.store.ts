import type { Visibility } from '../../../foundation/commands/command.js';
import { isId } from '../../../foundation/kernel/id.js';
import type { Reader, Transaction } from '../../../foundation/postgres/database.js';
import { list, mapPage, type ListPage, type ListRequest } from '../../../foundation/postgres/list.js';
import { statement } from '../../../foundation/postgres/statement.js';
import type { ApprovalRequest, ApprovalState, AskedPlan, Decision, PlanKey } from './approval.js';

interface ApprovalRow {
  readonly id: string;
  readonly runtime_group_id: string;
  readonly command: string;
  readonly plan_token: string;
  readonly plan: AskedPlan;
  readonly reason: string | null;
  readonly requested_by: string;
  readonly requested_by_name: string;
  readonly state: ApprovalState;
  readonly required: number;
  readonly given: number;
  readonly decisions: readonly (Omit<Decision, 'at'> & { readonly at: string })[];
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly closed_at: Date | null;
}

const requestFrom = `approval_request a
  join runtime_group g on g.id = a.runtime_group_id
  cross join lateral (
    select (count(*) filter (where d.verdict = 'APPROVED' and t.revoked_at is null))::int as given,
      coalesce(json_agg(json_build_object(
        'tokenId', d.token_id, 'actor', d.token_name, 'verdict', d.verdict, 'comment', d.comment, 'at', d.at,
        'isRevoked', t.revoked_at is not null
      ) order by d.at, d.token_id), '[]') as decisions
    from approval_decision d join access_token t on t.id = d.token_id where d.request_id = a.id
  ) said`;

/** Nothing of what it is about may have been touched since, not even to what it was. */
const state = `case
  when a.closed_as is not null then a.closed_as
  when a.expires_at <= clock_timestamp() then 'EXPIRED'
  when exists (
    select from stream_event e where e.subject_id = any(a.subjects) and (
      (e.topic = 'config' and e.scope_id = a.runtime_group_id and e.revision > a.config_revision)
      or (e.topic = 'services' and e.scope_id = g.organization_id and e.revision > a.services_revision))
  ) then 'STALE'
  when said.given >= g.approvals_required then 'APPROVED'
  else 'PENDING' end`;

const requestColumns = `a.id, a.runtime_group_id, a.command, a.plan_token, a.plan, a.reason, a.requested_by,
  a.requested_by_name, ${state} as state, g.approvals_required as required, said.given, said.decisions, a.created_at,
  a.expires_at, a.closed_at`;

function requestOf(row: ApprovalRow): ApprovalRequest {
  return {
    id: row.id,
    runtimeGroupId: row.runtime_group_id,
    command: row.command,
    planToken: row.plan_token,
    plan: row.plan,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedByName: row.requested_by_name,
    state: row.state,
    required: row.required,
    given: row.given,
    decisions: row.decisions.map((decision) => ({ ...decision, at: new Date(decision.at) })),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    closedAt: row.closed_at,
  };
}

const visible = (organization: string, group: string): string =>
  `g.organization_id = ${organization} and (${group}::uuid is null or g.id = ${group})`;

const byIds = statement(
  'approvals.by_ids',
  `select ${requestColumns} from ${requestFrom} where a.id = any($1::uuid[]) and ${visible('$2', '$3')}`,
);

/** The visible ones of the requests asked for, in any order. What is no id finds nothing. */
export async function findRequests(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  ids: readonly string[],
): Promise<ApprovalRequest[]> {
  const known = ids.filter(isId);
  if (known.length === 0) return [];
  return (await reader.rows<ApprovalRow>(byIds, [known, organizationId, runtimeGroupId])).map(requestOf);
}

const byPlans = statement(
  'approvals.by_plans',
  `select ${requestColumns} from unnest($1::uuid[], $2::text[]) as k(group_id, plan_token)
   cross join lateral (
     select * from approval_request r where r.runtime_group_id = k.group_id and r.plan_token = k.plan_token
     order by r.created_at desc, r.id desc limit 1
   ) a ${requestFrom.slice('approval_request a'.length)}`,
);

/** The last request for each of these plans, in any order; whoever asks sees the groups. */
export async function findRequestsOfPlans(
  reader: Reader,
  plans: readonly PlanKey[],
): Promise<ApprovalRequest[]> {
  const groupIds = plans.map(({ runtimeGroupId }) => runtimeGroupId);
  const tokens = plans.map(({ planToken }) => planToken);
  return (await reader.rows<ApprovalRow>(byPlans, [groupIds, tokens])).map(requestOf);
}

const inGroup = statement(
  'approvals.in_group',
  `select ${requestColumns} from ${requestFrom} where a.runtime_group_id = $1 order by a.id`,
);

/** All requests of a group. */
export async function findRequestsInGroup(
  reader: Reader,
  runtimeGroupId: string,
): Promise<ApprovalRequest[]> {
  return (await reader.rows<ApprovalRow>(inGroup, [runtimeGroupId])).map(requestOf);
}

const requests = {
  name: 'approvals.page',
  from: requestFrom,
  select: requestColumns,
  id: 'a.id',
  where: visible('$1', '$2'),
  columns: {
    id: { sql: 'a.id', type: 'uuid', required: true },
    state: { sql: state, type: 'text', required: true },
    runtimeGroupId: { sql: 'a.runtime_group_id', type: 'uuid', required: true },
    command: { sql: 'a.command', type: 'text', required: true },
    requestedBy: { sql: 'a.requested_by_name', type: 'text', required: true },
    createdAt: { sql: 'a.created_at', type: 'timestamp', required: true },
    expiresAt: { sql: 'a.expires_at', type: 'timestamp', required: true },
  },
} as const;

/** A page of the requests that may be seen. */
export async function listRequests(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  request: ListRequest,
): Promise<ListPage<ApprovalRequest>> {
  const fixed = [organizationId, runtimeGroupId];
  const [page] = await list<ApprovalRow>(reader, requests, { ...request, fixed });
  return mapPage(page as ListPage<ApprovalRow>, requestOf);
}

/** What is stored of a new request. */
export type NewRequest = Pick<
  ApprovalRequest,
  'id' | 'runtimeGroupId' | 'command' | 'planToken' | 'plan' | 'reason' | 'requestedBy' | 'requestedByName'
> & {
  /** Everything that the plan is about, and the revisions that it was made at. */
  readonly subjects: readonly string[];
  readonly configRevision: number;
  readonly servicesRevision: number;
  readonly expiresAfterSeconds: number;
};

const insert = statement(
  'approvals.insert',
  `insert into approval_request (id, runtime_group_id, command, plan_token, plan, subjects, config_revision,
     services_revision, reason, requested_by, requested_by_name, expires_at)
   values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11, clock_timestamp() + make_interval(secs => $12))`,
);

export async function insertRequest(tx: Transaction, request: NewRequest): Promise<void> {
  await tx.rows(insert, [
    ...[request.id, request.runtimeGroupId, request.command, request.planToken],
    ...[JSON.stringify(request.plan), request.subjects, request.configRevision, request.servicesRevision],
    ...[request.reason, request.requestedBy, request.requestedByName, request.expiresAfterSeconds],
  ]);
}

const insertDecision = statement(
  'approvals.decide',
  `insert into approval_decision (request_id, token_id, token_name, verdict, comment) values ($1, $2, $3, $4, $5)
   on conflict (request_id, token_id) do update set verdict = excluded.verdict, comment = excluded.comment,
     at = excluded.at`,
);

/** Keeps what somebody said to a request, in the place of what they said before. */
export async function putDecision(
  tx: Transaction,
  requestId: string,
  decision: Pick<Decision, 'tokenId' | 'actor' | 'verdict' | 'comment'>,
): Promise<void> {
  const { tokenId, actor, verdict, comment } = decision;
  await tx.rows(insertDecision, [requestId, tokenId, actor, verdict, comment]);
}

const close = statement(
  'approvals.close',
  'update approval_request set closed_as = $2, closed_at = clock_timestamp() where id = $1',
);

/** Ends a request for good. */
export async function closeRequest(
  tx: Transaction,
  id: string,
  as: Extract<ApprovalState, 'REJECTED' | 'SPENT'>,
): Promise<void> {
  await tx.rows(close, [id, as]);
}
