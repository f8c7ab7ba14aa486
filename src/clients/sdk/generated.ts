/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Json } from '../../foundation/kernel/json.js';
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A canary to end, as if it had not been. */
export type AbortCanaryInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** The live version whose canary is running. */
  readonly serviceVersionId: string;
};

/** Which items of a list of `AccessToken` are meant: those for which everything holds that is given. Null means no condition. */
export type AccessTokenFilter = {
  /** All of these hold. */
  readonly and?: ReadonlyArray<AccessTokenFilter> | null | undefined;
  /** When it was made. */
  readonly createdAt?: TimestampFilter | null | undefined;
  /** When its time is up. */
  readonly expiresAt?: TimestampFilter | null | undefined;
  /** Its id. */
  readonly id?: IdFilter | null | undefined;
  /** What it is for. */
  readonly name?: StringFilter | null | undefined;
  /** This does not hold. */
  readonly not?: AccessTokenFilter | null | undefined;
  /** At least one of these holds. None given: nothing is meant. */
  readonly or?: ReadonlyArray<AccessTokenFilter> | null | undefined;
  /** What it lets its holder do. */
  readonly role?: TokenRoleFilter | null | undefined;
  /** The one runtime group that it is good for. */
  readonly runtimeGroupId?: IdFilter | null | undefined;
  /** The instance that comes with it. */
  readonly runtimeInstanceId?: IdFilter | null | undefined;
  /** Whether it lets anybody in. */
  readonly state?: TokenStateFilter | null | undefined;
};

/** The health checks that probe targets. */
export type ActiveHealthchecksInput = {
  /** The number of targets that are probed at once. Default: 10. */
  readonly concurrency?: number | null | undefined;
  /** The headers that probes carry, each with its values. */
  readonly headers?: Json | null | undefined;
  /** When probes make a target healthy. */
  readonly healthy?: ActiveHealthyInput | null | undefined;
  /** The path that probes ask for. Default: "/". */
  readonly httpPath?: string | null | undefined;
  /** The server name that probes over TLS ask for. */
  readonly httpsSni?: string | null | undefined;
  /** Whether probes over TLS verify the certificate of the target. Default: true. */
  readonly httpsVerifyCertificate?: boolean | null | undefined;
  /** The seconds within which a probe must be answered. Default: 1. */
  readonly timeout?: number | null | undefined;
  /** What the probes look at. Default: "http". */
  readonly type?: HealthcheckType | null | undefined;
  /** When probes make a target unhealthy. */
  readonly unhealthy?: ActiveUnhealthyInput | null | undefined;
};

/** When probes make a target healthy. */
export type ActiveHealthyInput = {
  /** The HTTP statuses that count as healthy. Default: [200,302]. */
  readonly httpStatuses?: ReadonlyArray<number> | null | undefined;
  /** The seconds between two probes of healthy targets; with 0, they are not probed. Default: 0. */
  readonly interval?: number | null | undefined;
  /** The number of successful probes after which the state of a target changes; with 0, they do not count. Default: 0. */
  readonly successes?: number | null | undefined;
};

/** When probes make a target unhealthy. */
export type ActiveUnhealthyInput = {
  /** The number of unhealthy responses after which the state of a target changes; with 0, they do not count. Default: 0. */
  readonly httpFailures?: number | null | undefined;
  /** The HTTP statuses that count as unhealthy. Default: [429,404,500,501,502,503,504,505]. */
  readonly httpStatuses?: ReadonlyArray<number> | null | undefined;
  /** The seconds between two probes of unhealthy targets; with 0, they are not probed. Default: 0. */
  readonly interval?: number | null | undefined;
  /** The number of failed connections after which the state of a target changes; with 0, they do not count. Default: 0. */
  readonly tcpFailures?: number | null | undefined;
  /** The number of timeouts after which the state of a target changes; with 0, they do not count. Default: 0. */
  readonly timeouts?: number | null | undefined;
};

/** What is to be asked of others before services go live in a runtime group. */
export type ApprovalPolicyInput = {
  /** After how many seconds a request for approvals expires, from 60 to 2592000 (30 days). Default: 86400, a day. */
  readonly expiresAfterSeconds?: number | null | undefined;
  /** How many others are to approve: 0, nobody, to 20. */
  readonly required: number;
};

/** Which items of a list of `ApprovalRequest` are meant: those for which everything holds that is given. Null means no condition. */
export type ApprovalRequestFilter = {
  /** All of these hold. */
  readonly and?: ReadonlyArray<ApprovalRequestFilter> | null | undefined;
  /** The command that it is about. */
  readonly command?: StringFilter | null | undefined;
  /** When it was asked. */
  readonly createdAt?: TimestampFilter | null | undefined;
  /** Until when others can agree. */
  readonly expiresAt?: TimestampFilter | null | undefined;
  /** Its id. */
  readonly id?: IdFilter | null | undefined;
  /** This does not hold. */
  readonly not?: ApprovalRequestFilter | null | undefined;
  /** At least one of these holds. None given: nothing is meant. */
  readonly or?: ReadonlyArray<ApprovalRequestFilter> | null | undefined;
  /** Who asks: the name of the token. */
  readonly requestedBy?: StringFilter | null | undefined;
  /** The runtime group. */
  readonly runtimeGroupId?: IdFilter | null | undefined;
  /** What became of it. */
  readonly state?: ApprovalStateFilter | null | undefined;
};

/** What became of a request for approvals. */
export type ApprovalState =
  /** It has as many as its runtime group asks for: the write can be done. */
  | 'APPROVED'
  /** Its time was up before the write was done. */
  | 'EXPIRED'
  /** It waits for approvals. */
  | 'PENDING'
  /** Somebody said no. */
  | 'REJECTED'
  /** The write was done. Approvals are good for one. */
  | 'SPENT'
  /** Something that it is about was changed since: the write would do something else. */
  | 'STALE';

/** Conditions on a `ApprovalState`; all that are given must hold. Null means no condition. */
export type ApprovalStateFilter = {
  /** Is equal to this. */
  readonly eq?: ApprovalState | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<ApprovalState> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: ApprovalState | null | undefined;
};

/** What somebody says to a request for approvals. */
export type ApprovalVerdict =
  /** Yes. */
  | 'APPROVED'
  /** No, which ends it. */
  | 'REJECTED';

/** A request to agree to. */
export type ApproveRequestInput = {
  /** What else is to be said, in at most 2,048 characters. Default: empty. */
  readonly comment?: string | null | undefined;
  /** The request for approvals. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** How a target is chosen for a request. */
export type BalancingAlgorithm =
  /** Requests with the same hash input go to the same target. */
  | 'CONSISTENT_HASHING'
  /** Of two targets, the one that answers faster is chosen. */
  | 'LATENCY'
  /** The target with the fewest connections for its weight is chosen. */
  | 'LEAST_CONNECTIONS'
  /** Targets take turns, by their weights. */
  | 'ROUND_ROBIN';

/** What a request must have to go to a canary. */
export type CanaryConditionInput = {
  /** Its name. */
  readonly name: string;
  /** What is looked at. */
  readonly source: CanarySource;
  /** The value that it must have. Default: any. */
  readonly value?: string | null | undefined;
};

/** What of a request a condition looks at. */
export type CanarySource =
  /** A cookie. */
  | 'COOKIE'
  /** A header. */
  | 'HEADER'
  /** A query argument. */
  | 'QUERY';

/** What a change can mean for those who call the gateway, judged by rules from what differs alone. */
export type ChangeImpact =
  /** Some of what worked is refused, or no longer answered. */
  | 'BREAKING'
  /** Some of what worked may work differently; look at it. */
  | 'RISKY'
  /** What worked works as before. */
  | 'SAFE';

/** What happened to an entity. */
export type ChangeOperation =
  /** It was made. */
  | 'CREATED'
  /** It was deleted. */
  | 'DELETED'
  /** It was changed. */
  | 'UPDATED';

/** The logs that there are in an organization. */
export type ChangeStream =
  /** The configuration of a runtime group. */
  | 'CONFIG'
  /** What else happens: runtime groups, instances, access tokens, service registries, webhooks. */
  | 'ORGANIZATION'
  /** Services, their versions, and what these run with. */
  | 'SERVICES'
  /** The state of the instances of a runtime group. */
  | 'STATUS';

/** Which changes are meant: those with entries for which everything holds that is given; of a list, one of its values. Other entries are left out. */
export type ChangesFilter = {
  /** What was written by one of these tokens: their ids, or their names as they were then, letter for letter. Names that nobody has are not refused: somebody may have had them. */
  readonly actors?: ReadonlyArray<string> | null | undefined;
  /** Things of these sorts: `route`, `access_token`. One that there is not is refused, with those that there are. */
  readonly kinds?: ReadonlyArray<string> | null | undefined;
  /** What has all of these labels, as they were then: itself, its runtime group, or its service. */
  readonly labels?: ReadonlyArray<LabelMatch> | null | undefined;
  /** What was made, changed, or ended. */
  readonly operations?: ReadonlyArray<ChangeOperation> | null | undefined;
  /** What belongs to one of these runtime groups. */
  readonly runtimeGroupIds?: ReadonlyArray<string> | null | undefined;
  /** What belongs to one of these services. */
  readonly serviceIds?: ReadonlyArray<string> | null | undefined;
  /** What was written to one of these logs. */
  readonly streams?: ReadonlyArray<ChangeStream> | null | undefined;
  /** These things. */
  readonly subjectIds?: ReadonlyArray<string> | null | undefined;
};

/** Where the changes begin for whoever has no cursor. */
export type ChangesOrigin =
  /** With the first change after the stream was opened. */
  | 'NOW'
  /** With the oldest change that is kept. */
  | 'START';

/** A configuration in the history of a runtime group: as of a revision, or a time; of now, if neither is given. */
export type ConfigPointInput = {
  /** The revision, from 0, which is the empty beginning. */
  readonly revision?: number | null | undefined;
  /** The runtime group. */
  readonly runtimeGroupId: string;
  /** A time: the last revision that was written at or before it is meant. Not together with a revision. */
  readonly time?: string | null | undefined;
};

/** A declarative file. */
export type ConfigurationDocumentInput = {
  /** The text of the file: YAML or JSON in the format of Kong or decK, 3.0. */
  readonly content: string;
  /** What to call the file in messages. */
  readonly name: string;
};

/** Whether an instance has a live session. */
export type ConnectionState =
  /** It has. */
  | 'CONNECTED'
  /** It has not. */
  | 'DISCONNECTED';

/** Conditions on a `ConnectionState`; all that are given must hold. Null means no condition. */
export type ConnectionStateFilter = {
  /** Is equal to this. */
  readonly eq?: ConnectionState | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<ConnectionState> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: ConnectionState | null | undefined;
};

/** A new token. */
export type CreateAccessTokenInput = {
  /** When its time is up. Default: never. */
  readonly expiresAt?: string | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** What it is for; 1 to 100 characters. */
  readonly name: string;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** What it lets its holder do. */
  readonly role: GrantedRole;
  /** The one runtime group that it is to be good for. Default: all of them. */
  readonly runtimeGroupId?: string | null | undefined;
};

/** A new Consumer. */
export type CreateConsumerInput = {
  /** The consumer's id in another system, unique in its runtime group. */
  readonly customId?: string | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The consumer groups that the consumer is in. */
  readonly groupIds?: ReadonlyArray<string> | null | undefined;
  /** The id that it is to have, a UUID. One is made if this is absent. */
  readonly id?: string | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The runtime group that it will belong to. */
  readonly runtimeGroupId: string;
  /** Words to group and to find entities by, across kinds. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** The name of the consumer, unique in its runtime group. */
  readonly username?: string | null | undefined;
};

/** A new PluginSchema. */
export type CreatePluginSchemaInput = {
  /** What the plugins do. */
  readonly description?: string | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The id that it is to have, a UUID. One is made if this is absent. */
  readonly id?: string | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The name of the plugins that it is for, unique in its runtime group. */
  readonly name?: string | null | undefined;
  /** The priority of the plugins in the gateway: those with higher ones run earlier. Default: 0. */
  readonly priority?: number | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The runtime group that it will belong to. */
  readonly runtimeGroupId: string;
  /** The JSON Schema of the settings, config. Defaults are filled in; what is writeOnly is a secret, which is never shown. */
  readonly schema?: Json | null | undefined;
  /** Words to group and to find entities by, across kinds. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** A new Route. */
export type CreateRouteInput = {
  /** Where connections go to that match. */
  readonly destinations?: ReadonlyArray<RouteEndpointInput> | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The headers that match, each with the values of which the request must have one. */
  readonly headers?: Json | null | undefined;
  /** The hosts that match; “*” may stand for the first or the last label, and a port may follow. */
  readonly hosts?: ReadonlyArray<string> | null | undefined;
  /** The status of the answer to a request that matches but for its protocol. Default: 426. */
  readonly httpsRedirectStatusCode?: number | null | undefined;
  /** The id that it is to have, a UUID. One is made if this is absent. */
  readonly id?: string | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The HTTP methods that match. */
  readonly methods?: ReadonlyArray<string> | null | undefined;
  /** The name of the route, unique in its runtime group. */
  readonly name?: string | null | undefined;
  /** How the paths of gateway service, route and request become one. Default: "v0". */
  readonly pathHandling?: PathHandling | null | undefined;
  /** The paths that match: prefixes that start with “/”, or regular expressions that start with “~/”. */
  readonly paths?: ReadonlyArray<string> | null | undefined;
  /** Whether the API receives the Host header of the client instead of the gateway service's host. Default: false. */
  readonly preserveHost?: boolean | null | undefined;
  /** The protocols that the route accepts, all of one family: HTTP, gRPC, streams, or TLS passthrough. Default: ["http","https"]. */
  readonly protocols?: ReadonlyArray<Protocol> | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The rank among routes whose regular expressions match the same request; the highest wins. Default: 0. */
  readonly regexPriority?: number | null | undefined;
  /** Whether the gateway receives a whole request before it passes it on. Default: true. */
  readonly requestBuffering?: boolean | null | undefined;
  /** Whether the gateway receives a whole response before it passes it on. Default: true. */
  readonly responseBuffering?: boolean | null | undefined;
  /** The runtime group that it will belong to. */
  readonly runtimeGroupId: string;
  /** The gateway service that matching requests go to; without one, plugins must answer them. */
  readonly serviceId?: string | null | undefined;
  /** The server names that match, as the client names them in the TLS handshake. */
  readonly snis?: ReadonlyArray<string> | null | undefined;
  /** Where connections come from that match. */
  readonly sources?: ReadonlyArray<RouteEndpointInput> | null | undefined;
  /** Whether the prefix that matched is cut from the path before the request goes on; always false for gRPC, also by default. Default: true. */
  readonly stripPath?: boolean | null | undefined;
  /** Words to group and to find entities by, across kinds. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** A new instance of a runtime group. */
export type CreateRuntimeInstanceInput = {
  /** The name of the machine that it runs on. */
  readonly hostname: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Its address, if it is known. */
  readonly ipAddress?: string | null | undefined;
  /** Its labels. Default: none. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The group that it will belong to. */
  readonly runtimeGroupId: string;
  /** The version of the gateway, if it is known. */
  readonly runtimeVersion?: string | null | undefined;
};

/** A new service. */
export type CreateServiceInput = {
  /** What it is for. Default: empty. */
  readonly description?: string | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Its labels. Default: none. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** Unique in the organization; 1 to 60 letters, digits, “-”, “.” and “_”. */
  readonly name: string;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** How its versions come about; it never changes. */
  readonly releasePolicy: ReleasePolicy;
  /** What the template begins with. Only for services with one live version. */
  readonly template?: ServiceImplementationInput | null | undefined;
};

/** A new version of a service whose versions live side by side. It is live at once. */
export type CreateServiceVersionInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** What it does with requests. */
  readonly implementation: ServiceImplementationInput;
  /** What is new in it. Default: empty. */
  readonly notes?: string | null | undefined;
  /** Its number, such as 2.1.0: any text that is valid as the name of a file. */
  readonly number: string;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** What it runs with. */
  readonly runtimeConfiguration: RuntimeConfigurationInput;
  /** The runtime group that it will belong to for ever. */
  readonly runtimeGroupId: string;
  /** The service. */
  readonly serviceId: string;
};

/** A receiver to tell of changes. */
export type CreateWebhookInput = {
  /** Which changes it is told of. Default: all. */
  readonly filter?: ChangesFilter | null | undefined;
  /** Where to begin. Default: NOW. */
  readonly from?: ChangesOrigin | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** How often a delivery is tried before the webhook is suspended, from 1 to 100. Default: 20, which is about two hours. */
  readonly maxAttempts?: number | null | undefined;
  /** Unique in the organization; 1 to 100 characters. */
  readonly name: string;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Where deliveries are posted to: an http or https URL. Addresses of private networks, and of the control plane’s own machine, are refused unless it is set to allow them. */
  readonly url: string;
};

/** A PluginSchema to delete. */
export type DeletePluginSchemaInput = {
  /** Delete what refers to it too, in the same revision. Otherwise a deletion that leaves loose ends is refused. */
  readonly cascade?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The PluginSchema to delete. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** If given, the entity must be in this runtime group. */
  readonly runtimeGroupId?: string | null | undefined;
};

/** A Route to delete. */
export type DeleteRouteInput = {
  /** Delete what refers to it too, in the same revision. Otherwise a deletion that leaves loose ends is refused. */
  readonly cascade?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The Route to delete. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** If given, the entity must be in this runtime group. */
  readonly runtimeGroupId?: string | null | undefined;
};

/** An instance to remove, with its tokens: its process is let in no more. */
export type DeleteRuntimeInstanceInput = {
  /** The instance to remove. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** A service to delete, with the history of its versions. None may be live. */
export type DeleteServiceInput = {
  /** Say what would happen, and delete nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with VERSION_STALE unless the service is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** The service to delete. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** A version to delete. */
export type DeleteServiceVersionInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Delete it although it is live: requests for it will fail. */
  readonly force?: boolean | null | undefined;
  /** The version to delete. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
};

/** A webhook to forget. */
export type DeleteWebhookInput = {
  /** The webhook to forget. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** A version that will go, and what is told to those who use it. */
export type DeprecateServiceVersionInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Since when it should not be used any more: the `Deprecation` header. Default: since today began, in UTC. */
  readonly date?: string | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The version. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** What to do instead, for people. Default: empty. */
  readonly message?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** A live version of the same service to use instead. */
  readonly successorId?: string | null | undefined;
  /** When it is expected to cease: the `Sunset` header. Default: not said. */
  readonly sunset?: string | null | undefined;
};

/** A request to a gateway, or a connection, as far as it is known. */
export type GatewayRequestInput = {
  /** The IP address of the gateway. */
  readonly destinationIp?: string | null | undefined;
  /** The port of the gateway. Without it, for requests, that in the host, or else the usual one of the protocol. */
  readonly destinationPort?: number | null | undefined;
  /** The other headers. One that is sent several times stands here several times. */
  readonly headers?: ReadonlyArray<RequestHeaderInput>;
  /** The Host header: a host, with or without a port. */
  readonly host?: string;
  /** The HTTP method. */
  readonly method?: string;
  /** The path, with or without a query. */
  readonly path?: string;
  /** How the client speaks to the gateway; HTTPS if it is absent. */
  readonly protocol?: Protocol | null | undefined;
  /** The server that the client names in the TLS handshake. Without it, that is the host. */
  readonly sni?: string | null | undefined;
  /** The IP address of the client. */
  readonly sourceIp?: string | null | undefined;
  /** The port of the client. */
  readonly sourcePort?: number | null | undefined;
};

/** Why the server ends a stream. */
export type GoodbyeCause =
  /** This server is about to stop. */
  | 'DRAINING'
  /** Another process has connected with the identity of this instance. */
  | 'REPLACED'
  /** This server has not reached its database for long; another one may. */
  | 'UNAVAILABLE';

/** What a token of a person or a pipeline lets its holder do. */
export type GrantedRole =
  /** Everything. */
  | 'ADMIN'
  /** Read and follow, and change nothing. */
  | 'VIEWER';

/** What of a request is hashed, so that equal requests go to one target. */
export type HashInput =
  /** The id of the authenticated consumer is hashed. */
  | 'CONSUMER'
  /** The value of a cookie is hashed; the gateway sets the cookie if the client has none. */
  | 'COOKIE'
  /** The value of a header is hashed. */
  | 'HEADER'
  /** The IP address of the client is hashed. */
  | 'IP'
  /** Nothing is hashed. */
  | 'NONE'
  /** The path of the request is hashed. */
  | 'PATH'
  /** The value of a query argument is hashed. */
  | 'QUERY_ARG'
  /** What a named group of the route's path captured is hashed. */
  | 'URI_CAPTURE';

/** What a health check looks at. */
export type HealthcheckType =
  /** A target is healthy if its gRPC health service says so. */
  | 'GRPC'
  /** A target is healthy if its gRPC health service over TLS says so. */
  | 'GRPCS'
  /** A target is healthy if its HTTP responses are. */
  | 'HTTP'
  /** A target is healthy if its HTTP responses over TLS are. */
  | 'HTTPS'
  /** A target is healthy if a connection to it can be made. */
  | 'TCP';

/** How targets are found to be healthy or not. */
export type HealthchecksInput = {
  /** The health checks that probe targets. */
  readonly active?: ActiveHealthchecksInput | null | undefined;
  /** The health checks that watch the traffic. */
  readonly passive?: PassiveHealthchecksInput | null | undefined;
  /** The share of the weight, in percent, that must be healthy for the upstream to be so. Default: 0. */
  readonly threshold?: number | null | undefined;
};

/** Conditions on an id; all that are given must hold. Null means no condition. */
export type IdFilter = {
  /** Is equal to this. */
  readonly eq?: string | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: string | null | undefined;
};

/** Declarative files to bring into a runtime group, as one revision or not at all. */
export type ImportConfigurationInput = {
  /** The files. They are read as one: what one names, another may refer to. */
  readonly documents: ReadonlyArray<ConfigurationDocumentInput>;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** How far it goes. */
  readonly mode?: ImportMode;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The runtime group to bring them into. */
  readonly runtimeGroupId: string;
  /** What the files are about: everything in them gets these tags, and nothing without all of them is changed or deleted. Without it, the tags that the files name in `_info.select_tags`; without these, the whole group. */
  readonly selectTags?: ReadonlyArray<string> | null | undefined;
};

/** How far an import goes. */
export type ImportMode =
  /** Adds what is new, and changes what differs. */
  | 'APPLY'
  /** Also deletes what is in none of the files, as far as it has the select tags. */
  | 'SYNC';

/** Conditions on a whole number; all that are given must hold. Null means no condition. */
export type IntegerFilter = {
  /** Is equal to this. */
  readonly eq?: number | null | undefined;
  /** Is greater than this, or later. */
  readonly gt?: number | null | undefined;
  /** Is this, or greater, or later. */
  readonly gte?: number | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<number> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is less than this, or earlier. */
  readonly lt?: number | null | undefined;
  /** Is this, or less, or earlier. */
  readonly lte?: number | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: number | null | undefined;
};

/** A label to set. */
export type LabelInput = {
  /** 1 to 63 letters, digits, “-”, “.” and “_”; begins and ends with a letter or digit. */
  readonly key: string;
  /** Like a key. */
  readonly value: string;
};

/** A label to look for. */
export type LabelMatch = {
  /** The label. */
  readonly key: string;
  /** Its value. Any value will do if none is given. */
  readonly value?: string | null | undefined;
};

/** Conditions on labels; all that are given must hold. Null means no condition. */
export type LabelsFilter = {
  /** Has every one of these, and perhaps others. */
  readonly hasAll?: ReadonlyArray<LabelMatch> | null | undefined;
  /** Has at least one of these. */
  readonly hasAny?: ReadonlyArray<LabelMatch> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
};

/** Why a plugin does not run. */
export type PassedOverBecause =
  /** It is not enabled. */
  | 'DISABLED'
  /** Another of the same name is limited to more, and runs in its place. */
  | 'LESS_SPECIFIC'
  /** It is for another consumer, or nobody was named. */
  | 'OTHER_CONSUMER'
  /** It is for a consumer group that the consumer is not in. */
  | 'OTHER_CONSUMER_GROUP'
  /** It is for another route. */
  | 'OTHER_ROUTE'
  /** It is for another gateway service. */
  | 'OTHER_SERVICE'
  /** It is for streams and the route is for requests, or the other way round. */
  | 'PROTOCOLS';

/** The health checks that watch the traffic. */
export type PassiveHealthchecksInput = {
  /** When traffic makes a target healthy. */
  readonly healthy?: PassiveHealthyInput | null | undefined;
  /** What is watched in the traffic. Default: "http". */
  readonly type?: HealthcheckType | null | undefined;
  /** When traffic makes a target unhealthy. */
  readonly unhealthy?: PassiveUnhealthyInput | null | undefined;
};

/** When traffic makes a target healthy. */
export type PassiveHealthyInput = {
  /** The HTTP statuses that count as healthy. Default: [200,201,202,203,204,205,206,207,208,226,300,301,302,303,304,305,306,307,308]. */
  readonly httpStatuses?: ReadonlyArray<number> | null | undefined;
  /** The number of healthy responses after which the state of a target changes; with 0, they do not count. Default: 0. */
  readonly successes?: number | null | undefined;
};

/** When traffic makes a target unhealthy. */
export type PassiveUnhealthyInput = {
  /** The number of unhealthy responses after which the state of a target changes; with 0, they do not count. Default: 0. */
  readonly httpFailures?: number | null | undefined;
  /** The HTTP statuses that count as unhealthy. Default: [429,500,503]. */
  readonly httpStatuses?: ReadonlyArray<number> | null | undefined;
  /** The number of failed connections after which the state of a target changes; with 0, they do not count. Default: 0. */
  readonly tcpFailures?: number | null | undefined;
  /** The number of timeouts after which the state of a target changes; with 0, they do not count. Default: 0. */
  readonly timeouts?: number | null | undefined;
};

/** How the paths of gateway service, route and request become one. */
export type PathHandling =
  /** The paths are joined with exactly one slash between them. */
  | 'V0'
  /** The paths are joined as they are; this is deprecated, and only gateways with the traditional router do it. */
  | 'V1';

/** What a transition is about. */
export type PlannedSubject =
  /** What a service runs with. */
  | 'RUNTIME_CONFIGURATION'
  /** A version of a service. */
  | 'SERVICE_VERSION';

/** Which items of a list of `PluginSchema` are meant: those for which everything holds that is given. Null means no condition. */
export type PluginSchemaFilter = {
  /** All of these hold. */
  readonly and?: ReadonlyArray<PluginSchemaFilter> | null | undefined;
  /** When it was made. */
  readonly createdAt?: TimestampFilter | null | undefined;
  /** What the plugins do. */
  readonly description?: StringFilter | null | undefined;
  /** Its id. */
  readonly id?: IdFilter | null | undefined;
  /** The name of the plugins that it is for, unique in its runtime group. */
  readonly name?: StringFilter | null | undefined;
  /** This does not hold. */
  readonly not?: PluginSchemaFilter | null | undefined;
  /** At least one of these holds. None given: nothing is meant. */
  readonly or?: ReadonlyArray<PluginSchemaFilter> | null | undefined;
  /** The priority of the plugins in the gateway: those with higher ones run earlier. */
  readonly priority?: IntegerFilter | null | undefined;
  /** The revision that last changed it. */
  readonly revision?: IntegerFilter | null | undefined;
  /** Its tags. */
  readonly tags?: TagsFilter | null | undefined;
  /** When it was last changed. */
  readonly updatedAt?: TimestampFilter | null | undefined;
};

/** What a plugin can be limited to. */
export type PluginScope =
  /** The requests of one consumer. */
  | 'CONSUMER'
  /** The requests of the consumers of one group. */
  | 'CONSUMER_GROUP'
  /** The requests of one route. */
  | 'ROUTE'
  /** The requests of one gateway service. */
  | 'SERVICE';

/** A canary whose target is to be the target of all requests. */
export type PromoteCanaryInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** The live version whose canary is running. */
  readonly serviceVersionId: string;
};

/** A live version to bring to other runtime groups, with the same number and content. */
export type PromoteServiceVersionInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** What it runs with there. Default: what the service runs with there already. */
  readonly runtimeConfiguration?: RuntimeConfigurationInput | null | undefined;
  /** The runtime groups to bring it to, one after the other. */
  readonly runtimeGroupIds: ReadonlyArray<string>;
  /** The live version. */
  readonly serviceVersionId: string;
};

/** A protocol that a gateway speaks. */
export type Protocol =
  /** The traffic is gRPC over HTTP/2 without encryption. */
  | 'GRPC'
  /** The traffic is gRPC over HTTP/2 with TLS. */
  | 'GRPCS'
  /** The traffic is HTTP without encryption. */
  | 'HTTP'
  /** The traffic is HTTP with TLS. */
  | 'HTTPS'
  /** The traffic is any TCP stream. */
  | 'TCP'
  /** The traffic is any stream in TLS, which the gateway decrypts. */
  | 'TLS'
  /** The traffic is any stream in TLS, which the gateway passes on without decrypting it. */
  | 'TLS_PASSTHROUGH'
  /** The traffic consists of UDP datagrams. */
  | 'UDP';

/** A service to publish. */
export type PublicationInput = {
  /** What is new in it. Default: as it was, or empty. */
  readonly notes?: string | null | undefined;
  /** The number of the version: any text that is valid as the name of a file. It stands for this content for ever. */
  readonly number: string;
  /** What it runs with in these runtime groups. Default: what the service runs with there already. */
  readonly runtimeConfiguration?: RuntimeConfigurationInput | null | undefined;
  /** The service whose template to publish. */
  readonly serviceId: string;
};

/** Services to publish to runtime groups: to each group all of them in one revision, or none. What would be refused in any group is found before the first is written to. */
export type PublishServiceVersionInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** The services, each with its number. */
  readonly publications: ReadonlyArray<PublicationInput>;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** The runtime groups, one after the other. */
  readonly runtimeGroupIds: ReadonlyArray<string>;
};

/** A delivery to repeat. */
export type RedeliverWebhookInput = {
  /** The delivery, one of the last hundred of its webhook. */
  readonly deliveryId: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** A request to say no to. */
export type RejectRequestInput = {
  /** What else is to be said, in at most 2,048 characters. Default: empty. */
  readonly comment?: string | null | undefined;
  /** The request for approvals. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** How versions of a service come about. */
export type ReleasePolicy =
  /** The one template is published under a number and sealed by it; in each runtime group at most one version is live, and the ones before are history. */
  | 'ONE_LIVE'
  /** Each version is made and edited in its runtime group, and many are live there side by side. */
  | 'SIDE_BY_SIDE';

/** What an instance says about a configuration that it was sent. */
export type ReportSyncInput = {
  /** The cursor of the configuration that was applied or refused. */
  readonly cursor: string;
  /** Why it was refused, in the gateway’s words; up to 2,000 characters are kept. */
  readonly message?: string | null | undefined;
  /** What became of it. */
  readonly outcome: SyncOutcome;
  /** The cursor of what runs now, where that is another. */
  readonly runningCursor?: string | null | undefined;
  /** The number of the session, from `SessionOpened`. Reports of older sessions are not accepted. */
  readonly session: number;
  /** The hash of what runs now, in hex, as the instance itself has computed it. It shows whether contents have diverged. */
  readonly stateHash?: string | null | undefined;
};

/** A version to bring back into the catalogue. */
export type RepublishServiceVersionInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The version. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
};

/** A header of a request. */
export type RequestHeaderInput = {
  /** The name, in either case. */
  readonly name: string;
  /** The value. */
  readonly value: string;
};

/** What becomes of a request. */
export type RequestOutcome =
  /** A route is found, but the gateway itself answers. */
  | 'ANSWERED'
  /** It goes to a gateway service. */
  | 'FORWARDED'
  /** No route matches. */
  | 'NO_ROUTE';

/** Which instances a revision has to reach. One that is not waited for counts neither as applied nor as missing. */
export type RequiredInstances =
  /** Every instance that is enrolled, also those that never came, are gone for long, or had all their tokens withdrawn. */
  | 'ALL'
  /** Those that are connected now. One that leaves is waited for no more, even if the revision is why it left. */
  | 'CONNECTED'
  /** Those that are connected, or were heard of later than 30 seconds before the revision was committed; not those whose tokens were all withdrawn. */
  | 'PRESENT';

/** Makes the template of a service what one of its versions is. */
export type ResetServiceTemplateInput = {
  /** Refuse with VERSION_STALE unless the template is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The service. */
  readonly serviceId: string;
  /** The version that it gets the content of. */
  readonly serviceVersionId: string;
};

/** An earlier revision of a runtime group, to be brought back as a new one. */
export type RestoreRevisionInput = {
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The revision whose configuration it is to have again. */
  readonly revision: number;
  /** The runtime group. */
  readonly runtimeGroupId: string;
};

/** Why a cursor cannot be continued. */
export type ResyncReason =
  /** The history after the cursor is no longer kept. */
  | 'COMPACTED'
  /** The cursor belongs to another history than the one that is here now, as after a restore. */
  | 'DIVERGED'
  /** The cursor is ahead of the history that is here now, as after a restore. */
  | 'FUTURE'
  /** So much has happened since the cursor that the whole state is less. */
  | 'LAGGED';

/** A token to withdraw. */
export type RevokeAccessTokenInput = {
  /** The token. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** A service to take back to a version, in one runtime group. A canary that is running ends. */
export type RollbackServiceInput = {
  /** Also to a version that was never live in this runtime group, but is there in another. Default: false. */
  readonly allowNeverLive?: boolean | null | undefined;
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The number of the version to go back to. */
  readonly number: string;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** Also go back to what the version ran with when it was last live. Default: what the service runs with now is kept. */
  readonly restoreRuntimeConfiguration?: boolean | null | undefined;
  /** The runtime group. */
  readonly runtimeGroupId: string;
  /** The service. */
  readonly serviceId: string;
};

/** A webhook that is to have another secret. */
export type RotateWebhookSecretInput = {
  /** The webhook. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** What must be so that a route matches. */
export type RouteCriterion =
  /** The connection goes to one of its destinations. */
  | 'DESTINATIONS'
  /** Its gateway service is enabled; otherwise gateways do not have the route. */
  | 'GATEWAY_SERVICE'
  /** For each of its headers, the request has one of the values. */
  | 'HEADERS'
  /** The host is one of its hosts. */
  | 'HOSTS'
  /** The method is one of its methods. */
  | 'METHODS'
  /** The path begins with, or matches, one of its paths. */
  | 'PATHS'
  /** The client names one of its servers in the TLS handshake. */
  | 'SNIS'
  /** The connection comes from one of its sources. */
  | 'SOURCES';

/** One end of a connection, by address, by port, or by both. */
export type RouteEndpointInput = {
  /** The IP address, or a range of them such as 10.0.0.0/8. */
  readonly ip?: string | null | undefined;
  /** The port. */
  readonly port?: number | null | undefined;
};

/** Why one route comes before another that matches as well. For requests, in the order from CRITERIA on. */
export type RoutePriority =
  /** It has more sorts of criteria. */
  | 'CRITERIA'
  /** Its destinations are more precise: addresses before ports before ranges. */
  | 'DESTINATION'
  /** It asks for more headers. */
  | 'HEADERS'
  /** They are alike, and the id that the router has for it is greater. */
  | 'ID'
  /** Its prefix is longer. */
  | 'PATH_LENGTH'
  /** Its hosts are all without “*”. */
  | 'PLAIN_HOSTS'
  /** Its path is a regular expression rather than a prefix. */
  | 'REGEX'
  /** It has a higher regexPriority. */
  | 'REGEX_PRIORITY'
  /** It has server names, or both sources and destinations. */
  | 'SERVER_NAME'
  /** Its sources are more precise: addresses before ports before ranges. */
  | 'SOURCE';

/** What a service is to run with in a runtime group. */
export type RuntimeConfigurationInput = {
  /** The hosts of routes that name none. Default: none. */
  readonly hosts?: ReadonlyArray<string> | null | undefined;
  /** What comes before the paths of all routes: `/shop`. Default: nothing. */
  readonly pathPrefix?: string | null | undefined;
  /** Whether the prefix is cut off before a request goes on. Default: true. */
  readonly stripPathPrefix?: boolean | null | undefined;
  /** Where the API is. */
  readonly target: ServiceTargetInput;
};

/** Which items of a list of `RuntimeGroupRevision` are meant: those for which everything holds that is given. Null means no condition. */
export type RuntimeGroupRevisionFilter = {
  /** The name of the token that wrote it. */
  readonly actor?: StringFilter | null | undefined;
  /** The id of the token that wrote it. */
  readonly actorId?: IdFilter | null | undefined;
  /** All of these hold. */
  readonly and?: ReadonlyArray<RuntimeGroupRevisionFilter> | null | undefined;
  /** When it was written. */
  readonly at?: TimestampFilter | null | undefined;
  /** The command that wrote it. */
  readonly command?: StringFilter | null | undefined;
  /** The kinds of what it changed, as `route`. */
  readonly kinds?: TagsFilter | null | undefined;
  /** This does not hold. */
  readonly not?: RuntimeGroupRevisionFilter | null | undefined;
  /** At least one of these holds. None given: nothing is meant. */
  readonly or?: ReadonlyArray<RuntimeGroupRevisionFilter> | null | undefined;
  /** Why it was written. */
  readonly reason?: StringFilter | null | undefined;
  /** Its number. */
  readonly revision?: IntegerFilter | null | undefined;
};

/** Which items of a list of `RuntimeInstance` are meant: those for which everything holds that is given. Null means no condition. */
export type RuntimeInstanceFilter = {
  /** All of these hold. */
  readonly and?: ReadonlyArray<RuntimeInstanceFilter> | null | undefined;
  /** The revision that it says it runs. */
  readonly appliedRevision?: IntegerFilter | null | undefined;
  /** Whether it is connected. */
  readonly connection?: ConnectionStateFilter | null | undefined;
  /** When it was enrolled. */
  readonly createdAt?: TimestampFilter | null | undefined;
  /** Its hostname. */
  readonly hostname?: StringFilter | null | undefined;
  /** Its id. */
  readonly id?: IdFilter | null | undefined;
  /** The address that it last connected from. */
  readonly ipAddress?: StringFilter | null | undefined;
  /** Its labels. */
  readonly labels?: LabelsFilter | null | undefined;
  /** When it last gave a sign of life. */
  readonly lastSeenAt?: TimestampFilter | null | undefined;
  /** This does not hold. */
  readonly not?: RuntimeInstanceFilter | null | undefined;
  /** At least one of these holds. None given: nothing is meant. */
  readonly or?: ReadonlyArray<RuntimeInstanceFilter> | null | undefined;
  /** The id of its group. */
  readonly runtimeGroupId?: IdFilter | null | undefined;
  /** The version of the gateway. */
  readonly runtimeVersion?: StringFilter | null | undefined;
  /** Why. */
  readonly syncReason?: SyncReasonFilter | null | undefined;
  /** Whether it runs what it should. */
  readonly syncStatus?: SyncStatusFilter | null | undefined;
};

/** What all instances of a runtime group are. */
export type RuntimeType =
  /** Kong Gateway. */
  | 'KONG_GATEWAY'
  /** nginx, by way of the agent. */
  | 'NGINX';

/** Where an API is, in parts or as one URL. A name may stand for several addresses, by DNS. */
export type ServiceAddressInput = {
  /** The hostname or IP address of the API, or the name of an upstream, which then balances the load. */
  readonly host?: string | null | undefined;
  /** The path that the gateway puts before that of each request. */
  readonly path?: string | null | undefined;
  /** The port of the API. Default: 80. */
  readonly port?: number | null | undefined;
  /** The protocol that the gateway speaks to the API. Default: "http". */
  readonly protocol?: Protocol | null | undefined;
  /** The protocol, host, port and path in one text, such as https://example.com:8443/orders. */
  readonly url?: string | null | undefined;
};

/** How requests are spread over the nodes of an API, and how it is found out which are healthy. */
export type ServiceBalancingInput = {
  /** How a target is chosen for a request; with a hash input, it is consistent-hashing by itself. Default: "round-robin". */
  readonly algorithm?: BalancingAlgorithm | null | undefined;
  /** What is hashed of a request that lacks the first input. Default: "none". */
  readonly hashFallback?: HashInput | null | undefined;
  /** The header whose value is hashed instead. */
  readonly hashFallbackHeader?: string | null | undefined;
  /** The query argument whose value is hashed instead. */
  readonly hashFallbackQueryArg?: string | null | undefined;
  /** The named group of the route's path that is hashed instead. */
  readonly hashFallbackUriCapture?: string | null | undefined;
  /** What of a request is hashed. Default: "none". */
  readonly hashOn?: HashInput | null | undefined;
  /** The cookie whose value is hashed. */
  readonly hashOnCookie?: string | null | undefined;
  /** The path of the cookie that the gateway sets. Default: "/". */
  readonly hashOnCookiePath?: string | null | undefined;
  /** The header whose value is hashed. */
  readonly hashOnHeader?: string | null | undefined;
  /** The query argument whose value is hashed. */
  readonly hashOnQueryArg?: string | null | undefined;
  /** The named group of the route's path that is hashed. */
  readonly hashOnUriCapture?: string | null | undefined;
  /** How targets are found to be healthy or not. */
  readonly healthchecks?: HealthchecksInput | null | undefined;
  /** The Host header of the requests that targets receive. */
  readonly hostHeader?: string | null | undefined;
  /** The number of places on the ring that consistent hashing spreads over the targets. Default: 10000. */
  readonly slots?: number | null | undefined;
  /** Whether targets receive the name from the SRV record as Host header. Default: false. */
  readonly useSrvName?: boolean | null | undefined;
};

/** How the nodes of an API are found by a service registry, all the time. */
export type ServiceDiscoveryInput = {
  /** Whether finding no node counts, so that requests find nobody; else the nodes that were last found stay. Default: false. */
  readonly allowEmpty?: boolean | null | undefined;
  /** Whether only nodes count whose checks pass; else all that are registered. Default: true. */
  readonly passingOnly?: boolean | null | undefined;
  /** The service registry, of the same runtime group. */
  readonly registryId: string;
  /** The name of the service in the registry. */
  readonly service: string;
  /** The tag that its nodes have. Default: any, or none. */
  readonly tag?: string | null | undefined;
};

/** What a service is to do with requests. A part that is absent stays as it is, or is empty in what is new. */
export type ServiceImplementationInput = {
  /** All plugins that are for all its routes. */
  readonly plugins?: ReadonlyArray<ServicePluginInput> | null | undefined;
  /** All its routes. */
  readonly routes?: ReadonlyArray<ServiceRouteInput> | null | undefined;
  /** How the gateway talks to the API. */
  readonly settings?: ServiceSettingsInput | null | undefined;
};

/** One node of an API. */
export type ServiceNodeInput = {
  /** Its hostname or address, and its port. A name stays one: the gateway looks it up by DNS, as SRV record first, whose ports and weights then count in the place of those given here (`_pets._tcp.internal:80`), then as A or AAAA record, of whose addresses each has the weight. */
  readonly target: string;
  /** Its share of the requests, in proportion to the others. Default: 100. */
  readonly weight?: number | null | undefined;
};

/** A plugin of a service, or of one of its routes. */
export type ServicePluginInput = {
  /** The settings of the plugin; what they are depends on its sort. */
  readonly config?: Json | null | undefined;
  /** Whether gateways receive the plugin. Default: true. */
  readonly enabled?: boolean | null | undefined;
  /** The name of this one plugin, unique in its runtime group. */
  readonly instanceName?: string | null | undefined;
  /** The sort of plugin, such as rate-limiting; the gateways must have it. */
  readonly name?: string | null | undefined;
  /** The protocols of the requests that the plugin is for. Default: ["grpc","grpcs","http","https"]. */
  readonly protocols?: ReadonlyArray<Protocol> | null | undefined;
  /** Words to group and to find its entities by. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** A route of a service. It stays the same route from one version to the next by its name. */
export type ServiceRouteInput = {
  /** Where connections go to that match. */
  readonly destinations?: ReadonlyArray<RouteEndpointInput> | null | undefined;
  /** The headers that match, each with the values of which the request must have one. */
  readonly headers?: Json | null | undefined;
  /** The hosts that match; “*” may stand for the first or the last label, and a port may follow. */
  readonly hosts?: ReadonlyArray<string> | null | undefined;
  /** The status of the answer to a request that matches but for its protocol. Default: 426. */
  readonly httpsRedirectStatusCode?: number | null | undefined;
  /** The HTTP methods that match. */
  readonly methods?: ReadonlyArray<string> | null | undefined;
  /** The name of the route, unique in its runtime group. */
  readonly name?: string | null | undefined;
  /** How the paths of gateway service, route and request become one. Default: "v0". */
  readonly pathHandling?: PathHandling | null | undefined;
  /** The paths that match: prefixes that start with “/”, or regular expressions that start with “~/”. */
  readonly paths?: ReadonlyArray<string> | null | undefined;
  /** The plugins of this route alone. */
  readonly plugins?: ReadonlyArray<ServicePluginInput> | null | undefined;
  /** Whether the API receives the Host header of the client instead of the gateway service's host. Default: false. */
  readonly preserveHost?: boolean | null | undefined;
  /** The protocols that the route accepts, all of one family: HTTP, gRPC, streams, or TLS passthrough. Default: ["http","https"]. */
  readonly protocols?: ReadonlyArray<Protocol> | null | undefined;
  /** The rank among routes whose regular expressions match the same request; the highest wins. Default: 0. */
  readonly regexPriority?: number | null | undefined;
  /** Whether the gateway receives a whole request before it passes it on. Default: true. */
  readonly requestBuffering?: boolean | null | undefined;
  /** Whether the gateway receives a whole response before it passes it on. Default: true. */
  readonly responseBuffering?: boolean | null | undefined;
  /** The server names that match, as the client names them in the TLS handshake. */
  readonly snis?: ReadonlyArray<string> | null | undefined;
  /** Where connections come from that match. */
  readonly sources?: ReadonlyArray<RouteEndpointInput> | null | undefined;
  /** Whether the prefix that matched is cut from the path before the request goes on; always false for gRPC, also by default. Default: true. */
  readonly stripPath?: boolean | null | undefined;
  /** Words to group and to find its entities by. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** How the gateway talks to the API behind a service: timeouts, retries, TLS. */
export type ServiceSettingsInput = {
  /** The time in milliseconds within which a connection to the API must be made. Default: 60000. */
  readonly connectTimeout?: number | null | undefined;
  /** The time in milliseconds that may pass between two reads of a response from the API. Default: 60000. */
  readonly readTimeout?: number | null | undefined;
  /** The number of times that the gateway tries again after a request failed to reach the API. Default: 5. */
  readonly retries?: number | null | undefined;
  /** Words to group and to find its entities by. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** Whether the gateway verifies the certificate of the API; if absent, the gateway's own setting decides. */
  readonly tlsVerify?: boolean | null | undefined;
  /** The greatest number of certificates in the chain that the gateway accepts from the API. */
  readonly tlsVerifyDepth?: number | null | undefined;
  /** The time in milliseconds that may pass between two writes of a request to the API. Default: 60000. */
  readonly writeTimeout?: number | null | undefined;
};

/** Where an API is: one address, several nodes, or the nodes that a service registry knows. Names of hosts are looked up by the gateway itself, by DNS, again and again as the records’ time to live says; Signalbox hands them on as they are. */
export type ServiceTargetInput = {
  /** Its one address, as `url` or in parts; with nodes or a registry, the protocol and the path, without a host. A host that is a name stays one: the gateway finds by DNS what it stands for, and if that is several addresses, it takes turns. */
  readonly address?: ServiceAddressInput | null | undefined;
  /** How requests are spread over the nodes. */
  readonly balancing?: ServiceBalancingInput | null | undefined;
  /** The nodes over which requests are spread. */
  readonly nodes?: ReadonlyArray<ServiceNodeInput> | null | undefined;
  /** A service registry that Signalbox asks for the nodes, in the place of `nodes`: whenever it knows others, these become the upstream’s targets. */
  readonly registry?: ServiceDiscoveryInput | null | undefined;
};

/** Which items of a list of `ServiceVersion` are meant: those for which everything holds that is given. Null means no condition. */
export type ServiceVersionFilter = {
  /** All of these hold. */
  readonly and?: ReadonlyArray<ServiceVersionFilter> | null | undefined;
  /** Its id. */
  readonly id?: IdFilter | null | undefined;
  /** This does not hold. */
  readonly not?: ServiceVersionFilter | null | undefined;
  /** Its number. */
  readonly number?: StringFilter | null | undefined;
  /** At least one of these holds. None given: nothing is meant. */
  readonly or?: ReadonlyArray<ServiceVersionFilter> | null | undefined;
  /** When it last became live. */
  readonly publishedAt?: TimestampFilter | null | undefined;
  /** Its runtime group. */
  readonly runtimeGroupId?: IdFilter | null | undefined;
  /** Its service. */
  readonly serviceId?: IdFilter | null | undefined;
  /** Its stage. */
  readonly stage?: ServiceVersionStageFilter | null | undefined;
  /** Its state. */
  readonly state?: ServiceVersionStateFilter | null | undefined;
  /** When it was last changed. */
  readonly updatedAt?: TimestampFilter | null | undefined;
};

/** Whether a version is reachable. */
export type ServiceVersionStage =
  /** It was live before. It is read-only, and what one rolls back to. */
  | 'HISTORY'
  /** It is reachable in its runtime group. */
  | 'LIVE';

/** Conditions on a `ServiceVersionStage`; all that are given must hold. Null means no condition. */
export type ServiceVersionStageFilter = {
  /** Is equal to this. */
  readonly eq?: ServiceVersionStage | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<ServiceVersionStage> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: ServiceVersionStage | null | undefined;
};

/** What readers of the catalogue are told of a version. Requests reach it in each of these states. */
export type ServiceVersionState =
  /** It is still listed, with a notice that it will go. */
  | 'DEPRECATED'
  /** It is listed, and anybody may ask for access. This is the default. */
  | 'PUBLISHED'
  /** It is not listed; who has access already keeps it. */
  | 'UNPUBLISHED';

/** Conditions on a `ServiceVersionState`; all that are given must hold. Null means no condition. */
export type ServiceVersionStateFilter = {
  /** Is equal to this. */
  readonly eq?: ServiceVersionState | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<ServiceVersionState> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: ServiceVersionState | null | undefined;
};

/** Another share for a canary. */
export type ShiftCanaryInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** The live version whose canary is running. */
  readonly serviceVersionId: string;
  /** The new share, in percent. */
  readonly weight: number;
};

/** A second target for a part of the requests of a live version. */
export type StartCanaryInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** What a request must have, all of it. Default: every request is meant. */
  readonly conditions?: ReadonlyArray<CanaryConditionInput> | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** The live version whose requests are split. */
  readonly serviceVersionId: string;
  /** Where the part goes. */
  readonly target: ServiceTargetInput;
  /** The share, in percent, of the requests that meet the conditions. Default: 100 with conditions, else 0. */
  readonly weight?: number | null | undefined;
};

/** Conditions on a text; all that are given must hold. Null means no condition. */
export type StringFilter = {
  /** Contains this, in capital or small letters. */
  readonly contains?: string | null | undefined;
  /** Is equal to this. */
  readonly eq?: string | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: string | null | undefined;
  /** Begins with this, in capital or small letters. */
  readonly startsWith?: string | null | undefined;
};

/** What became of a configuration at an instance. */
export type SyncOutcome =
  /** The instance runs it. */
  | 'APPLIED'
  /** The instance refused it, and still runs the one before. */
  | 'REJECTED';

/** Why an instance is, or is not, in sync. Derived from facts whenever it is read. */
export type SyncReason =
  /** It runs the target revision, and its content is that revision’s. */
  | 'APPLIED'
  /** Its content is not that of the revision that it says it runs. */
  | 'DIVERGED'
  /** It is behind, for longer than 30 seconds. */
  | 'LAGGING'
  /** It is enrolled, and has not connected yet. */
  | 'NEVER_SEEN'
  /** It has no live session, and was last heard of more than 30 seconds ago. */
  | 'OFFLINE'
  /** It refused the target revision, and runs the last good one. */
  | 'REJECTED'
  /** All its tokens were withdrawn. */
  | 'REVOKED'
  /** It is behind, for less than 30 seconds. */
  | 'SYNCING';

/** Conditions on a `SyncReason`; all that are given must hold. Null means no condition. */
export type SyncReasonFilter = {
  /** Is equal to this. */
  readonly eq?: SyncReason | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<SyncReason> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: SyncReason | null | undefined;
};

/** Whether an instance runs what it should. */
export type SyncStatus =
  /** It runs what it should. */
  | 'IN_SYNC'
  /** It does not; `syncReason` says why. */
  | 'OUT_OF_SYNC';

/** Conditions on a `SyncStatus`; all that are given must hold. Null means no condition. */
export type SyncStatusFilter = {
  /** Is equal to this. */
  readonly eq?: SyncStatus | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<SyncStatus> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: SyncStatus | null | undefined;
};

/** Conditions on a list of texts; all that are given must hold. Null means no condition. */
export type TagsFilter = {
  /** Has every one of these, and perhaps others. */
  readonly hasAll?: ReadonlyArray<string> | null | undefined;
  /** Has at least one of these. */
  readonly hasAny?: ReadonlyArray<string> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
};

/** A webhook whose receiver is to be tried. */
export type TestWebhookInput = {
  /** The webhook. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** Conditions on a point in time; all that are given must hold. Null means no condition. */
export type TimestampFilter = {
  /** Is equal to this. */
  readonly eq?: string | null | undefined;
  /** Is greater than this, or later. */
  readonly gt?: string | null | undefined;
  /** Is this, or greater, or later. */
  readonly gte?: string | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is less than this, or earlier. */
  readonly lt?: string | null | undefined;
  /** Is this, or less, or earlier. */
  readonly lte?: string | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: string | null | undefined;
};

/** What a token lets its holder do. */
export type TokenRole =
  /** Everything. */
  | 'ADMIN'
  /** Run the configuration of its group as one instance, and report. */
  | 'INSTANCE'
  /** Read and follow, and change nothing. */
  | 'VIEWER';

/** Conditions on a `TokenRole`; all that are given must hold. Null means no condition. */
export type TokenRoleFilter = {
  /** Is equal to this. */
  readonly eq?: TokenRole | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<TokenRole> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: TokenRole | null | undefined;
};

/** Whether a token lets anybody in. */
export type TokenState =
  /** It did, until its time was up. */
  | 'EXPIRED'
  /** It does. */
  | 'GOOD'
  /** It was withdrawn. */
  | 'REVOKED';

/** Conditions on a `TokenState`; all that are given must hold. Null means no condition. */
export type TokenStateFilter = {
  /** Is equal to this. */
  readonly eq?: TokenState | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<TokenState> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: TokenState | null | undefined;
};

/** A version to take out of the catalogue. */
export type UnpublishServiceVersionInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The version. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
};

/** Changes to a GatewayService. What is absent stays as it is; null asks for the default. */
export type UpdateGatewayServiceInput = {
  /** The authorities whose certificates the gateway accepts from the API; if absent, the gateway's own setting decides. */
  readonly caCertificateIds?: ReadonlyArray<string> | null | undefined;
  /** The certificate that the gateway shows to the API. */
  readonly clientCertificateId?: string | null | undefined;
  /** The time in milliseconds within which a connection to the API must be made. Default: 60000. */
  readonly connectTimeout?: number | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Whether gateways receive the gateway service, its routes, and the plugins of both. Default: true. */
  readonly enabled?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The hostname or IP address of the API, or the name of an upstream, which then balances the load. */
  readonly host?: string | null | undefined;
  /** The GatewayService to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The name of the gateway service, unique in its runtime group. */
  readonly name?: string | null | undefined;
  /** The path that the gateway puts before that of each request. */
  readonly path?: string | null | undefined;
  /** The port of the API. Default: 80. */
  readonly port?: number | null | undefined;
  /** The protocol that the gateway speaks to the API. Default: "http". */
  readonly protocol?: Protocol | null | undefined;
  /** The time in milliseconds that may pass between two reads of a response from the API. Default: 60000. */
  readonly readTimeout?: number | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The number of times that the gateway tries again after a request failed to reach the API. Default: 5. */
  readonly retries?: number | null | undefined;
  /** If given, the entity must be in this runtime group. */
  readonly runtimeGroupId?: string | null | undefined;
  /** Words to group and to find entities by, across kinds. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** Whether the gateway verifies the certificate of the API; if absent, the gateway's own setting decides. */
  readonly tlsVerify?: boolean | null | undefined;
  /** The greatest number of certificates in the chain that the gateway accepts from the API. */
  readonly tlsVerifyDepth?: number | null | undefined;
  /** The protocol, host, port and path in one text, such as https://example.com:8443/orders. */
  readonly url?: string | null | undefined;
  /** The time in milliseconds that may pass between two writes of a request to the API. Default: 60000. */
  readonly writeTimeout?: number | null | undefined;
};

/** Changes to a Plugin. What is absent stays as it is; null asks for the default. */
export type UpdatePluginInput = {
  /** The settings of the plugin; what they are depends on its sort. */
  readonly config?: Json | null | undefined;
  /** The consumer group whose requests alone the plugin is for. */
  readonly consumerGroupId?: string | null | undefined;
  /** The consumer whose requests alone the plugin is for. */
  readonly consumerId?: string | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Whether gateways receive the plugin. Default: true. */
  readonly enabled?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The Plugin to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The name of this one plugin, unique in its runtime group. */
  readonly instanceName?: string | null | undefined;
  /** The sort of plugin, such as rate-limiting; the gateways must have it. */
  readonly name?: string | null | undefined;
  /** The protocols of the requests that the plugin is for. Default: ["grpc","grpcs","http","https"]. */
  readonly protocols?: ReadonlyArray<Protocol> | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The route whose requests alone the plugin is for. */
  readonly routeId?: string | null | undefined;
  /** If given, the entity must be in this runtime group. */
  readonly runtimeGroupId?: string | null | undefined;
  /** The gateway service whose requests alone the plugin is for. */
  readonly serviceId?: string | null | undefined;
  /** Words to group and to find entities by, across kinds. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** Changes to a PluginSchema. What is absent stays as it is; null asks for the default. */
export type UpdatePluginSchemaInput = {
  /** What the plugins do. */
  readonly description?: string | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The PluginSchema to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The name of the plugins that it is for, unique in its runtime group. */
  readonly name?: string | null | undefined;
  /** The priority of the plugins in the gateway: those with higher ones run earlier. Default: 0. */
  readonly priority?: number | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** If given, the entity must be in this runtime group. */
  readonly runtimeGroupId?: string | null | undefined;
  /** The JSON Schema of the settings, config. Defaults are filled in; what is writeOnly is a secret, which is never shown. */
  readonly schema?: Json | null | undefined;
  /** Words to group and to find entities by, across kinds. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** Changes to a Route. What is absent stays as it is; null asks for the default. */
export type UpdateRouteInput = {
  /** Where connections go to that match. */
  readonly destinations?: ReadonlyArray<RouteEndpointInput> | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The headers that match, each with the values of which the request must have one. */
  readonly headers?: Json | null | undefined;
  /** The hosts that match; “*” may stand for the first or the last label, and a port may follow. */
  readonly hosts?: ReadonlyArray<string> | null | undefined;
  /** The status of the answer to a request that matches but for its protocol. Default: 426. */
  readonly httpsRedirectStatusCode?: number | null | undefined;
  /** The Route to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The HTTP methods that match. */
  readonly methods?: ReadonlyArray<string> | null | undefined;
  /** The name of the route, unique in its runtime group. */
  readonly name?: string | null | undefined;
  /** How the paths of gateway service, route and request become one. Default: "v0". */
  readonly pathHandling?: PathHandling | null | undefined;
  /** The paths that match: prefixes that start with “/”, or regular expressions that start with “~/”. */
  readonly paths?: ReadonlyArray<string> | null | undefined;
  /** Whether the API receives the Host header of the client instead of the gateway service's host. Default: false. */
  readonly preserveHost?: boolean | null | undefined;
  /** The protocols that the route accepts, all of one family: HTTP, gRPC, streams, or TLS passthrough. Default: ["http","https"]. */
  readonly protocols?: ReadonlyArray<Protocol> | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The rank among routes whose regular expressions match the same request; the highest wins. Default: 0. */
  readonly regexPriority?: number | null | undefined;
  /** Whether the gateway receives a whole request before it passes it on. Default: true. */
  readonly requestBuffering?: boolean | null | undefined;
  /** Whether the gateway receives a whole response before it passes it on. Default: true. */
  readonly responseBuffering?: boolean | null | undefined;
  /** If given, the entity must be in this runtime group. */
  readonly runtimeGroupId?: string | null | undefined;
  /** The gateway service that matching requests go to; without one, plugins must answer them. */
  readonly serviceId?: string | null | undefined;
  /** The server names that match, as the client names them in the TLS handshake. */
  readonly snis?: ReadonlyArray<string> | null | undefined;
  /** Where connections come from that match. */
  readonly sources?: ReadonlyArray<RouteEndpointInput> | null | undefined;
  /** Whether the prefix that matched is cut from the path before the request goes on; always false for gRPC, also by default. Default: true. */
  readonly stripPath?: boolean | null | undefined;
  /** Words to group and to find entities by, across kinds. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** Changes to what a service runs with in a runtime group. What is absent or null stays. */
export type UpdateRuntimeConfigurationInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Refuse with VERSION_STALE unless it has had this many changes. */
  readonly expectedVersion?: number | null | undefined;
  /** The hosts of routes that name none. */
  readonly hosts?: ReadonlyArray<string> | null | undefined;
  /** The runtime configuration to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** What comes before the paths of all routes; empty: nothing. */
  readonly pathPrefix?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** Whether the prefix is cut off before a request goes on. */
  readonly stripPathPrefix?: boolean | null | undefined;
  /** Where the API is, as a whole. */
  readonly target?: ServiceTargetInput | null | undefined;
};

/** Changes to a runtime group. What is absent or null stays. */
export type UpdateRuntimeGroupInput = {
  /** What is asked of others before services go live in it, as a whole. How many count is decided when something goes live, by the policy of then; when a request expires, when it is made. */
  readonly approvalPolicy?: ApprovalPolicyInput | null | undefined;
  /** Its new description. */
  readonly description?: string | null | undefined;
  /** Refuse with VERSION_STALE unless the group is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** The group to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** All its labels: others that it had are gone. */
  readonly labels?: ReadonlyArray<LabelInput> | null | undefined;
  /** Its new name. */
  readonly name?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
};

/** Changes to the template of a service. Nothing that is published changes. */
export type UpdateServiceTemplateInput = {
  /** Refuse with VERSION_STALE unless the template is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The parts to change, each as a whole. */
  readonly implementation: ServiceImplementationInput;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** The service. */
  readonly serviceId: string;
};

/** Changes to a version. What is absent or null stays. */
export type UpdateServiceVersionInput = {
  /** Do it although routes get in the way of those of others in the group, or these in theirs. Default: false, refused with ROUTES_OVERLAP. */
  readonly allowOverlaps?: boolean | null | undefined;
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** Refuse with VERSION_STALE unless it has had this many changes. */
  readonly expectedVersion?: number | null | undefined;
  /** The version to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** The parts to change, each as a whole. Only where versions live side by side: else it is sealed. */
  readonly implementation?: ServiceImplementationInput | null | undefined;
  /** What is new in it. */
  readonly notes?: string | null | undefined;
  /** The token of a plan, from a dry run: refuse with PLAN_STALE unless the write would do exactly what the plan says. */
  readonly planToken?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Change nothing, and ask others to agree to what this would do, in each runtime group that asks for approvals: the answer has the requests. Once others have approved, the same write does it. With `dryRun`, nobody is asked. Default: false. */
  readonly requestApproval?: boolean | null | undefined;
  /** The runtime group that it is in; it cannot move to another. */
  readonly runtimeGroupId?: string | null | undefined;
};

/** Changes to a Target. What is absent stays as it is; null asks for the default. */
export type UpdateTargetInput = {
  /** Check everything and answer what would change, but change nothing. */
  readonly dryRun?: boolean | null | undefined;
  /** Refuse with REVISION_STALE unless the runtime group is at this revision. */
  readonly expectedRevision?: number | null | undefined;
  /** The Target to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** If given, the entity must be in this runtime group. */
  readonly runtimeGroupId?: string | null | undefined;
  /** Words to group and to find entities by, across kinds. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** The hostname or IP address and the port of the target, unique in its upstream; the port is 8000 if none is given. */
  readonly target?: string | null | undefined;
  /** The upstream that the target belongs to. */
  readonly upstreamId?: string | null | undefined;
  /** The share of the requests that the target gets, in proportion to the others; with 0, it gets none. Default: 100. */
  readonly weight?: number | null | undefined;
};

/** Changes to a webhook. What is absent or null stays. */
export type UpdateWebhookInput = {
  /** True: it is told of changes, again if it was suspended, from where it was. False: it is not, until it is set active again. */
  readonly active?: boolean | null | undefined;
  /** Refuse with VERSION_STALE unless the webhook is at this version. */
  readonly expectedVersion?: number | null | undefined;
  /** Which changes it is told of from now on. */
  readonly filter?: ChangesFilter | null | undefined;
  /** The webhook to change. */
  readonly id: string;
  /** Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise. */
  readonly idempotencyKey?: string | null | undefined;
  /** How often a delivery is tried before the webhook is suspended, from 1 to 100. */
  readonly maxAttempts?: number | null | undefined;
  /** Its new name. */
  readonly name?: string | null | undefined;
  /** Why it is done, for those who read the history: up to 500 characters, without control characters. */
  readonly reason?: string | null | undefined;
  /** Where deliveries are posted to: an http or https URL. Addresses of private networks, and of the control plane’s own machine, are refused unless it is set to allow them. */
  readonly url?: string | null | undefined;
};

/** Which items of a list of `Webhook` are meant: those for which everything holds that is given. Null means no condition. */
export type WebhookFilter = {
  /** All of these hold. */
  readonly and?: ReadonlyArray<WebhookFilter> | null | undefined;
  /** When it was made. */
  readonly createdAt?: TimestampFilter | null | undefined;
  /** Its id. */
  readonly id?: IdFilter | null | undefined;
  /** Its name. */
  readonly name?: StringFilter | null | undefined;
  /** This does not hold. */
  readonly not?: WebhookFilter | null | undefined;
  /** At least one of these holds. None given: nothing is meant. */
  readonly or?: ReadonlyArray<WebhookFilter> | null | undefined;
  /** Whether it is told of changes. */
  readonly state?: WebhookStateFilter | null | undefined;
};

/** Whether a webhook is told of changes. */
export type WebhookState =
  /** It is. */
  | 'ACTIVE'
  /** It is not, because somebody said so. */
  | 'PAUSED'
  /** It is not, because a delivery failed too often. Set active again, it goes on with that one. */
  | 'SUSPENDED';

/** Conditions on a `WebhookState`; all that are given must hold. Null means no condition. */
export type WebhookStateFilter = {
  /** Is equal to this. */
  readonly eq?: WebhookState | null | undefined;
  /** Is equal to one of these. */
  readonly in?: ReadonlyArray<WebhookState> | null | undefined;
  /** True: has no value. False: has one. */
  readonly isNull?: boolean | null | undefined;
  /** Is not equal to this; also holds where there is no value. */
  readonly ne?: WebhookState | null | undefined;
};

export type RuntimeConfigSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  runtimeVersion?: string | null | undefined;
}>;


export type RuntimeConfigSubscription = { readonly runtimeConfig:
    | { readonly __typename: 'Bookmark', readonly cursor: string, readonly headRevision: number, readonly stale: boolean }
    | { readonly __typename: 'ConfigDelta', readonly fromCursor: string, readonly cursor: string, readonly stateHash: string | null, readonly revisions: ReadonlyArray<{ readonly revision: number, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly after: Json | null, readonly secrets: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: string }> | null }> }> }
    | { readonly __typename: 'ConfigFold', readonly fromCursor: string, readonly cursor: string, readonly fromRevision: number, readonly revision: number, readonly stateHash: string | null, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly after: Json | null, readonly secrets: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: string }> | null }> }
    | { readonly __typename: 'ConfigSnapshot', readonly cursor: string, readonly revision: number, readonly stateHash: string | null, readonly part: number, readonly parts: number, readonly entities: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly document: Json, readonly secrets: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: string }> | null }> }
    | { readonly __typename: 'Goodbye', readonly retryAfterMs: number, readonly cause: GoodbyeCause, readonly message: string }
    | { readonly __typename: 'Resync', readonly reason: ResyncReason, readonly message: string }
    | { readonly __typename: 'SessionOpened', readonly session: number, readonly collections: ReadonlyArray<string>, readonly runtimeInstance: { readonly id: string, readonly hostname: string }, readonly runtimeGroup: { readonly id: string, readonly name: string } }
   };

export type ReportSyncMutationVariables = Exact<{
  input: ReportSyncInput;
}>;


export type ReportSyncMutation = { readonly reportSync: { readonly accepted: boolean, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type EnrolInstanceMutationVariables = Exact<{
  input: CreateRuntimeInstanceInput;
}>;


export type EnrolInstanceMutation = { readonly createRuntimeInstance: { readonly token: string | null, readonly runtimeInstance: { readonly id: string, readonly hostname: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type FindInstanceQueryVariables = Exact<{
  id: string;
}>;


export type FindInstanceQuery = { readonly runtimeInstance: { readonly id: string, readonly hostname: string } | null };

export type WithdrawInstanceMutationVariables = Exact<{
  input: DeleteRuntimeInstanceInput;
}>;


export type WithdrawInstanceMutation = { readonly deleteRuntimeInstance: { readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ApprovalShownFragment = { readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> };

export type ListApprovalsQueryVariables = Exact<{
  after?: string | null | undefined;
  filter?: ApprovalRequestFilter | null | undefined;
}>;


export type ListApprovalsQuery = { readonly approvalRequests: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ShowApprovalQueryVariables = Exact<{
  id: string;
}>;


export type ShowApprovalQuery = { readonly approvalRequest: { readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }>, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> } | null };

export type ApproveMutationVariables = Exact<{
  input: ApproveRequestInput;
}>;


export type ApproveMutation = { readonly approveRequest: { readonly approvalRequest: { readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type RejectMutationVariables = Exact<{
  input: RejectRequestInput;
}>;


export type RejectMutation = { readonly rejectRequest: { readonly approvalRequest: { readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type RequireApprovalsMutationVariables = Exact<{
  input: UpdateRuntimeGroupInput;
}>;


export type RequireApprovalsMutation = { readonly updateRuntimeGroup: { readonly runtimeGroup: { readonly id: string, readonly name: string, readonly approvalPolicy: { readonly required: number, readonly expiresAfterSeconds: number } } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  from?: ChangesOrigin;
  filter?: ChangesFilter | null | undefined;
}>;


export type ChangesSubscription = { readonly changes:
    | { readonly __typename: 'Bookmark', readonly cursor: string, readonly headRevision: number, readonly stale: boolean }
    | { readonly __typename: 'ChangesDelta', readonly fromCursor: string, readonly cursor: string, readonly changes: ReadonlyArray<{ readonly number: number, readonly stream: ChangeStream, readonly revision: number, readonly at: string, readonly command: string, readonly reason: string | null, readonly summary: string, readonly actor: { readonly name: string }, readonly entries: ReadonlyArray<{ readonly type: string, readonly kind: string, readonly subjectId: string, readonly subjectName: string, readonly operation: ChangeOperation, readonly runtimeGroupName: string | null, readonly serviceName: string | null, readonly summary: string, readonly fields: ReadonlyArray<{ readonly path: string }> }> }> }
    | { readonly __typename: 'Goodbye', readonly cause: GoodbyeCause, readonly message: string, readonly retryAfterMs: number }
    | { readonly __typename: 'Resync', readonly reason: ResyncReason, readonly message: string }
   };

export type WebhookFactsFragment = { readonly id: string, readonly name: string, readonly url: string, readonly state: WebhookState, readonly stateReason: string | null, readonly failures: number, readonly nextAttemptAt: string | null, readonly maxAttempts: number };

export type ListWebhooksQueryVariables = Exact<{
  after?: string | null | undefined;
  filter?: WebhookFilter | null | undefined;
}>;


export type ListWebhooksQuery = { readonly webhooks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly url: string, readonly state: WebhookState, readonly stateReason: string | null, readonly failures: number, readonly nextAttemptAt: string | null, readonly maxAttempts: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ListWebhookDeliveriesQueryVariables = Exact<{
  id: string;
}>;


export type ListWebhookDeliveriesQuery = { readonly webhook: { readonly id: string, readonly lastDeliveries: ReadonlyArray<{ readonly id: string, readonly type: string, readonly number: number | null, readonly delivered: boolean, readonly attempts: number, readonly status: number | null, readonly error: string | null, readonly lastAttemptAt: string }> } | null };

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { readonly createWebhook: { readonly secret: string | null, readonly webhook: { readonly id: string, readonly name: string, readonly url: string, readonly state: WebhookState, readonly stateReason: string | null, readonly failures: number, readonly nextAttemptAt: string | null, readonly maxAttempts: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type UpdateWebhookMutationVariables = Exact<{
  input: UpdateWebhookInput;
}>;


export type UpdateWebhookMutation = { readonly updateWebhook: { readonly webhook: { readonly id: string, readonly name: string, readonly url: string, readonly state: WebhookState, readonly stateReason: string | null, readonly failures: number, readonly nextAttemptAt: string | null, readonly maxAttempts: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DeleteWebhookMutationVariables = Exact<{
  input: DeleteWebhookInput;
}>;


export type DeleteWebhookMutation = { readonly deleteWebhook: { readonly webhook: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type RotateWebhookSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateWebhookSecretMutation = { readonly rotateWebhookSecret: { readonly secret: string | null, readonly webhook: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type TestWebhookMutationVariables = Exact<{
  input: TestWebhookInput;
}>;


export type TestWebhookMutation = { readonly testWebhook: { readonly delivery: { readonly id: string, readonly delivered: boolean, readonly error: string | null, readonly durationMs: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type RedeliverWebhookMutationVariables = Exact<{
  input: RedeliverWebhookInput;
}>;


export type RedeliverWebhookMutation = { readonly redeliverWebhook: { readonly delivery: { readonly id: string, readonly delivered: boolean, readonly error: string | null, readonly durationMs: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ListGroupsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ListGroupsQuery = { readonly runtimeGroups: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly isDefault: boolean, readonly runtimeType: RuntimeType, readonly revision: number, readonly configHash: string, readonly activeInstanceCount: number, readonly instances: { readonly totalCount: number } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ListInstancesQueryVariables = Exact<{
  after?: string | null | undefined;
  filter?: RuntimeInstanceFilter | null | undefined;
}>;


export type ListInstancesQuery = { readonly runtimeInstances: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly hostname: string, readonly runtimeVersion: string | null, readonly connection: ConnectionState, readonly syncStatus: SyncStatus, readonly syncReason: SyncReason, readonly syncMessage: string, readonly targetRevision: number, readonly appliedRevision: number | null, readonly lastSeenAt: string | null, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ExplainRouteQueryVariables = Exact<{
  runtimeGroupId: string;
  request: GatewayRequestInput;
  first: number;
}>;


export type ExplainRouteQuery = { readonly explainRoute: { readonly outcome: RequestOutcome, readonly status: number | null, readonly message: string, readonly otherRoutesTotal: number, readonly route: { readonly id: string, readonly name: string | null } | null, readonly gatewayService: { readonly id: string, readonly name: string | null } | null, readonly upstreamRequest: { readonly url: string, readonly host: string | null, readonly notes: ReadonlyArray<string> } | null, readonly upstream: { readonly id: string, readonly name: string } | null, readonly targets: ReadonlyArray<{ readonly weight: number, readonly share: number, readonly target: { readonly id: string, readonly target: string } }>, readonly plugins: { readonly running: ReadonlyArray<{ readonly position: number, readonly scope: ReadonlyArray<PluginScope>, readonly plugin: { readonly id: string, readonly name: string } }>, readonly passedOver: ReadonlyArray<{ readonly because: PassedOverBecause, readonly plugin: { readonly id: string, readonly name: string } }> }, readonly otherRoutes: ReadonlyArray<{ readonly beatenBy: RoutePriority | null, readonly route: { readonly id: string, readonly name: string | null }, readonly failures: ReadonlyArray<{ readonly criterion: RouteCriterion, readonly message: string }> }> } };

export type ImportConfigurationMutationVariables = Exact<{
  input: ImportConfigurationInput;
}>;


export type ImportConfigurationMutation = { readonly importConfiguration: { readonly revision: number | null, readonly summary: { readonly created: number, readonly updated: number, readonly deleted: number, readonly unchanged: number } | null, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }> | null, readonly referred: ReadonlyArray<{ readonly id: string, readonly name: string | null }> | null, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ListTokensQueryVariables = Exact<{
  after?: string | null | undefined;
  filter?: AccessTokenFilter | null | undefined;
}>;


export type ListTokensQuery = { readonly accessTokens: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly role: TokenRole, readonly state: TokenState, readonly runtimeGroupId: string | null, readonly createdAt: string, readonly expiresAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type RevokeTokenMutationVariables = Exact<{
  input: RevokeAccessTokenInput;
}>;


export type RevokeTokenMutation = { readonly revokeAccessToken: { readonly accessToken: { readonly name: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type CreateTokenMutationVariables = Exact<{
  input: CreateAccessTokenInput;
}>;


export type CreateTokenMutation = { readonly createAccessToken: { readonly secret: string | null, readonly accessToken: { readonly id: string, readonly name: string, readonly role: TokenRole, readonly runtimeGroupId: string | null, readonly expiresAt: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ConfigChangesSubscriptionVariables = Exact<{
  runtimeGroupId: string;
  after?: string | null | undefined;
  kinds?: ReadonlyArray<string> | string | null | undefined;
  tags?: ReadonlyArray<string> | string | null | undefined;
}>;


export type ConfigChangesSubscription = { readonly configChanges:
    | { readonly __typename: 'Bookmark', readonly fromCursor: string, readonly cursor: string, readonly headRevision: number, readonly stale: boolean }
    | { readonly __typename: 'ConfigDelta', readonly fromCursor: string, readonly cursor: string, readonly stateHash: string | null, readonly revisions: ReadonlyArray<{ readonly revision: number, readonly at: string, readonly actor: string, readonly command: string, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }> }> }
    | { readonly __typename: 'ConfigFold', readonly fromCursor: string, readonly cursor: string, readonly fromRevision: number, readonly revision: number, readonly revisionCount: number, readonly stateHash: string | null, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }> }
    | { readonly __typename: 'ConfigSnapshot', readonly cursor: string, readonly revision: number, readonly stateHash: string | null, readonly part: number, readonly parts: number, readonly entities: ReadonlyArray<{ readonly id: string }> }
    | { readonly __typename: 'Goodbye', readonly retryAfterMs: number, readonly cause: GoodbyeCause, readonly message: string }
    | { readonly __typename: 'Resync', readonly reason: ResyncReason, readonly message: string }
   };

export type SyncStatusSubscriptionVariables = Exact<{
  runtimeGroupId: string;
  after?: string | null | undefined;
}>;


export type SyncStatusSubscription = { readonly syncStatus:
    | { readonly __typename: 'Bookmark', readonly cursor: string, readonly headRevision: number, readonly stale: boolean }
    | { readonly __typename: 'Goodbye', readonly retryAfterMs: number, readonly cause: GoodbyeCause, readonly message: string }
    | { readonly __typename: 'Resync', readonly reason: ResyncReason, readonly message: string }
    | { readonly __typename: 'SyncStatusDelta', readonly fromCursor: string, readonly cursor: string, readonly changes: ReadonlyArray<{ readonly runtimeInstanceId: string, readonly removed: boolean, readonly hostname: string, readonly connection: ConnectionState, readonly syncStatus: SyncStatus, readonly syncReason: SyncReason, readonly syncMessage: string, readonly targetRevision: number, readonly appliedRevision: number | null, readonly changedAt: string | null }> }
    | { readonly __typename: 'SyncStatusSnapshot', readonly cursor: string, readonly part: number, readonly parts: number, readonly instances: ReadonlyArray<{ readonly runtimeInstanceId: string, readonly removed: boolean, readonly hostname: string, readonly connection: ConnectionState, readonly syncStatus: SyncStatus, readonly syncReason: SyncReason, readonly syncMessage: string, readonly targetRevision: number, readonly appliedRevision: number | null, readonly changedAt: string | null }> }
   };

export type InstanceStatusFragment = { readonly runtimeInstanceId: string, readonly removed: boolean, readonly hostname: string, readonly connection: ConnectionState, readonly syncStatus: SyncStatus, readonly syncReason: SyncReason, readonly syncMessage: string, readonly targetRevision: number, readonly appliedRevision: number | null, readonly changedAt: string | null };

export type ListRevisionsQueryVariables = Exact<{
  runtimeGroupId: string;
  first: number;
  filter?: RuntimeGroupRevisionFilter | null | undefined;
}>;


export type ListRevisionsQuery = { readonly runtimeGroup: { readonly oldestRevision: number, readonly revisions: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly revision: number, readonly at: string, readonly command: string, readonly reason: string | null, readonly restoredRevision: number | null, readonly summary: string, readonly stateHash: string, readonly actor: { readonly id: string, readonly name: string }, readonly counts: { readonly created: number, readonly updated: number, readonly deleted: number } }> } } | null };

export type DiffConfigurationsQueryVariables = Exact<{
  from: ConfigPointInput;
  to: ConfigPointInput;
}>;


export type DiffConfigurationsQuery = { readonly configDiff: { readonly impact: ChangeImpact | null, readonly from: { readonly runtimeGroupId: string, readonly revision: number, readonly configHash: string }, readonly to: { readonly runtimeGroupId: string, readonly revision: number, readonly configHash: string }, readonly counts: { readonly created: number, readonly updated: number, readonly deleted: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly name: string, readonly operation: ChangeOperation, readonly impact: ChangeImpact, readonly reason: string, readonly before: Json | null, readonly after: Json | null, readonly fields: ReadonlyArray<{ readonly path: string, readonly before: Json | null, readonly after: Json | null, readonly impact: ChangeImpact, readonly reason: string }> }> } };

export type RestoreRevisionMutationVariables = Exact<{
  input: RestoreRevisionInput;
}>;


export type RestoreRevisionMutation = { readonly restoreRevision: { readonly revision: number | null, readonly restoredRevision: number | null, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }> | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ListPluginSchemasQueryVariables = Exact<{
  groupId: string;
  after?: string | null | undefined;
  filter?: PluginSchemaFilter | null | undefined;
}>;


export type ListPluginSchemasQuery = { readonly runtimeGroup: { readonly pluginSchemas: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly description: string | null, readonly priority: number, readonly schema: Json }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type CreatePluginSchemaMutationVariables = Exact<{
  input: CreatePluginSchemaInput;
}>;


export type CreatePluginSchemaMutation = { readonly createPluginSchema: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type UpdatePluginSchemaMutationVariables = Exact<{
  input: UpdatePluginSchemaInput;
}>;


export type UpdatePluginSchemaMutation = { readonly updatePluginSchema: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DeletePluginSchemaMutationVariables = Exact<{
  input: DeletePluginSchemaInput;
}>;


export type DeletePluginSchemaMutation = { readonly deletePluginSchema: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ListServicesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ListServicesQuery = { readonly services: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly releasePolicy: ReleasePolicy, readonly description: string, readonly template: { readonly version: number, readonly digest: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ListVersionsQueryVariables = Exact<{
  after?: string | null | undefined;
  filter?: ServiceVersionFilter | null | undefined;
}>;


export type ListVersionsQuery = { readonly serviceVersions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly notes: string, readonly publishedAt: string, readonly publishedBy: string, readonly service: { readonly id: string, readonly name: string }, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type FindServiceQueryVariables = Exact<{
  id?: string | null | undefined;
  name?: string | null | undefined;
}>;


export type FindServiceQuery = { readonly service: { readonly id: string, readonly name: string, readonly releasePolicy: ReleasePolicy } | null };

export type HistoryOfRuntimeConfigurationQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type HistoryOfRuntimeConfigurationQuery = { readonly node:
    | { readonly history: { readonly nodes: ReadonlyArray<{ readonly revision: number, readonly at: string, readonly actor: string, readonly command: string, readonly reason: string | null, readonly change: string, readonly configRevision: number | null, readonly before: { readonly hosts: ReadonlyArray<string>, readonly pathPrefix: string | null, readonly stripPathPrefix: boolean, readonly target: { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null }, readonly canary: { readonly weight: number, readonly conditions: ReadonlyArray<{ readonly source: CanarySource, readonly name: string, readonly value: string | null }>, readonly target: { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null } } | null } | null, readonly after: { readonly hosts: ReadonlyArray<string>, readonly pathPrefix: string | null, readonly stripPathPrefix: boolean, readonly target: { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null }, readonly canary: { readonly weight: number, readonly conditions: ReadonlyArray<{ readonly source: CanarySource, readonly name: string, readonly value: string | null }>, readonly target: { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null } } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }
    | Record<PropertyKey, never>
   | null };

export type RanWithFragment = { readonly hosts: ReadonlyArray<string>, readonly pathPrefix: string | null, readonly stripPathPrefix: boolean, readonly target: { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null }, readonly canary: { readonly weight: number, readonly conditions: ReadonlyArray<{ readonly source: CanarySource, readonly name: string, readonly value: string | null }>, readonly target: { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null } } | null };

export type RuntimeConfigurationOfVersionQueryVariables = Exact<{
  id: string;
}>;


export type RuntimeConfigurationOfVersionQuery = { readonly serviceVersion: { readonly runtimeConfiguration: { readonly id: string, readonly hosts: ReadonlyArray<string>, readonly pathPrefix: string | null, readonly stripPathPrefix: boolean, readonly version: number, readonly updatedAt: string, readonly target: { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null }, readonly canary: { readonly weight: number, readonly conditions: ReadonlyArray<{ readonly source: CanarySource, readonly name: string, readonly value: string | null }>, readonly target: { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null } } | null } | null } | null };

export type WhereToFragment = { readonly address: { readonly protocol: Protocol, readonly host: string, readonly port: number, readonly path: string | null } | null, readonly nodes: ReadonlyArray<{ readonly target: string, readonly weight: number }>, readonly registry: { readonly service: string, readonly tag: string | null } | null };

export type CreateServiceMutationVariables = Exact<{
  input: CreateServiceInput;
}>;


export type CreateServiceMutation = { readonly createService: { readonly service: { readonly id: string, readonly name: string, readonly releasePolicy: ReleasePolicy, readonly template: { readonly version: number, readonly digest: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type UpdateServiceTemplateMutationVariables = Exact<{
  input: UpdateServiceTemplateInput;
}>;


export type UpdateServiceTemplateMutation = { readonly updateServiceTemplate: { readonly service: { readonly id: string, readonly name: string, readonly releasePolicy: ReleasePolicy, readonly template: { readonly version: number, readonly digest: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ResetServiceTemplateMutationVariables = Exact<{
  input: ResetServiceTemplateInput;
}>;


export type ResetServiceTemplateMutation = { readonly resetServiceTemplate: { readonly service: { readonly id: string, readonly name: string, readonly releasePolicy: ReleasePolicy, readonly template: { readonly version: number, readonly digest: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type TemplateOfServiceQueryVariables = Exact<{
  id: string;
}>;


export type TemplateOfServiceQuery = { readonly service: { readonly template: { readonly version: number, readonly implementation: { readonly settings: { readonly retries: number, readonly connectTimeout: number, readonly writeTimeout: number, readonly readTimeout: number, readonly tlsVerify: boolean | null, readonly tlsVerifyDepth: number | null, readonly tags: ReadonlyArray<string> }, readonly routes: ReadonlyArray<{ readonly name: string | null, readonly protocols: ReadonlyArray<Protocol>, readonly methods: ReadonlyArray<string> | null, readonly hosts: ReadonlyArray<string> | null, readonly paths: ReadonlyArray<string> | null, readonly headers: Json | null, readonly snis: ReadonlyArray<string> | null, readonly httpsRedirectStatusCode: number, readonly regexPriority: number, readonly stripPath: boolean, readonly pathHandling: PathHandling, readonly preserveHost: boolean, readonly requestBuffering: boolean, readonly responseBuffering: boolean, readonly tags: ReadonlyArray<string>, readonly sources: ReadonlyArray<{ readonly ip: string | null, readonly port: number | null }> | null, readonly destinations: ReadonlyArray<{ readonly ip: string | null, readonly port: number | null }> | null, readonly plugins: ReadonlyArray<{ readonly name: string, readonly instanceName: string | null, readonly config: Json, readonly protocols: ReadonlyArray<Protocol>, readonly enabled: boolean, readonly tags: ReadonlyArray<string> }> }>, readonly plugins: ReadonlyArray<{ readonly name: string, readonly instanceName: string | null, readonly config: Json, readonly protocols: ReadonlyArray<Protocol>, readonly enabled: boolean, readonly tags: ReadonlyArray<string> }> } } | null } | null };

export type CompareTemplateQueryVariables = Exact<{
  id: string;
  serviceVersionId?: string | null | undefined;
  runtimeGroupId?: string | null | undefined;
}>;


export type CompareTemplateQuery = { readonly service: { readonly template: { readonly differences: ReadonlyArray<{ readonly collection: string, readonly name: string, readonly operation: ChangeOperation, readonly impact: ChangeImpact, readonly reason: string, readonly fields: ReadonlyArray<{ readonly path: string, readonly before: Json | null, readonly after: Json | null, readonly impact: ChangeImpact, readonly reason: string }> }> } | null } | null };

export type DeleteServiceMutationVariables = Exact<{
  input: DeleteServiceInput;
}>;


export type DeleteServiceMutation = { readonly deleteService: { readonly service: { readonly id: string, readonly name: string, readonly releasePolicy: ReleasePolicy, readonly template: { readonly version: number, readonly digest: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ServiceWrittenFragment = { readonly service: { readonly id: string, readonly name: string, readonly releasePolicy: ReleasePolicy, readonly template: { readonly version: number, readonly digest: string } | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> };

export type CreateVersionMutationVariables = Exact<{
  input: CreateServiceVersionInput;
}>;


export type CreateVersionMutation = { readonly createServiceVersion: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type UpdateVersionMutationVariables = Exact<{
  input: UpdateServiceVersionInput;
}>;


export type UpdateVersionMutation = { readonly updateServiceVersion: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DeleteVersionMutationVariables = Exact<{
  input: DeleteServiceVersionInput;
}>;


export type DeleteVersionMutation = { readonly deleteServiceVersion: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ImplementationOfVersionQueryVariables = Exact<{
  id: string;
}>;


export type ImplementationOfVersionQuery = { readonly serviceVersion: { readonly number: string, readonly version: number, readonly notes: string, readonly implementation: { readonly settings: { readonly retries: number, readonly connectTimeout: number, readonly writeTimeout: number, readonly readTimeout: number, readonly tlsVerify: boolean | null, readonly tlsVerifyDepth: number | null, readonly tags: ReadonlyArray<string> }, readonly routes: ReadonlyArray<{ readonly name: string | null, readonly protocols: ReadonlyArray<Protocol>, readonly methods: ReadonlyArray<string> | null, readonly hosts: ReadonlyArray<string> | null, readonly paths: ReadonlyArray<string> | null, readonly headers: Json | null, readonly snis: ReadonlyArray<string> | null, readonly httpsRedirectStatusCode: number, readonly regexPriority: number, readonly stripPath: boolean, readonly pathHandling: PathHandling, readonly preserveHost: boolean, readonly requestBuffering: boolean, readonly responseBuffering: boolean, readonly tags: ReadonlyArray<string>, readonly sources: ReadonlyArray<{ readonly ip: string | null, readonly port: number | null }> | null, readonly destinations: ReadonlyArray<{ readonly ip: string | null, readonly port: number | null }> | null, readonly plugins: ReadonlyArray<{ readonly name: string, readonly instanceName: string | null, readonly config: Json, readonly protocols: ReadonlyArray<Protocol>, readonly enabled: boolean, readonly tags: ReadonlyArray<string> }> }>, readonly plugins: ReadonlyArray<{ readonly name: string, readonly instanceName: string | null, readonly config: Json, readonly protocols: ReadonlyArray<Protocol>, readonly enabled: boolean, readonly tags: ReadonlyArray<string> }> } } | null };

export type PublishVersionMutationVariables = Exact<{
  input: PublishServiceVersionInput;
}>;


export type PublishVersionMutation = { readonly publishServiceVersion: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type PromoteVersionMutationVariables = Exact<{
  input: PromoteServiceVersionInput;
}>;


export type PromoteVersionMutation = { readonly promoteServiceVersion: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type RollBackServiceMutationVariables = Exact<{
  input: RollbackServiceInput;
}>;


export type RollBackServiceMutation = { readonly rollbackService: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DeprecateVersionMutationVariables = Exact<{
  input: DeprecateServiceVersionInput;
}>;


export type DeprecateVersionMutation = { readonly deprecateServiceVersion: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type UnpublishVersionMutationVariables = Exact<{
  input: UnpublishServiceVersionInput;
}>;


export type UnpublishVersionMutation = { readonly unpublishServiceVersion: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type RepublishVersionMutationVariables = Exact<{
  input: RepublishServiceVersionInput;
}>;


export type RepublishVersionMutation = { readonly republishServiceVersion: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type StartCanaryMutationVariables = Exact<{
  input: StartCanaryInput;
}>;


export type StartCanaryMutation = { readonly startCanary: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type ShiftCanaryMutationVariables = Exact<{
  input: ShiftCanaryInput;
}>;


export type ShiftCanaryMutation = { readonly shiftCanary: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type PromoteCanaryMutationVariables = Exact<{
  input: PromoteCanaryInput;
}>;


export type PromoteCanaryMutation = { readonly promoteCanary: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type AbortCanaryMutationVariables = Exact<{
  input: AbortCanaryInput;
}>;


export type AbortCanaryMutation = { readonly abortCanary: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type UpdateRuntimeConfigurationMutationVariables = Exact<{
  input: UpdateRuntimeConfigurationInput;
}>;


export type UpdateRuntimeConfigurationMutation = { readonly updateRuntimeConfiguration: { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type LifecycleWrittenFragment = { readonly runtimeConfigurationRestored: boolean | null, readonly serviceVersions: ReadonlyArray<{ readonly id: string, readonly number: string, readonly stage: ServiceVersionStage, readonly state: ServiceVersionState, readonly runtimeGroup: { readonly id: string, readonly name: string } }>, readonly approvalRequests: ReadonlyArray<{ readonly id: string, readonly state: ApprovalState, readonly command: string, readonly required: number, readonly given: number, readonly requestedBy: string, readonly reason: string | null, readonly planToken: string, readonly createdAt: string, readonly expiresAt: string, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly transitions: ReadonlyArray<{ readonly subject: PlannedSubject, readonly transition: string, readonly number: string | null, readonly service: { readonly id: string, readonly name: string } | null }>, readonly decisions: ReadonlyArray<{ readonly actor: string, readonly verdict: ApprovalVerdict, readonly comment: string, readonly isRevoked: boolean, readonly at: string }> }>, readonly plan: { readonly token: string | null, readonly groups: ReadonlyArray<{ readonly revision: number, readonly runtimeGroup: { readonly id: string, readonly name: string }, readonly approval: { readonly required: number, readonly missing: number }, readonly changes: ReadonlyArray<{ readonly kind: string, readonly collection: string, readonly id: string, readonly operation: ChangeOperation, readonly before: Json | null, readonly after: Json | null }>, readonly instances: { readonly total: number, readonly versionUnknown: number, readonly incompatible: ReadonlyArray<{ readonly runtimeVersion: string, readonly reason: string, readonly count: number, readonly hostnames: ReadonlyArray<string> }> }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string>, readonly entityIds: ReadonlyArray<string> }> }> } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> };

export type ServiceDoesFragment = { readonly settings: { readonly retries: number, readonly connectTimeout: number, readonly writeTimeout: number, readonly readTimeout: number, readonly tlsVerify: boolean | null, readonly tlsVerifyDepth: number | null, readonly tags: ReadonlyArray<string> }, readonly routes: ReadonlyArray<{ readonly name: string | null, readonly protocols: ReadonlyArray<Protocol>, readonly methods: ReadonlyArray<string> | null, readonly hosts: ReadonlyArray<string> | null, readonly paths: ReadonlyArray<string> | null, readonly headers: Json | null, readonly snis: ReadonlyArray<string> | null, readonly httpsRedirectStatusCode: number, readonly regexPriority: number, readonly stripPath: boolean, readonly pathHandling: PathHandling, readonly preserveHost: boolean, readonly requestBuffering: boolean, readonly responseBuffering: boolean, readonly tags: ReadonlyArray<string>, readonly sources: ReadonlyArray<{ readonly ip: string | null, readonly port: number | null }> | null, readonly destinations: ReadonlyArray<{ readonly ip: string | null, readonly port: number | null }> | null, readonly plugins: ReadonlyArray<{ readonly name: string, readonly instanceName: string | null, readonly config: Json, readonly protocols: ReadonlyArray<Protocol>, readonly enabled: boolean, readonly tags: ReadonlyArray<string> }> }>, readonly plugins: ReadonlyArray<{ readonly name: string, readonly instanceName: string | null, readonly config: Json, readonly protocols: ReadonlyArray<Protocol>, readonly enabled: boolean, readonly tags: ReadonlyArray<string> }> };

export type ServicePluginDoesFragment = { readonly name: string, readonly instanceName: string | null, readonly config: Json, readonly protocols: ReadonlyArray<Protocol>, readonly enabled: boolean, readonly tags: ReadonlyArray<string> };

export type FindDemoEntitiesQueryVariables = Exact<{
  runtimeGroupId: string;
}>;


export type FindDemoEntitiesQuery = { readonly runtimeGroup: { readonly gatewayServices: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string | null }> }, readonly targets: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly target: string }> }, readonly plugins: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly config: Json }> } } | null };

export type DemoCreateRouteMutationVariables = Exact<{
  input: CreateRouteInput;
}>;


export type DemoCreateRouteMutation = { readonly createRoute: { readonly revision: number | null, readonly route: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DemoUpdateRouteMutationVariables = Exact<{
  input: UpdateRouteInput;
}>;


export type DemoUpdateRouteMutation = { readonly updateRoute: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DemoDeleteRouteMutationVariables = Exact<{
  input: DeleteRouteInput;
}>;


export type DemoDeleteRouteMutation = { readonly deleteRoute: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DemoUpdateTargetMutationVariables = Exact<{
  input: UpdateTargetInput;
}>;


export type DemoUpdateTargetMutation = { readonly updateTarget: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DemoUpdatePluginMutationVariables = Exact<{
  input: UpdatePluginInput;
}>;


export type DemoUpdatePluginMutation = { readonly updatePlugin: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DemoUpdateServiceMutationVariables = Exact<{
  input: UpdateGatewayServiceInput;
}>;


export type DemoUpdateServiceMutation = { readonly updateGatewayService: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type DemoCreateConsumerMutationVariables = Exact<{
  input: CreateConsumerInput;
}>;


export type DemoCreateConsumerMutation = { readonly createConsumer: { readonly revision: number | null, readonly userErrors: ReadonlyArray<{ readonly code: string, readonly message: string, readonly path: ReadonlyArray<string> }> } };

export type FindGroupQueryVariables = Exact<{
  id?: string | null | undefined;
  name?: string | null | undefined;
}>;


export type FindGroupQuery = { readonly runtimeGroup: { readonly id: string, readonly name: string, readonly revision: number } | null };

export type FindDefaultGroupQueryVariables = Exact<{ [key: string]: never; }>;


export type FindDefaultGroupQuery = { readonly organization: { readonly defaultRuntimeGroup: { readonly id: string, readonly name: string, readonly revision: number } | null } };

export type AppliedSubscriptionVariables = Exact<{
  runtimeGroupId: string;
  revision: number;
  required: RequiredInstances;
}>;


export type AppliedSubscription = { readonly applied:
    | { readonly __typename: 'AppliedStatus', readonly revision: number, readonly required: RequiredInstances, readonly everywhere: boolean, readonly committedAt: string | null, readonly everywhereSince: string | null, readonly totalCount: number, readonly appliedCount: number, readonly missingCount: number, readonly missingByReason: ReadonlyArray<{ readonly syncReason: SyncReason, readonly count: number }>, readonly missing: ReadonlyArray<{ readonly runtimeInstanceId: string, readonly hostname: string, readonly appliedRevision: number | null, readonly syncReason: SyncReason, readonly syncMessage: string, readonly since: string }> }
    | { readonly __typename: 'Goodbye', readonly retryAfterMs: number, readonly cause: GoodbyeCause, readonly message: string }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const WebhookFactsFragmentDoc = new TypedDocumentString(`
    fragment WebhookFacts on Webhook {
  id
  name
  url
  state
  stateReason
  failures
  nextAttemptAt
  maxAttempts
}
    `, {"fragmentName":"WebhookFacts"}) as unknown as TypedDocumentString<WebhookFactsFragment, unknown>;
export const InstanceStatusFragmentDoc = new TypedDocumentString(`
    fragment InstanceStatus on RuntimeInstanceStatus {
  runtimeInstanceId
  removed
  hostname
  connection
  syncStatus
  syncReason
  syncMessage
  targetRevision
  appliedRevision
  changedAt
}
    `, {"fragmentName":"InstanceStatus"}) as unknown as TypedDocumentString<InstanceStatusFragment, unknown>;
export const WhereToFragmentDoc = new TypedDocumentString(`
    fragment WhereTo on ServiceTarget {
  address {
    protocol
    host
    port
    path
  }
  nodes {
    target
    weight
  }
  registry {
    service
    tag
  }
}
    `, {"fragmentName":"WhereTo"}) as unknown as TypedDocumentString<WhereToFragment, unknown>;
export const RanWithFragmentDoc = new TypedDocumentString(`
    fragment RanWith on RuntimeConfigurationFacts {
  hosts
  pathPrefix
  stripPathPrefix
  target {
    ...WhereTo
  }
  canary {
    weight
    conditions {
      source
      name
      value
    }
    target {
      ...WhereTo
    }
  }
}
    fragment WhereTo on ServiceTarget {
  address {
    protocol
    host
    port
    path
  }
  nodes {
    target
    weight
  }
  registry {
    service
    tag
  }
}`, {"fragmentName":"RanWith"}) as unknown as TypedDocumentString<RanWithFragment, unknown>;
export const ServiceWrittenFragmentDoc = new TypedDocumentString(`
    fragment ServiceWritten on ServicePayload {
  service {
    id
    name
    releasePolicy
    template {
      version
      digest
    }
  }
  userErrors {
    code
    message
    path
  }
}
    `, {"fragmentName":"ServiceWritten"}) as unknown as TypedDocumentString<ServiceWrittenFragment, unknown>;
export const ApprovalShownFragmentDoc = new TypedDocumentString(`
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
    `, {"fragmentName":"ApprovalShown"}) as unknown as TypedDocumentString<ApprovalShownFragment, unknown>;
export const LifecycleWrittenFragmentDoc = new TypedDocumentString(`
    fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}`, {"fragmentName":"LifecycleWritten"}) as unknown as TypedDocumentString<LifecycleWrittenFragment, unknown>;
export const ServicePluginDoesFragmentDoc = new TypedDocumentString(`
    fragment ServicePluginDoes on ServicePlugin {
  name
  instanceName
  config
  protocols
  enabled
  tags
}
    `, {"fragmentName":"ServicePluginDoes"}) as unknown as TypedDocumentString<ServicePluginDoesFragment, unknown>;
export const ServiceDoesFragmentDoc = new TypedDocumentString(`
    fragment ServiceDoes on ServiceImplementation {
  settings {
    retries
    connectTimeout
    writeTimeout
    readTimeout
    tlsVerify
    tlsVerifyDepth
    tags
  }
  routes {
    name
    protocols
    methods
    hosts
    paths
    headers
    snis
    sources {
      ip
      port
    }
    destinations {
      ip
      port
    }
    httpsRedirectStatusCode
    regexPriority
    stripPath
    pathHandling
    preserveHost
    requestBuffering
    responseBuffering
    tags
    plugins {
      ...ServicePluginDoes
    }
  }
  plugins {
    ...ServicePluginDoes
  }
}
    fragment ServicePluginDoes on ServicePlugin {
  name
  instanceName
  config
  protocols
  enabled
  tags
}`, {"fragmentName":"ServiceDoes"}) as unknown as TypedDocumentString<ServiceDoesFragment, unknown>;
export const RuntimeConfigDocument = new TypedDocumentString(`
    subscription RuntimeConfig($after: String, $runtimeVersion: String) {
  runtimeConfig(after: $after, runtimeVersion: $runtimeVersion) {
    __typename
    ... on SessionOpened {
      session
      collections
      runtimeInstance {
        id
        hostname
      }
      runtimeGroup {
        id
        name
      }
    }
    ... on ConfigSnapshot {
      cursor
      revision
      stateHash
      part
      parts
      entities {
        kind
        collection
        id
        document
        secrets {
          path
          value
        }
      }
    }
    ... on ConfigDelta {
      fromCursor
      cursor
      stateHash
      revisions {
        revision
        changes {
          kind
          collection
          id
          operation
          after
          secrets {
            path
            value
          }
        }
      }
    }
    ... on ConfigFold {
      fromCursor
      cursor
      fromRevision
      revision
      stateHash
      changes {
        kind
        collection
        id
        operation
        after
        secrets {
          path
          value
        }
      }
    }
    ... on Bookmark {
      cursor
      headRevision
      stale
    }
    ... on Resync {
      reason
      message
    }
    ... on Goodbye {
      retryAfterMs
      cause
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RuntimeConfigSubscription, RuntimeConfigSubscriptionVariables>;
export const ReportSyncDocument = new TypedDocumentString(`
    mutation ReportSync($input: ReportSyncInput!) {
  reportSync(input: $input) {
    accepted
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<ReportSyncMutation, ReportSyncMutationVariables>;
export const EnrolInstanceDocument = new TypedDocumentString(`
    mutation EnrolInstance($input: CreateRuntimeInstanceInput!) {
  createRuntimeInstance(input: $input) {
    runtimeInstance {
      id
      hostname
    }
    token
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<EnrolInstanceMutation, EnrolInstanceMutationVariables>;
export const FindInstanceDocument = new TypedDocumentString(`
    query FindInstance($id: ID!) {
  runtimeInstance(id: $id) {
    id
    hostname
  }
}
    `) as unknown as TypedDocumentString<FindInstanceQuery, FindInstanceQueryVariables>;
export const WithdrawInstanceDocument = new TypedDocumentString(`
    mutation WithdrawInstance($input: DeleteRuntimeInstanceInput!) {
  deleteRuntimeInstance(input: $input) {
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<WithdrawInstanceMutation, WithdrawInstanceMutationVariables>;
export const ListApprovalsDocument = new TypedDocumentString(`
    query ListApprovals($after: String, $filter: ApprovalRequestFilter) {
  approvalRequests(
    first: 200
    after: $after
    filter: $filter
    orderBy: [{field: CREATED_AT, direction: DESC}]
  ) {
    nodes {
      ...ApprovalShown
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}`) as unknown as TypedDocumentString<ListApprovalsQuery, ListApprovalsQueryVariables>;
export const ShowApprovalDocument = new TypedDocumentString(`
    query ShowApproval($id: ID!) {
  approvalRequest(id: $id) {
    ...ApprovalShown
    changes {
      kind
      collection
      id
      operation
      before
      after
    }
    warnings {
      code
      message
    }
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}`) as unknown as TypedDocumentString<ShowApprovalQuery, ShowApprovalQueryVariables>;
export const ApproveDocument = new TypedDocumentString(`
    mutation Approve($input: ApproveRequestInput!) {
  approveRequest(input: $input) {
    approvalRequest {
      ...ApprovalShown
    }
    userErrors {
      code
      message
      path
    }
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}`) as unknown as TypedDocumentString<ApproveMutation, ApproveMutationVariables>;
export const RejectDocument = new TypedDocumentString(`
    mutation Reject($input: RejectRequestInput!) {
  rejectRequest(input: $input) {
    approvalRequest {
      ...ApprovalShown
    }
    userErrors {
      code
      message
      path
    }
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}`) as unknown as TypedDocumentString<RejectMutation, RejectMutationVariables>;
export const RequireApprovalsDocument = new TypedDocumentString(`
    mutation RequireApprovals($input: UpdateRuntimeGroupInput!) {
  updateRuntimeGroup(input: $input) {
    runtimeGroup {
      id
      name
      approvalPolicy {
        required
        expiresAfterSeconds
      }
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RequireApprovalsMutation, RequireApprovalsMutationVariables>;
export const ChangesDocument = new TypedDocumentString(`
    subscription Changes($after: String, $from: ChangesOrigin! = NOW, $filter: ChangesFilter) {
  changes(after: $after, from: $from, filter: $filter) {
    __typename
    ... on ChangesDelta {
      fromCursor
      cursor
      changes {
        number
        stream
        revision
        at
        command
        reason
        summary
        actor {
          name
        }
        entries {
          type
          kind
          subjectId
          subjectName
          operation
          runtimeGroupName
          serviceName
          summary
          fields {
            path
          }
        }
      }
    }
    ... on Bookmark {
      cursor
      headRevision
      stale
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
    `) as unknown as TypedDocumentString<ChangesSubscription, ChangesSubscriptionVariables>;
export const ListWebhooksDocument = new TypedDocumentString(`
    query ListWebhooks($after: String, $filter: WebhookFilter) {
  webhooks(first: 200, after: $after, filter: $filter, orderBy: [{field: NAME}]) {
    nodes {
      ...WebhookFacts
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment WebhookFacts on Webhook {
  id
  name
  url
  state
  stateReason
  failures
  nextAttemptAt
  maxAttempts
}`) as unknown as TypedDocumentString<ListWebhooksQuery, ListWebhooksQueryVariables>;
export const ListWebhookDeliveriesDocument = new TypedDocumentString(`
    query ListWebhookDeliveries($id: ID!) {
  webhook(id: $id) {
    id
    lastDeliveries {
      id
      type
      number
      delivered
      attempts
      status
      error
      lastAttemptAt
    }
  }
}
    `) as unknown as TypedDocumentString<ListWebhookDeliveriesQuery, ListWebhookDeliveriesQueryVariables>;
export const CreateWebhookDocument = new TypedDocumentString(`
    mutation CreateWebhook($input: CreateWebhookInput!) {
  createWebhook(input: $input) {
    webhook {
      ...WebhookFacts
    }
    secret
    userErrors {
      code
      message
      path
    }
  }
}
    fragment WebhookFacts on Webhook {
  id
  name
  url
  state
  stateReason
  failures
  nextAttemptAt
  maxAttempts
}`) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const UpdateWebhookDocument = new TypedDocumentString(`
    mutation UpdateWebhook($input: UpdateWebhookInput!) {
  updateWebhook(input: $input) {
    webhook {
      ...WebhookFacts
    }
    userErrors {
      code
      message
      path
    }
  }
}
    fragment WebhookFacts on Webhook {
  id
  name
  url
  state
  stateReason
  failures
  nextAttemptAt
  maxAttempts
}`) as unknown as TypedDocumentString<UpdateWebhookMutation, UpdateWebhookMutationVariables>;
export const DeleteWebhookDocument = new TypedDocumentString(`
    mutation DeleteWebhook($input: DeleteWebhookInput!) {
  deleteWebhook(input: $input) {
    webhook {
      id
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteWebhookMutation, DeleteWebhookMutationVariables>;
export const RotateWebhookSecretDocument = new TypedDocumentString(`
    mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) {
    webhook {
      id
    }
    secret
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;
export const TestWebhookDocument = new TypedDocumentString(`
    mutation TestWebhook($input: TestWebhookInput!) {
  testWebhook(input: $input) {
    delivery {
      id
      delivered
      error
      durationMs
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<TestWebhookMutation, TestWebhookMutationVariables>;
export const RedeliverWebhookDocument = new TypedDocumentString(`
    mutation RedeliverWebhook($input: RedeliverWebhookInput!) {
  redeliverWebhook(input: $input) {
    delivery {
      id
      delivered
      error
      durationMs
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RedeliverWebhookMutation, RedeliverWebhookMutationVariables>;
export const ListGroupsDocument = new TypedDocumentString(`
    query ListGroups($after: String) {
  runtimeGroups(first: 200, after: $after, orderBy: [{field: NAME}]) {
    nodes {
      id
      name
      isDefault
      runtimeType
      revision
      configHash
      activeInstanceCount
      instances {
        totalCount
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListGroupsQuery, ListGroupsQueryVariables>;
export const ListInstancesDocument = new TypedDocumentString(`
    query ListInstances($after: String, $filter: RuntimeInstanceFilter) {
  runtimeInstances(
    first: 200
    after: $after
    filter: $filter
    orderBy: [{field: HOSTNAME}]
  ) {
    nodes {
      id
      hostname
      runtimeVersion
      connection
      syncStatus
      syncReason
      syncMessage
      targetRevision
      appliedRevision
      lastSeenAt
      runtimeGroup {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListInstancesQuery, ListInstancesQueryVariables>;
export const ExplainRouteDocument = new TypedDocumentString(`
    query ExplainRoute($runtimeGroupId: ID!, $request: GatewayRequestInput!, $first: Int!) {
  explainRoute(runtimeGroupId: $runtimeGroupId, request: $request, first: $first) {
    outcome
    status
    message
    route {
      id
      name
    }
    gatewayService {
      id
      name
    }
    upstreamRequest {
      url
      host
      notes
    }
    upstream {
      id
      name
    }
    targets {
      target {
        id
        target
      }
      weight
      share
    }
    plugins {
      running {
        position
        scope
        plugin {
          id
          name
        }
      }
      passedOver {
        because
        plugin {
          id
          name
        }
      }
    }
    otherRoutes {
      route {
        id
        name
      }
      failures {
        criterion
        message
      }
      beatenBy
    }
    otherRoutesTotal
  }
}
    `) as unknown as TypedDocumentString<ExplainRouteQuery, ExplainRouteQueryVariables>;
export const ImportConfigurationDocument = new TypedDocumentString(`
    mutation ImportConfiguration($input: ImportConfigurationInput!) {
  importConfiguration(input: $input) {
    revision
    summary {
      created
      updated
      deleted
      unchanged
    }
    changes {
      kind
      collection
      id
      operation
      before
      after
    }
    referred {
      id
      name
    }
    warnings {
      code
      message
      path
      entityIds
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<ImportConfigurationMutation, ImportConfigurationMutationVariables>;
export const ListTokensDocument = new TypedDocumentString(`
    query ListTokens($after: String, $filter: AccessTokenFilter) {
  accessTokens(
    first: 200
    after: $after
    filter: $filter
    orderBy: [{field: CREATED_AT}]
  ) {
    nodes {
      id
      name
      role
      state
      runtimeGroupId
      createdAt
      expiresAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListTokensQuery, ListTokensQueryVariables>;
export const RevokeTokenDocument = new TypedDocumentString(`
    mutation RevokeToken($input: RevokeAccessTokenInput!) {
  revokeAccessToken(input: $input) {
    accessToken {
      name
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeTokenMutation, RevokeTokenMutationVariables>;
export const CreateTokenDocument = new TypedDocumentString(`
    mutation CreateToken($input: CreateAccessTokenInput!) {
  createAccessToken(input: $input) {
    accessToken {
      id
      name
      role
      runtimeGroupId
      expiresAt
    }
    secret
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CreateTokenMutation, CreateTokenMutationVariables>;
export const ConfigChangesDocument = new TypedDocumentString(`
    subscription ConfigChanges($runtimeGroupId: ID!, $after: String, $kinds: [String!], $tags: [String!]) {
  configChanges(
    runtimeGroupId: $runtimeGroupId
    after: $after
    kinds: $kinds
    tags: $tags
  ) {
    __typename
    ... on ConfigSnapshot {
      cursor
      revision
      stateHash
      part
      parts
      entities {
        id
      }
    }
    ... on ConfigDelta {
      fromCursor
      cursor
      stateHash
      revisions {
        revision
        at
        actor
        command
        changes {
          kind
          collection
          id
          operation
          before
          after
        }
      }
    }
    ... on ConfigFold {
      fromCursor
      cursor
      fromRevision
      revision
      revisionCount
      stateHash
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
    }
    ... on Bookmark {
      fromCursor
      cursor
      headRevision
      stale
    }
    ... on Resync {
      reason
      message
    }
    ... on Goodbye {
      retryAfterMs
      cause
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ConfigChangesSubscription, ConfigChangesSubscriptionVariables>;
export const SyncStatusDocument = new TypedDocumentString(`
    subscription SyncStatus($runtimeGroupId: ID!, $after: String) {
  syncStatus(runtimeGroupId: $runtimeGroupId, after: $after) {
    __typename
    ... on SyncStatusSnapshot {
      cursor
      part
      parts
      instances {
        ...InstanceStatus
      }
    }
    ... on SyncStatusDelta {
      fromCursor
      cursor
      changes {
        ...InstanceStatus
      }
    }
    ... on Bookmark {
      cursor
      headRevision
      stale
    }
    ... on Resync {
      reason
      message
    }
    ... on Goodbye {
      retryAfterMs
      cause
      message
    }
  }
}
    fragment InstanceStatus on RuntimeInstanceStatus {
  runtimeInstanceId
  removed
  hostname
  connection
  syncStatus
  syncReason
  syncMessage
  targetRevision
  appliedRevision
  changedAt
}`) as unknown as TypedDocumentString<SyncStatusSubscription, SyncStatusSubscriptionVariables>;
export const ListRevisionsDocument = new TypedDocumentString(`
    query ListRevisions($runtimeGroupId: ID!, $first: Int!, $filter: RuntimeGroupRevisionFilter) {
  runtimeGroup(id: $runtimeGroupId) {
    oldestRevision
    revisions(first: $first, filter: $filter) {
      totalCount
      nodes {
        revision
        at
        actor {
          id
          name
        }
        command
        reason
        restoredRevision
        summary
        counts {
          created
          updated
          deleted
        }
        stateHash
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListRevisionsQuery, ListRevisionsQueryVariables>;
export const DiffConfigurationsDocument = new TypedDocumentString(`
    query DiffConfigurations($from: ConfigPointInput!, $to: ConfigPointInput!) {
  configDiff(from: $from, to: $to) {
    from {
      runtimeGroupId
      revision
      configHash
    }
    to {
      runtimeGroupId
      revision
      configHash
    }
    impact
    counts {
      created
      updated
      deleted
    }
    changes {
      kind
      collection
      id
      name
      operation
      impact
      reason
      before
      after
      fields {
        path
        before
        after
        impact
        reason
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DiffConfigurationsQuery, DiffConfigurationsQueryVariables>;
export const RestoreRevisionDocument = new TypedDocumentString(`
    mutation RestoreRevision($input: RestoreRevisionInput!) {
  restoreRevision(input: $input) {
    revision
    restoredRevision
    changes {
      kind
      collection
      id
      operation
      before
      after
    }
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<RestoreRevisionMutation, RestoreRevisionMutationVariables>;
export const ListPluginSchemasDocument = new TypedDocumentString(`
    query ListPluginSchemas($groupId: ID!, $after: String, $filter: PluginSchemaFilter) {
  runtimeGroup(id: $groupId) {
    pluginSchemas(
      first: 100
      after: $after
      filter: $filter
      orderBy: [{field: NAME}]
    ) {
      nodes {
        id
        name
        description
        priority
        schema
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListPluginSchemasQuery, ListPluginSchemasQueryVariables>;
export const CreatePluginSchemaDocument = new TypedDocumentString(`
    mutation CreatePluginSchema($input: CreatePluginSchemaInput!) {
  createPluginSchema(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<CreatePluginSchemaMutation, CreatePluginSchemaMutationVariables>;
export const UpdatePluginSchemaDocument = new TypedDocumentString(`
    mutation UpdatePluginSchema($input: UpdatePluginSchemaInput!) {
  updatePluginSchema(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<UpdatePluginSchemaMutation, UpdatePluginSchemaMutationVariables>;
export const DeletePluginSchemaDocument = new TypedDocumentString(`
    mutation DeletePluginSchema($input: DeletePluginSchemaInput!) {
  deletePluginSchema(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DeletePluginSchemaMutation, DeletePluginSchemaMutationVariables>;
export const ListServicesDocument = new TypedDocumentString(`
    query ListServices($after: String) {
  services(first: 200, after: $after, orderBy: [{field: NAME}]) {
    nodes {
      id
      name
      releasePolicy
      description
      template {
        version
        digest
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListServicesQuery, ListServicesQueryVariables>;
export const ListVersionsDocument = new TypedDocumentString(`
    query ListVersions($after: String, $filter: ServiceVersionFilter) {
  serviceVersions(
    first: 200
    after: $after
    filter: $filter
    orderBy: [{field: RANK, direction: DESC}]
  ) {
    nodes {
      id
      number
      stage
      state
      notes
      publishedAt
      publishedBy
      service {
        id
        name
      }
      runtimeGroup {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListVersionsQuery, ListVersionsQueryVariables>;
export const FindServiceDocument = new TypedDocumentString(`
    query FindService($id: ID, $name: String) {
  service(id: $id, name: $name) {
    id
    name
    releasePolicy
  }
}
    `) as unknown as TypedDocumentString<FindServiceQuery, FindServiceQueryVariables>;
export const HistoryOfRuntimeConfigurationDocument = new TypedDocumentString(`
    query HistoryOfRuntimeConfiguration($id: ID!, $after: String) {
  node(id: $id) {
    ... on RuntimeConfiguration {
      history(first: 200, after: $after) {
        nodes {
          revision
          at
          actor
          command
          reason
          change
          configRevision
          before {
            ...RanWith
          }
          after {
            ...RanWith
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment RanWith on RuntimeConfigurationFacts {
  hosts
  pathPrefix
  stripPathPrefix
  target {
    ...WhereTo
  }
  canary {
    weight
    conditions {
      source
      name
      value
    }
    target {
      ...WhereTo
    }
  }
}
fragment WhereTo on ServiceTarget {
  address {
    protocol
    host
    port
    path
  }
  nodes {
    target
    weight
  }
  registry {
    service
    tag
  }
}`) as unknown as TypedDocumentString<HistoryOfRuntimeConfigurationQuery, HistoryOfRuntimeConfigurationQueryVariables>;
export const RuntimeConfigurationOfVersionDocument = new TypedDocumentString(`
    query RuntimeConfigurationOfVersion($id: ID!) {
  serviceVersion(id: $id) {
    runtimeConfiguration {
      id
      hosts
      pathPrefix
      stripPathPrefix
      target {
        ...WhereTo
      }
      canary {
        weight
        conditions {
          source
          name
          value
        }
        target {
          ...WhereTo
        }
      }
      version
      updatedAt
    }
  }
}
    fragment WhereTo on ServiceTarget {
  address {
    protocol
    host
    port
    path
  }
  nodes {
    target
    weight
  }
  registry {
    service
    tag
  }
}`) as unknown as TypedDocumentString<RuntimeConfigurationOfVersionQuery, RuntimeConfigurationOfVersionQueryVariables>;
export const CreateServiceDocument = new TypedDocumentString(`
    mutation CreateService($input: CreateServiceInput!) {
  createService(input: $input) {
    ...ServiceWritten
  }
}
    fragment ServiceWritten on ServicePayload {
  service {
    id
    name
    releasePolicy
    template {
      version
      digest
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<CreateServiceMutation, CreateServiceMutationVariables>;
export const UpdateServiceTemplateDocument = new TypedDocumentString(`
    mutation UpdateServiceTemplate($input: UpdateServiceTemplateInput!) {
  updateServiceTemplate(input: $input) {
    ...ServiceWritten
  }
}
    fragment ServiceWritten on ServicePayload {
  service {
    id
    name
    releasePolicy
    template {
      version
      digest
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<UpdateServiceTemplateMutation, UpdateServiceTemplateMutationVariables>;
export const ResetServiceTemplateDocument = new TypedDocumentString(`
    mutation ResetServiceTemplate($input: ResetServiceTemplateInput!) {
  resetServiceTemplate(input: $input) {
    ...ServiceWritten
  }
}
    fragment ServiceWritten on ServicePayload {
  service {
    id
    name
    releasePolicy
    template {
      version
      digest
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<ResetServiceTemplateMutation, ResetServiceTemplateMutationVariables>;
export const TemplateOfServiceDocument = new TypedDocumentString(`
    query TemplateOfService($id: ID!) {
  service(id: $id) {
    template {
      version
      implementation {
        ...ServiceDoes
      }
    }
  }
}
    fragment ServiceDoes on ServiceImplementation {
  settings {
    retries
    connectTimeout
    writeTimeout
    readTimeout
    tlsVerify
    tlsVerifyDepth
    tags
  }
  routes {
    name
    protocols
    methods
    hosts
    paths
    headers
    snis
    sources {
      ip
      port
    }
    destinations {
      ip
      port
    }
    httpsRedirectStatusCode
    regexPriority
    stripPath
    pathHandling
    preserveHost
    requestBuffering
    responseBuffering
    tags
    plugins {
      ...ServicePluginDoes
    }
  }
  plugins {
    ...ServicePluginDoes
  }
}
fragment ServicePluginDoes on ServicePlugin {
  name
  instanceName
  config
  protocols
  enabled
  tags
}`) as unknown as TypedDocumentString<TemplateOfServiceQuery, TemplateOfServiceQueryVariables>;
export const CompareTemplateDocument = new TypedDocumentString(`
    query CompareTemplate($id: ID!, $serviceVersionId: ID, $runtimeGroupId: ID) {
  service(id: $id) {
    template {
      differences(
        serviceVersionId: $serviceVersionId
        runtimeGroupId: $runtimeGroupId
      ) {
        collection
        name
        operation
        impact
        reason
        fields {
          path
          before
          after
          impact
          reason
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CompareTemplateQuery, CompareTemplateQueryVariables>;
export const DeleteServiceDocument = new TypedDocumentString(`
    mutation DeleteService($input: DeleteServiceInput!) {
  deleteService(input: $input) {
    ...ServiceWritten
  }
}
    fragment ServiceWritten on ServicePayload {
  service {
    id
    name
    releasePolicy
    template {
      version
      digest
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<DeleteServiceMutation, DeleteServiceMutationVariables>;
export const CreateVersionDocument = new TypedDocumentString(`
    mutation CreateVersion($input: CreateServiceVersionInput!) {
  createServiceVersion(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<CreateVersionMutation, CreateVersionMutationVariables>;
export const UpdateVersionDocument = new TypedDocumentString(`
    mutation UpdateVersion($input: UpdateServiceVersionInput!) {
  updateServiceVersion(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<UpdateVersionMutation, UpdateVersionMutationVariables>;
export const DeleteVersionDocument = new TypedDocumentString(`
    mutation DeleteVersion($input: DeleteServiceVersionInput!) {
  deleteServiceVersion(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<DeleteVersionMutation, DeleteVersionMutationVariables>;
export const ImplementationOfVersionDocument = new TypedDocumentString(`
    query ImplementationOfVersion($id: ID!) {
  serviceVersion(id: $id) {
    number
    version
    notes
    implementation {
      ...ServiceDoes
    }
  }
}
    fragment ServiceDoes on ServiceImplementation {
  settings {
    retries
    connectTimeout
    writeTimeout
    readTimeout
    tlsVerify
    tlsVerifyDepth
    tags
  }
  routes {
    name
    protocols
    methods
    hosts
    paths
    headers
    snis
    sources {
      ip
      port
    }
    destinations {
      ip
      port
    }
    httpsRedirectStatusCode
    regexPriority
    stripPath
    pathHandling
    preserveHost
    requestBuffering
    responseBuffering
    tags
    plugins {
      ...ServicePluginDoes
    }
  }
  plugins {
    ...ServicePluginDoes
  }
}
fragment ServicePluginDoes on ServicePlugin {
  name
  instanceName
  config
  protocols
  enabled
  tags
}`) as unknown as TypedDocumentString<ImplementationOfVersionQuery, ImplementationOfVersionQueryVariables>;
export const PublishVersionDocument = new TypedDocumentString(`
    mutation PublishVersion($input: PublishServiceVersionInput!) {
  publishServiceVersion(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<PublishVersionMutation, PublishVersionMutationVariables>;
export const PromoteVersionDocument = new TypedDocumentString(`
    mutation PromoteVersion($input: PromoteServiceVersionInput!) {
  promoteServiceVersion(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<PromoteVersionMutation, PromoteVersionMutationVariables>;
export const RollBackServiceDocument = new TypedDocumentString(`
    mutation RollBackService($input: RollbackServiceInput!) {
  rollbackService(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<RollBackServiceMutation, RollBackServiceMutationVariables>;
export const DeprecateVersionDocument = new TypedDocumentString(`
    mutation DeprecateVersion($input: DeprecateServiceVersionInput!) {
  deprecateServiceVersion(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<DeprecateVersionMutation, DeprecateVersionMutationVariables>;
export const UnpublishVersionDocument = new TypedDocumentString(`
    mutation UnpublishVersion($input: UnpublishServiceVersionInput!) {
  unpublishServiceVersion(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<UnpublishVersionMutation, UnpublishVersionMutationVariables>;
export const RepublishVersionDocument = new TypedDocumentString(`
    mutation RepublishVersion($input: RepublishServiceVersionInput!) {
  republishServiceVersion(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<RepublishVersionMutation, RepublishVersionMutationVariables>;
export const StartCanaryDocument = new TypedDocumentString(`
    mutation StartCanary($input: StartCanaryInput!) {
  startCanary(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<StartCanaryMutation, StartCanaryMutationVariables>;
export const ShiftCanaryDocument = new TypedDocumentString(`
    mutation ShiftCanary($input: ShiftCanaryInput!) {
  shiftCanary(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<ShiftCanaryMutation, ShiftCanaryMutationVariables>;
export const PromoteCanaryDocument = new TypedDocumentString(`
    mutation PromoteCanary($input: PromoteCanaryInput!) {
  promoteCanary(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<PromoteCanaryMutation, PromoteCanaryMutationVariables>;
export const AbortCanaryDocument = new TypedDocumentString(`
    mutation AbortCanary($input: AbortCanaryInput!) {
  abortCanary(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<AbortCanaryMutation, AbortCanaryMutationVariables>;
export const UpdateRuntimeConfigurationDocument = new TypedDocumentString(`
    mutation UpdateRuntimeConfiguration($input: UpdateRuntimeConfigurationInput!) {
  updateRuntimeConfiguration(input: $input) {
    ...LifecycleWritten
  }
}
    fragment ApprovalShown on ApprovalRequest {
  id
  state
  command
  required
  given
  requestedBy
  reason
  planToken
  createdAt
  expiresAt
  runtimeGroup {
    id
    name
  }
  transitions {
    subject
    transition
    number
    service {
      id
      name
    }
  }
  decisions {
    actor
    verdict
    comment
    isRevoked
    at
  }
}
fragment LifecycleWritten on LifecyclePayload {
  serviceVersions {
    id
    number
    stage
    state
    runtimeGroup {
      id
      name
    }
  }
  runtimeConfigurationRestored
  approvalRequests {
    ...ApprovalShown
  }
  plan {
    token
    groups {
      runtimeGroup {
        id
        name
      }
      revision
      approval {
        required
        missing
      }
      changes {
        kind
        collection
        id
        operation
        before
        after
      }
      instances {
        total
        versionUnknown
        incompatible {
          runtimeVersion
          reason
          count
          hostnames
        }
      }
      warnings {
        code
        message
        path
        entityIds
      }
    }
  }
  userErrors {
    code
    message
    path
  }
}`) as unknown as TypedDocumentString<UpdateRuntimeConfigurationMutation, UpdateRuntimeConfigurationMutationVariables>;
export const FindDemoEntitiesDocument = new TypedDocumentString(`
    query FindDemoEntities($runtimeGroupId: ID!) {
  runtimeGroup(id: $runtimeGroupId) {
    gatewayServices(
      first: 10
      filter: {name: {in: ["promotions", "search", "recommendations"]}}
    ) {
      nodes {
        id
        name
      }
    }
    targets(first: 10, filter: {target: {startsWith: "orders-"}}) {
      nodes {
        id
        target
      }
    }
    plugins(first: 1, filter: {name: {eq: "cors"}}) {
      nodes {
        id
        config
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FindDemoEntitiesQuery, FindDemoEntitiesQueryVariables>;
export const DemoCreateRouteDocument = new TypedDocumentString(`
    mutation DemoCreateRoute($input: CreateRouteInput!) {
  createRoute(input: $input) {
    route {
      id
    }
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DemoCreateRouteMutation, DemoCreateRouteMutationVariables>;
export const DemoUpdateRouteDocument = new TypedDocumentString(`
    mutation DemoUpdateRoute($input: UpdateRouteInput!) {
  updateRoute(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DemoUpdateRouteMutation, DemoUpdateRouteMutationVariables>;
export const DemoDeleteRouteDocument = new TypedDocumentString(`
    mutation DemoDeleteRoute($input: DeleteRouteInput!) {
  deleteRoute(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DemoDeleteRouteMutation, DemoDeleteRouteMutationVariables>;
export const DemoUpdateTargetDocument = new TypedDocumentString(`
    mutation DemoUpdateTarget($input: UpdateTargetInput!) {
  updateTarget(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DemoUpdateTargetMutation, DemoUpdateTargetMutationVariables>;
export const DemoUpdatePluginDocument = new TypedDocumentString(`
    mutation DemoUpdatePlugin($input: UpdatePluginInput!) {
  updatePlugin(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DemoUpdatePluginMutation, DemoUpdatePluginMutationVariables>;
export const DemoUpdateServiceDocument = new TypedDocumentString(`
    mutation DemoUpdateService($input: UpdateGatewayServiceInput!) {
  updateGatewayService(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DemoUpdateServiceMutation, DemoUpdateServiceMutationVariables>;
export const DemoCreateConsumerDocument = new TypedDocumentString(`
    mutation DemoCreateConsumer($input: CreateConsumerInput!) {
  createConsumer(input: $input) {
    revision
    userErrors {
      code
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<DemoCreateConsumerMutation, DemoCreateConsumerMutationVariables>;
export const FindGroupDocument = new TypedDocumentString(`
    query FindGroup($id: ID, $name: String) {
  runtimeGroup(id: $id, name: $name) {
    id
    name
    revision
  }
}
    `) as unknown as TypedDocumentString<FindGroupQuery, FindGroupQueryVariables>;
export const FindDefaultGroupDocument = new TypedDocumentString(`
    query FindDefaultGroup {
  organization {
    defaultRuntimeGroup {
      id
      name
      revision
    }
  }
}
    `) as unknown as TypedDocumentString<FindDefaultGroupQuery, FindDefaultGroupQueryVariables>;
export const AppliedDocument = new TypedDocumentString(`
    subscription Applied($runtimeGroupId: ID!, $revision: Int!, $required: RequiredInstances!) {
  applied(
    runtimeGroupId: $runtimeGroupId
    revision: $revision
    required: $required
  ) {
    __typename
    ... on AppliedStatus {
      revision
      required
      everywhere
      committedAt
      everywhereSince
      totalCount
      appliedCount
      missingCount
      missingByReason {
        syncReason
        count
      }
      missing(first: 200) {
        runtimeInstanceId
        hostname
        appliedRevision
        syncReason
        syncMessage
        since
      }
    }
    ... on Goodbye {
      retryAfterMs
      cause
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AppliedSubscription, AppliedSubscriptionVariables>;