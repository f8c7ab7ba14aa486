/**
 * The scalars beyond GraphQL's own. A point in time is `DateTimeISO` in the schema: a `Date` in code, RFC 3339 in UTC on
 * the wire.
 */
export { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
