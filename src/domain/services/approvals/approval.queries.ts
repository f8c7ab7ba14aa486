import type { Query } from '../../../foundation/commands/command.js';
import type { ListPage, ListRequest } from '../../../foundation/postgres/list.js';
import { organizationWide } from '../../runtime-groups/index.js';
import type { ApprovalRequest, PlanKey } from './approval.js';
import { findRequests, findRequestsOfPlans, listRequests } from './approval.store.js';

/** Requests by their ids, one answer for each; nothing for those that are not there for the actor. */
export const requestsById: Query<readonly string[], (ApprovalRequest | undefined)[]> = {
  name: 'services.approval-requests-by-id',
  action: 'service:read',
  scope: organizationWide,
  run: async (reader, ids, { visibility }) => {
    const found = await findRequests(reader, visibility, ids);
    const requests = new Map(found.map((request) => [request.id, request]));
    return ids.map((id) => requests.get(id.toLowerCase()));
  },
};

/** The last request for each of these plans, of groups that were seen already. */
export const requestsOfPlans: Query<readonly PlanKey[], (ApprovalRequest | undefined)[]> = {
  name: 'services.approval-requests-of-plans',
  action: 'service:read',
  scope: organizationWide,
  run: async (reader, plans) => {
    const found = await findRequestsOfPlans(reader, plans);
    return plans.map((plan) =>
      found.find(
        ({ runtimeGroupId, planToken }) =>
          runtimeGroupId === plan.runtimeGroupId && planToken === plan.planToken,
      ),
    );
  },
};

/** A page of the requests that the actor may see. */
export const requestsPage: Query<ListRequest, ListPage<ApprovalRequest>> = {
  name: 'services.approval-requests-page',
  action: 'service:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listRequests(reader, visibility, request),
};
