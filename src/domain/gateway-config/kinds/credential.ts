import { reference, type Field } from '../field.js';

/** Whose credential it is. Without the consumer, there is none. */
export const credentialConsumer: Field = {
  type: reference('consumer', 'cascade'),
  required: true,
  description: 'The consumer that the credential identifies.',
};
