export { RuntimeInstanceType } from './instance.graphql.js';
export { nodeOf as instanceNode } from './instance.messages.js';
export { instancePages } from './instance.queries.js';
