export { labelMap, labelProblems, type GivenLabels, type Labels } from './labels.js';
export { getGroup } from './runtime-group.commands.js';
export { RuntimeGroupType } from './runtime-group.graphql.js';
export { organizationWide } from './runtime-group.queries.js';
export { revisionInFuture } from './runtime-group.refusals.js';
export { loadGroup } from './runtime-group.resolver.js';
