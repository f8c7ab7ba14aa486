export type { InstanceClass } from './instance.js';
export { instanceClasses } from './instance.queries.js';
