/** What one tab starts with. */
export interface DefaultTab {
  readonly query: string;
  readonly variables?: string;
}

const UNKNOWN_GROUP = '<the id of a runtime group: see the first tab>';

/** The tabs of a first visit: look, change, and watch the change arrive, all in the same runtime group. */
export const defaultTabs = (runtimeGroupId: string | null): DefaultTab[] => [
  { query: WELCOME },
  {
    query: CREATE_GATEWAY_SERVICE,
    variables: variables({
      input: {
        runtimeGroupId: runtimeGroupId ?? UNKNOWN_GROUP,
        name: 'billing',
        url: 'http://billing.internal:8080/v1',
      },
    }),
  },
  { query: CONFIG_CHANGES, variables: variables({ runtimeGroupId: runtimeGroupId ?? UNKNOWN_GROUP }) },
  { query: SYNC_STATUS, variables: variables({ runtimeGroupId: runtimeGroupId ?? UNKNOWN_GROUP }) },
];

const variables = (values: object): string => JSON.stringify(values, null, 2);

const WELCOME = `# Welcome to Signalbox, the control plane for
# fleets of API gateways.
#
# The tabs make a short tour. Run each with Ctrl-Enter:
#
#   Welcome               what is there
#   CreateGatewayService  a write makes one revision
#   ConfigChanges         live: every new revision
#   SyncStatus            live: which gateway runs what
#
# Start ConfigChanges in a second window, then run
# CreateGatewayService here. The first icon on the left
# opens the documentation of the whole schema.

query Welcome {
  organization {
    name
  }
  runtimeGroups {
    nodes {
      id
      name
      revision
      activeInstanceCount
    }
  }
}
`;

const CREATE_GATEWAY_SERVICE = `# A refusal that you can act on comes in userErrors:
# run this twice to see one.

mutation CreateGatewayService($input: CreateGatewayServiceInput!) {
  createGatewayService(input: $input) {
    gatewayService {
      id
      name
    }
    revision
    userErrors {
      code
      message
      path
    }
  }
}
`;

const CONFIG_CHANGES = `# A snapshot of the runtime group, then every revision
# as it commits. To continue where you left off, pass
# the last cursor as "after".

subscription ConfigChanges($runtimeGroupId: ID!, $after: String) {
  configChanges(runtimeGroupId: $runtimeGroupId, after: $after) {
    __typename
    ... on ConfigSnapshot {
      cursor
      revision
      entities {
        kind
        id
        document
      }
    }
    ... on ConfigDelta {
      cursor
      revisions {
        revision
        at
        actor
        changes {
          kind
          id
          operation
          before
          after
        }
      }
    }
    ... on ConfigFold {
      cursor
      fromRevision
      revision
      changes {
        kind
        id
        operation
        before
        after
      }
    }
    ... on Bookmark {
      cursor
      headRevision
    }
    ... on Resync {
      reason
      message
    }
    ... on Goodbye {
      cause
      message
      retryAfterMs
    }
  }
}
`;

const SYNC_STATUS = `# The state of every instance of the runtime group,
# then each change.

subscription SyncStatus($runtimeGroupId: ID!, $after: String) {
  syncStatus(runtimeGroupId: $runtimeGroupId, after: $after) {
    __typename
    ... on SyncStatusSnapshot {
      cursor
      instances {
        ...Status
      }
    }
    ... on SyncStatusDelta {
      cursor
      changes {
        ...Status
      }
    }
    ... on Bookmark {
      cursor
      headRevision
    }
    ... on Resync {
      reason
      message
    }
    ... on Goodbye {
      cause
      message
      retryAfterMs
    }
  }
}

fragment Status on RuntimeInstanceStatus {
  runtimeInstanceId
  hostname
  connection
  syncStatus
  syncReason
  targetRevision
  appliedRevision
  changedAt
}
`;
