import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const registryNotFound = defineRefusal(
  'SERVICE_REGISTRY_NOT_FOUND',
  'missing',
  (facts: { id: string }) =>
    `There is no service registry with the id ${facts.id}. Make it known first, with createServiceRegistry.`,
);

export const registryElsewhere = defineRefusal(
  'SERVICE_REGISTRY_ELSEWHERE',
  'conflict',
  (facts: { name: string }) =>
    `The service registry “${facts.name}” belongs to another runtime group, so that nothing here can be found by it. Make one known to this group.`,
);

export const registryNameTaken = defineRefusal(
  'SERVICE_REGISTRY_NAME_TAKEN',
  'conflict',
  (facts: { name: string }) =>
    `There is already a service registry with the name “${facts.name}”. Choose another name; names are unique in a runtime group.`,
);

export const registryNameInvalid = defineRefusal(
  'SERVICE_REGISTRY_NAME_INVALID',
  'invalid',
  () => 'The name of a service registry has 1 to 100 characters, and no control characters.',
);

export const addressInvalid = defineRefusal(
  'REGISTRY_ADDRESS_INVALID',
  'invalid',
  (facts: { address: string }) =>
    `“${facts.address}” cannot be the address of a service registry: it is a URL as http://consul.internal:8500, without user, password and query.`,
);

export const addressForbidden = defineRefusal(
  'REGISTRY_ADDRESS_FORBIDDEN',
  'invalid',
  (facts: { address: string }) =>
    `No requests are sent from the control plane to ${facts.address}: it is link-local, or on the control plane’s own machine. Choose another address; the latter are allowed by SIGNALBOX_ALLOW_LOOPBACK=true.`,
);

export const datacenterInvalid = defineRefusal(
  'REGISTRY_DATACENTER_INVALID',
  'invalid',
  () => 'The name of a datacenter has 1 to 63 letters, digits, “-” and “_”.',
);

export const tokenInvalid = defineRefusal(
  'REGISTRY_TOKEN_INVALID',
  'invalid',
  () =>
    'The token of a service registry has at most 4096 characters, all of them printable ASCII without spaces.',
);

export const tokenNeeded = defineRefusal(
  'REGISTRY_TOKEN_NEEDED',
  'invalid',
  (facts: { name: string }) =>
    `The address of “${facts.name}” would change, and its token would be sent there. Give the token again, or an empty one to go without.`,
);

export const registryInUse = defineRefusal(
  'SERVICE_REGISTRY_IN_USE',
  'conflict',
  (facts: { name: string; users: readonly string[] }) =>
    `By the service registry “${facts.name}” these are found: ${facts.users.join(', ')}. Give them other targets first.`,
);

export const registryUnreachable = defineRefusal(
  'SERVICE_REGISTRY_UNREACHABLE',
  'conflict',
  (facts: { message: string }) =>
    `${facts.message} Without an answer nothing would be known of where requests are to go. Try again when it answers.`,
);

export const nothingFound = defineRefusal(
  'DISCOVERY_EMPTY',
  'conflict',
  (facts: { name: string; service: string }) =>
    `The service registry “${facts.name}” knows no node of ${facts.service} that requests could go to. Start one first, or pass allowEmpty: true.`,
);
