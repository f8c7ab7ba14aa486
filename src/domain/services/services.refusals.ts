import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const serviceNotFound = defineRefusal(
  'SERVICE_NOT_FOUND',
  'missing',
  (facts: { id?: string; name?: string }) =>
    `There is no service with the ${facts.id === undefined ? `name “${facts.name}”` : `id ${facts.id}`}.`,
);

export const serviceNameTaken = defineRefusal(
  'SERVICE_NAME_TAKEN',
  'conflict',
  (facts: { name: string }) =>
    `There is already a service with the name “${facts.name}”. Choose another name; names are unique in an organization.`,
);

export const serviceNameInvalid = defineRefusal(
  'SERVICE_NAME_INVALID',
  'invalid',
  (facts: { name: string; maxName: number }) =>
    `“${facts.name}” cannot be the name of a service: it has 1 to ${facts.maxName} letters, digits, “-”, “.” and “_”, and begins and ends with a letter or digit, because gateways know its entities by it.`,
);

export const textTooLong = defineRefusal(
  'TEXT_INVALID',
  'invalid',
  (facts: { max: number }) =>
    `Text has at most ${facts.max} characters here; line breaks and tabs are fine, other control characters are not.`,
);

export const serviceInUse = defineRefusal(
  'SERVICE_IN_USE',
  'conflict',
  (facts: { name: string; live: number; groups: readonly string[] }) =>
    `The service “${facts.name}” has ${facts.live} live versions, in ${facts.groups.join(', ')}. Delete them first.`,
);

export const policyDiffers = defineRefusal(
  'RELEASE_POLICY_DIFFERS',
  'conflict',
  (facts: { name: string; policy: string; instead: string }) =>
    `The service “${facts.name}” has the release policy ${facts.policy}. ${facts.instead}`,
);

export const versionNotFound = defineRefusal(
  'SERVICE_VERSION_NOT_FOUND',
  'missing',
  (facts: { what: string }) => `There is no ${facts.what}.`,
);

export const numberInvalid = defineRefusal(
  'VERSION_NUMBER_INVALID',
  'invalid',
  (facts: { number: string }) =>
    `“${facts.number}” cannot be the number of a version: it has 1 to 100 characters, and must be valid as the name of a file, such as 2.1.0.`,
);

export const numberTaken = defineRefusal(
  'VERSION_NUMBER_TAKEN',
  'conflict',
  (facts: { name: string; number: string }) =>
    `Version ${facts.number} of service ${facts.name} is there already, with other content. A number stands for one content for ever: choose a new number, or promote the version that has it.`,
);

export const versionTaken = defineRefusal(
  'SERVICE_VERSION_TAKEN',
  'conflict',
  (facts: { title: string; group: string }) =>
    `There is already a ${facts.title} in the runtime group “${facts.group}”. Choose another number, or change that version.`,
);

export const templateEmpty = defineRefusal(
  'TEMPLATE_EMPTY',
  'conflict',
  (facts: { name: string }) =>
    `The template of service ${facts.name} has no route, so that nothing of it could be reached. Give it one with updateServiceTemplate.`,
);

export const versionSealed = defineRefusal(
  'SERVICE_VERSION_SEALED',
  'conflict',
  (facts: { title: string }) =>
    `What ${facts.title} does was sealed when it was published. Change the template, and publish it under a new number.`,
);

export const versionHistory = defineRefusal(
  'SERVICE_VERSION_HISTORY',
  'conflict',
  (facts: { title: string }) =>
    `${facts.title.charAt(0).toUpperCase()}${facts.title.slice(1)} is history, which is read-only.`,
);

export const versionLive = defineRefusal(
  'SERVICE_VERSION_LIVE',
  'conflict',
  (facts: { title: string }) =>
    `${facts.title.charAt(0).toUpperCase()}${facts.title.slice(1)} is live: requests for it would fail. Publish or roll back to another version first, or pass force: true; dryRun: true says what would go.`,
);

export const versionImmovable = defineRefusal(
  'SERVICE_VERSION_IMMOVABLE',
  'conflict',
  (facts: { title: string }) =>
    `A version belongs to one runtime group for ever, so ${facts.title} cannot move to another. Make it there instead: promoteServiceVersion does, with the same content.`,
);

export const transitionRefused = defineRefusal(
  'TRANSITION_REFUSED',
  'conflict',
  (facts: { title: string; step: string; why: string }) =>
    `${facts.step} of ${facts.title} is refused. ${facts.why}`,
);

export const successorInvalid = defineRefusal(
  'SUCCESSOR_INVALID',
  'invalid',
  (facts: { id: string }) =>
    `The version ${facts.id} cannot be the successor: it must be another version of the same service that is live.`,
);

export const deprecationInvalid = defineRefusal(
  'DEPRECATION_INVALID',
  'invalid',
  () =>
    'A version ceases at or after the time from which it should not be used any more: let sunset be later than date.',
);

export const runtimeConfigurationNeeded = defineRefusal(
  'RUNTIME_CONFIGURATION_NEEDED',
  'invalid',
  (facts: { name: string; group: string }) =>
    `The service ${facts.name} has never run in the runtime group “${facts.group}”, so that it must be said where its API is there: give runtimeConfiguration.`,
);

export const runtimeConfigurationNotFound = defineRefusal(
  'RUNTIME_CONFIGURATION_NOT_FOUND',
  'missing',
  (facts: { what: string }) => `There is no runtime configuration of ${facts.what}.`,
);

export const targetNeeded = defineRefusal(
  'TARGET_NEEDED',
  'invalid',
  () => 'Say where the API is: a url, an address, or at least one node.',
);

export const targetAmbiguous = defineRefusal(
  'TARGET_AMBIGUOUS',
  'invalid',
  () => 'Say in one way where the API is: by nodes, or by a service registry that knows them.',
);

export const lookupInvalid = defineRefusal(
  'DISCOVERY_INVALID',
  'invalid',
  (facts: { what: string; text: string }) =>
    `“${facts.text.slice(0, 200)}” cannot be the ${facts.what} by which nodes are looked up: a registryId is that of a service registry; names have 1 to 200 characters, and no control characters.`,
);

export const noWeight = defineRefusal(
  'WEIGHTS_ZERO',
  'invalid',
  () =>
    'The weights of the nodes add up to zero, so that no request could be sent anywhere. Give one of them a weight.',
);

export const pathPrefixInvalid = defineRefusal(
  'PATH_PREFIX_INVALID',
  'invalid',
  (facts: { pathPrefix: string }) =>
    `“${facts.pathPrefix}” cannot be a path prefix: it begins with “/”, and has letters, digits, “-”, “.”, “_”, “~” and “%” between slashes.`,
);

export const neverLive = defineRefusal(
  'NEVER_LIVE',
  'conflict',
  (facts: { title: string; group: string }) =>
    `${facts.title.charAt(0).toUpperCase()}${facts.title.slice(1)} was never live in the runtime group “${facts.group}”. Roll back to one that was, or pass allowNeverLive: true.`,
);

export const overtaken = defineRefusal(
  'OVERTAKEN',
  'conflict',
  (facts: { name: string; group: string; live: string | null }) =>
    `Somebody else has just changed what is live of service ${facts.name} in the runtime group “${facts.group}”: ${facts.live === null ? 'nothing' : `version ${facts.live}`} is live there now. Look at it, and repeat the publication if it still makes sense.`,
);

export const canaryRefused = defineRefusal(
  'CANARY_REFUSED',
  'conflict',
  (facts: { what: string; why: string }) => `For ${facts.what}: ${facts.why}`,
);

export const canaryInvalid = defineRefusal(
  'CANARY_INVALID',
  'invalid',
  (facts: { must: string }) => `A canary must ${facts.must}.`,
);

export const routeUnnamed = defineRefusal(
  'ROUTE_UNNAMED',
  'invalid',
  () => 'A route of a service needs a name: it stays the same route from one version to the next by it.',
);

export const routeNameTaken = defineRefusal(
  'ROUTE_NAME_REPEATED',
  'invalid',
  (facts: { name: string }) => `Two routes have the name “${facts.name}”. Names are unique in a service.`,
);

export const pluginTwice = defineRefusal(
  'PLUGIN_REPEATED',
  'invalid',
  (facts: { name: string }) =>
    `The plugin ${facts.name} stands here twice, and a gateway runs one of a name. Keep one of them.`,
);

export const serviceRepeated = defineRefusal(
  'SERVICE_REPEATED',
  'invalid',
  (facts: { name: string }) =>
    `The service ${facts.name} stands here twice, and one version of it can be live in a group. Keep one of them.`,
);

export const nodeRepeated = defineRefusal(
  'NODE_REPEATED',
  'invalid',
  (facts: { target: string }) => `The node ${facts.target} stands here twice. Add up the weights of both.`,
);

export const oneServiceKeyNeeded = defineRefusal(
  'ONE_SERVICE_KEY_NEEDED',
  'invalid',
  () => 'Give either the id or the name of a service, not both and not neither.',
);

export const routesOverlap = defineRefusal(
  'ROUTES_OVERLAP',
  'conflict',
  (facts: { message: string }) =>
    `${facts.message} Change the routes, the hosts or the path prefix; or pass allowOverlaps: true if it is meant so.`,
);

export const oneOfVersionAndGroup = defineRefusal(
  'ONE_OF_VERSION_AND_GROUP',
  'invalid',
  () => 'Say what to compare with: a version, or a runtime group for what is live there. Give exactly one.',
);
