import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { toConnection } from '../../../foundation/graphql/connection.js';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { levelLoader } from '../../../foundation/graphql/level-loader.js';
import { askedList, type ListArguments } from '../../../foundation/graphql/list-arguments.js';
import { payload } from '../../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../../foundation/graphql/write-options.js';
import { mapPage } from '../../../foundation/postgres/list.js';
import { withCollection } from '../../gateway-config/index.js';
import { loadGroup, RuntimeGroupType } from '../../runtime-groups/index.js';
import { approveRequest, rejectRequest } from '../approvals/approval.commands.js';
import { requestsById, requestsOfPlans, requestsPage } from '../approvals/approval.queries.js';
import type { ApprovalRequest, PlanKey, PlannedTransition } from '../approvals/approval.js';
import {
  ApprovalRequestConnection,
  ApprovalRequestListArguments,
  ApprovalRequestPayload,
  ApprovalRequestType,
  ApproveRequestInput,
  PlannedApproval,
  PlannedTransitionType,
  RejectRequestInput,
} from './approval.graphql.js';
import { GroupPlan } from './lifecycle-payload.graphql.js';
import { ServiceType } from './service.graphql.js';
import { loadService } from './service.resolver.js';

function requestNode({ plan, requestedByName, requestedBy: _, ...request }: ApprovalRequest) {
  const { transitions, warnings } = plan;
  const changes = (plan.changes as unknown as readonly { readonly kind: string }[]).map(withCollection);
  return {
    ...request,
    ...{ __typename: 'ApprovalRequest' as const, requestedBy: requestedByName },
    ...{ transitions, warnings, changes },
  };
}

type RequestNode = ReturnType<typeof requestNode>;

/** Requests by id, all of a level by one statement; null for what is not there for the actor. */
export function loadRequest(context: GraphqlContext, id: string): Promise<RequestNode | null> {
  const loader = levelLoader(context, 'approval-request', async (ids) => {
    const requests = await context.ask(requestsById, ids);
    return requests.map((request) => (request ? requestNode(request) : null));
  });
  return loader.load(id);
}

function loadRequestOfPlan(context: GraphqlContext, plan: PlanKey): Promise<RequestNode | null> {
  const loader = levelLoader(context, 'approval-request of plan', async (keys) => {
    const plans = keys.map((key) => JSON.parse(key) as PlanKey);
    const requests = await context.ask(requestsOfPlans, plans);
    return requests.map((request) => (request ? requestNode(request) : null));
  });
  const { runtimeGroupId, planToken } = plan;
  return loader.load(JSON.stringify({ runtimeGroupId, planToken }));
}

/** Requests for approvals, and what is said to them. */
@Resolver(() => ApprovalRequestType)
export class ApprovalResolver {
  @Query(() => ApprovalRequestType, {
    nullable: true,
    description: 'One request for approvals, or null if there is none for you.',
  })
  approvalRequest(
    @Arg('id', () => ID, { description: 'The id of the request.' }) id: string,
    @Ctx() context: GraphqlContext,
  ) {
    return loadRequest(context, id);
  }

  @Query(() => ApprovalRequestConnection, {
    description: 'The requests for approvals in the runtime groups that you may see.',
  })
  async approvalRequests(
    @Args(() => ApprovalRequestListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return toConnection(mapPage(await context.ask(requestsPage, askedList(args, info)), requestNode));
  }

  @FieldResolver(() => RuntimeGroupType, { description: 'The runtime group.' })
  runtimeGroup(@Root() request: RequestNode, @Ctx() context: GraphqlContext) {
    return loadGroup(context, request.runtimeGroupId);
  }

  @Mutation(() => ApprovalRequestPayload, {
    description:
      'Agrees to a request of somebody else. Approvals of others by tokens that may be in the same hands count once.',
  })
  approveRequest(
    @Arg('input', () => ApproveRequestInput, inputArgument) input: ApproveRequestInput,
    @Ctx() context: GraphqlContext,
  ) {
    return decided(context, input, approveRequest);
  }

  @Mutation(() => ApprovalRequestPayload, {
    description: 'Says no to a request, which ends it. Who asked may take it back so, too.',
  })
  rejectRequest(
    @Arg('input', () => RejectRequestInput, inputArgument) input: RejectRequestInput,
    @Ctx() context: GraphqlContext,
  ) {
    return decided(context, input, rejectRequest);
  }
}

function decided(
  context: GraphqlContext,
  input: ApproveRequestInput | RejectRequestInput,
  command: typeof approveRequest,
): Promise<object> {
  return payload(async () => {
    const { id, comment } = input;
    const { result, revision } = await context.execute(
      command,
      { id, comment: comment ?? '' },
      writeOptions(input),
    );
    return { approvalRequest: await loadRequest(context, result.id), revision };
  });
}

@Resolver(() => PlannedTransitionType)
export class PlannedTransitionResolver {
  @FieldResolver(() => ServiceType, { nullable: true, description: 'The service; null if it is gone.' })
  service(@Root() { serviceId }: PlannedTransition, @Ctx() context: GraphqlContext) {
    return loadService(context, serviceId);
  }
}

@Resolver(() => GroupPlan)
export class PlannedApprovalResolver {
  @FieldResolver(() => PlannedApproval, { description: 'The approvals by others that it needs.' })
  async approval(
    @Root()
    plan: {
      readonly runtimeGroup: { readonly id: string };
      readonly planToken: string | null;
      readonly approvalsRequired: number;
    },
    @Ctx() context: GraphqlContext,
  ): Promise<PlannedApproval> {
    const { runtimeGroup, planToken, approvalsRequired: required } = plan;
    if (planToken === null || required === 0) return { required, missing: 0, request: null };
    const request = await loadRequestOfPlan(context, { runtimeGroupId: runtimeGroup.id, planToken });
    const given = request?.state === 'PENDING' || request?.state === 'APPROVED' ? request.given : 0;
    return { required, missing: Math.max(0, required - given), request };
  }
}
