import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { levelLoader } from '../../../foundation/graphql/level-loader.js';
import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import { needsOf, whyNot } from '../../gateway-config/index.js';
import { instanceClasses, type InstanceClass } from '../../instances/index.js';
import { AffectedInstances, GroupPlan } from './lifecycle-payload.graphql.js';

interface Plan {
  readonly runtimeGroup: { readonly id: string };
  readonly changes: readonly { readonly kind: string; readonly after: Json }[];
}

@Resolver(() => GroupPlan)
export class PlanResolver {
  @FieldResolver(() => AffectedInstances, {
    description: 'The instances that run, or will run, this; and those that cannot.',
  })
  async instances(@Root() plan: Plan, @Ctx() context: GraphqlContext): Promise<AffectedInstances> {
    const classes = await loadClasses(context, plan.runtimeGroup.id);
    const needs = needsOf(plan.changes.flatMap(({ kind, after }) => entityOf(kind, after)));
    const incompatible = classes.flatMap(({ runtimeVersion, ...rest }) => {
      const reason = whyNot(runtimeVersion, needs);
      return reason === null ? [] : [{ runtimeVersion: runtimeVersion ?? '', reason, ...rest }];
    });
    const unknown = classes.filter(({ runtimeVersion }) => runtimeVersion === null);
    return { total: countIn(classes), versionUnknown: countIn(unknown), incompatible };
  }
}

/** The instances of a group, those of all groups of a level by one statement. */
function loadClasses(context: GraphqlContext, groupId: string): Promise<readonly InstanceClass[]> {
  return levelLoader(context, 'instance classes of group', (ids) => context.ask(instanceClasses, ids)).load(
    groupId,
  );
}

function entityOf(
  kind: string,
  after: Json,
): readonly { readonly kind: string; readonly document: JsonObject }[] {
  return after === null ? [] : [{ kind, document: after as JsonObject }];
}

function countIn(classes: readonly InstanceClass[]): number {
  return classes.reduce((sum, { count }) => sum + count, 0);
}
