import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { momentsOf, type Point } from '../../runtime-groups/index.js';
import { configurationDiff } from '../history/diff.queries.js';
import { worst } from '../history/impact.js';
import { countsOf } from '../history/summary.js';
import { ConfigDiff, ConfigPointInput } from './diff.graphql.js';
import { withCollection } from './with-collection.js';

@Resolver()
export class DiffResolver {
  @Query(() => ConfigDiff, {
    description:
      'What differs between two configurations, of one runtime group or of two, and what it can mean for callers. Within a group, entities are the same by their ids; between groups, by what names them.',
  })
  async configDiff(
    @Arg('from', () => ConfigPointInput, { description: 'The configuration before.' }) from: ConfigPointInput,
    @Arg('to', () => ConfigPointInput, { description: 'The configuration after.' }) to: ConfigPointInput,
    @Ctx() context: GraphqlContext,
  ) {
    const asked = { points: [pointOf(from), pointOf(to)], paths: [['from'], ['to']] };
    const [before, after] = await context.ask(momentsOf, asked);
    if (!before || !after) throw new Error('Each point has a moment.');
    const differences = await context.ask(configurationDiff, { from: before, to: after });
    return {
      from: before,
      to: after,
      counts: countsOf(differences),
      impact: worst(differences)?.impact ?? null,
      changes: differences.map(withCollection),
    };
  }
}

function pointOf({ runtimeGroupId, revision = null, time = null }: ConfigPointInput): Point {
  return { runtimeGroupId, revision, time };
}
