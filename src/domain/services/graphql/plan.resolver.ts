import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { instanceNode, instancePages } from '../../instances/index.js';
import { newerPlugins, whyNot, type PlannedChange } from '../compatibility.js';
import { AffectedInstances, GroupPlan } from './lifecycle-payload.graphql.js';

/** How many instances of a group are looked at. */
const mostLookedAt = 200;

@Resolver(() => GroupPlan)
export class PlanResolver {
  @FieldResolver(() => AffectedInstances, {
    description: 'The instances that run, or will run, this; and those that cannot.',
  })
  async instances(
    @Root()
    plan: { readonly runtimeGroup: { readonly id: string }; readonly changes: readonly PlannedChange[] },
    @Ctx() context: GraphqlContext,
  ): Promise<AffectedInstances> {
    const [page] = await context.ask(instancePages, {
      ...{ groupIds: [plan.runtimeGroup.id], filter: null, totalCount: true },
      orderBy: [{ field: 'lastSeenAt', direction: 'DESC' }],
      page: { first: mostLookedAt },
    });
    const plugins = newerPlugins(plan.changes);
    const incompatible = (page?.rows ?? []).flatMap((instance) => {
      const reason = whyNot(instance.runtimeVersion, plugins);
      return reason === null ? [] : [{ runtimeInstance: instanceNode(instance), reason }];
    });
    return { total: page?.totalCount ?? 0, incompatible };
  }
}
