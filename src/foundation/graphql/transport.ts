import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../log/log.js';
import type { Meter } from '../metrics/meter.js';
import type { FormatError } from './format-error.js';
import type { Limits } from './limits.js';

/** What is known of a request before it is read. */
export interface RequestFacts {
  /** The address of whoever is at the other end of the connection. */
  readonly ip: string;
}

/**
 * Makes the context of one operation for who presents this `Authorization`, or refuses. Called once for each HTTP
 * request; over WebSocket once to open the socket, and again for each operation on it.
 */
export type ContextFor = (authorization: string | undefined, facts: RequestFacts) => Promise<object>;

/** What every transport needs to answer operations; the same for all of them, so that they answer alike. */
export interface Answering {
  readonly schema: GraphQLSchema;
  readonly contextFor: ContextFor;
  readonly limits: Limits;
  readonly formatError: FormatError;
  readonly log: Logger;
  readonly meter: Meter;
}

/** The path of both transports. */
export const graphqlPath = '/graphql';
