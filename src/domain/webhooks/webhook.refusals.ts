import { defineRefusal } from '../../foundation/kernel/refusal.js';

export const webhookNotFound = defineRefusal(
  'WEBHOOK_NOT_FOUND',
  'missing',
  (facts: { id: string }) => `There is no webhook with the id ${facts.id} for you.`,
);

export const webhookNameInvalid = defineRefusal(
  'WEBHOOK_NAME_INVALID',
  'invalid',
  () => 'A webhook needs a name of 1 to 100 characters, without control characters.',
);

export const webhookNameTaken = defineRefusal(
  'WEBHOOK_NAME_TAKEN',
  'conflict',
  (facts: { name: string }) =>
    `There is a webhook with the name “${facts.name}” already. Choose another name.`,
);

export const webhookUrlInvalid = defineRefusal(
  'WEBHOOK_URL_INVALID',
  'invalid',
  (facts: { url: string }) =>
    `“${facts.url}” is not the address of a receiver. Give an http or https URL of up to 2,048 characters, without a user, a password, or a fragment.`,
);

export const webhookUrlForbidden = defineRefusal(
  'WEBHOOK_URL_FORBIDDEN',
  'invalid',
  (facts: { host: string }) =>
    `Nothing is sent from the control plane to ${facts.host}: it is link-local, in a private network, or on the control plane’s own machine. Choose a public address; the latter two are allowed by SIGNALBOX_ALLOW_PRIVATE_WEBHOOKS=true and SIGNALBOX_ALLOW_LOOPBACK=true.`,
);

export const webhookAttemptsInvalid = defineRefusal(
  'WEBHOOK_ATTEMPTS_INVALID',
  'invalid',
  (facts: { most: number }) => `A delivery is tried from 1 to ${facts.most} times.`,
);

export const deliveryNotFound = defineRefusal(
  'WEBHOOK_DELIVERY_NOT_FOUND',
  'missing',
  (facts: { id: string }) =>
    `There is no delivery “${facts.id}” that could be repeated: the last hundred of a webhook are known, for as long as their changes are kept.`,
);

export const resyncNotRepeated = defineRefusal(
  'WEBHOOK_RESYNC_NOT_REPEATED',
  'conflict',
  (facts: { id: string }) =>
    `The delivery “${facts.id}” said that changes may have been missed, and that all that is kept follows, which was so then and is not now. Repeat those that followed it.`,
);
