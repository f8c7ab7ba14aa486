export { asOfDescription, AsOfInput, loadMoment } from './as-of.graphql.js';
export { labelMap, labelProblems, type GivenLabels, type Labels } from './labels.js';
export type { Moment, Point } from './moment.js';
export { getMoment, momentsOf } from './moment.queries.js';
export { getGroup } from './runtime-group.commands.js';
export { RuntimeGroupType } from './runtime-group.graphql.js';
export { organizationWide } from './runtime-group.queries.js';
export { revisionInFuture } from './runtime-group.refusals.js';
export { loadGroup, loadGroupAt } from './runtime-group.resolver.js';
