import { Field, InputType, Int } from 'type-graphql';
import type { GraphqlContext } from '../../foundation/graphql/context.js';
import { levelLoader } from '../../foundation/graphql/level-loader.js';
import { GraphQLDateTimeISO } from '../../foundation/graphql/scalars.js';
import type { Moment, Point } from './moment.js';
import { momentsOf } from './moment.queries.js';
import { asOfInvalid } from './runtime-group.refusals.js';

@InputType({
  description: 'A place in the history of a runtime group’s configuration. Exactly one of the two is given.',
})
export class AsOfInput {
  @Field(() => Int, { nullable: true, description: 'The revision, from 0, which is the empty beginning.' })
  revision?: number | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'A time: the last revision that was written at or before it is meant.',
  })
  time?: Date | null;
}

/** What the argument `asOf` is, wherever it stands. */
export const asOfDescription =
  'Reads what was there at this place in the history, and so everything below. Now, if absent. Refused with REVISION_IN_FUTURE for what is to come, and with REVISION_COMPACTED for what is no longer kept.';

/** The moment of a group that `asOf` means; those of one level cost one statement. Refuses unless exactly one is given. */
export function loadMoment(
  context: GraphqlContext,
  runtimeGroupId: string,
  { revision = null, time = null }: AsOfInput,
): Promise<Moment> {
  if ((revision === null) === (time === null)) throw asOfInvalid({}, ['asOf']);
  const loader = levelLoader(context, 'moment', (keys) => {
    const points = keys.map((key) => pointOf(JSON.parse(key) as PointText));
    return context.ask(momentsOf, { points, paths: points.map(() => ['asOf']) });
  });
  return loader.load(
    JSON.stringify([runtimeGroupId, revision, time] satisfies [string, number | null, Date | null]),
  );
}

type PointText = readonly [string, number | null, string | null];

function pointOf([runtimeGroupId, revision, time]: PointText): Point {
  return { runtimeGroupId, revision, time: time === null ? null : new Date(time) };
}
