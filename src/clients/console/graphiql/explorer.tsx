import { GraphiQL } from 'graphiql';
import { useMemo, useState, type ReactNode } from 'react';
import { authorizationInText, headersText } from './authorization.js';
import type { DefaultTab } from './default-tabs.js';
import { createFetcher } from './fetcher.js';
import { storageWithoutHeaders } from './storage.js';

interface ExplorerProps {
  readonly endpoint: URL;
  readonly authorization: string | undefined;
  readonly tabs: DefaultTab[];
}

/** GraphiQL against one endpoint. A new token in the headers editor makes it read the schema again. */
export function Explorer({ endpoint, authorization: initial, tabs }: ExplorerProps): ReactNode {
  const [authorization, setAuthorization] = useState(initial);
  const fetcher = useMemo(() => createFetcher(endpoint, authorization), [endpoint, authorization]);
  const onEditHeaders = useMemo(
    () => whenQuiet((text) => setAuthorization((known) => authorizationInText(text) ?? known)),
    [],
  );
  const headers = headersText(initial);
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={tabs}
      initialHeaders={headers}
      defaultHeaders={headers}
      defaultEditorToolsVisibility={initial === undefined ? 'headers' : 'variables'}
      storage={storageWithoutHeaders}
      shouldPersistHeaders={false}
      onEditHeaders={onEditHeaders}
    >
      <GraphiQL.Logo>Signalbox</GraphiQL.Logo>
    </GraphiQL>
  );
}

const QUIET_MS = 500;

function whenQuiet(act: (text: string) => void): (text: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(act, QUIET_MS, text);
  };
}
