import { getOperationAST, type DocumentNode } from 'graphql';
import type { GraphiQLProps } from 'graphiql';
import { authorizationIn, isUnfilled, withAuthorization, type Headers } from './authorization.js';
import { request, type Operation } from './request.js';
import { openStream } from './stream.js';

type Fetcher = GraphiQLProps['fetcher'];

/**
 * Sends queries and mutations over HTTP and subscriptions over graphql-ws, both with the headers of the editor.
 * `authorization` stands in while the editor says nothing: it is empty, its placeholder is not filled in, or it
 * does not exist yet, as when the schema is first read. An empty object, `{}`, asks for no authorization at all.
 */
export function createFetcher(endpoint: URL, authorization: string | undefined): Fetcher {
  return (operation, options) => {
    const headers = completed(options?.headers, authorization);
    const results = isSubscription(operation, options?.documentAST)
      ? openStream({ url: socketUrl(endpoint), authorization: authorizationIn(headers) }, operation)
      : request({ url: endpoint.href, headers }, operation);
    // GraphiQL's type asks for errors as objects of graphql-js, though it too only prints what came over the wire.
    return results as ReturnType<Fetcher>;
  };
}

const completed = (headers: Headers | undefined, authorization: string | undefined): Headers =>
  headers === undefined || isUnfilled(headers) ? withAuthorization(headers ?? {}, authorization) : headers;

const isSubscription = ({ operationName }: Operation, document: DocumentNode | undefined): boolean =>
  document !== undefined && getOperationAST(document, operationName)?.operation === 'subscription';

function socketUrl(endpoint: URL): string {
  const url = new URL(endpoint);
  url.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
