/** What the environment says to the command line. */
export interface Environment {
  readonly token: string | undefined;
  /** Where a server that runs here keeps its token for the administrator. */
  readonly dataDirectory: string;
  readonly wantsNoColor: boolean;
  /** As it is, for processes that are started from here. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Reads the environment of the process. Empty counts as absent. */
export function readEnvironment(): Environment {
  const variables = process.env;
  return {
    token: variables['SIGNALBOX_TOKEN'] || undefined,
    dataDirectory: variables['SIGNALBOX_DATA_DIR'] || '.signalbox',
    wantsNoColor: Boolean(variables['NO_COLOR']),
    variables,
  };
}
