import { formatAddress, parseAddress } from '../addresses.js';
import * as checks from '../checks.js';
import { integer, reference, text } from '../field.js';
import type { Document, Kind } from '../kind.js';
import { textAt } from '../reading.js';

const defaultPort = 8000;

/** Kong's target. */
export const target: Kind = {
  name: 'target',
  typeName: 'Target',
  collection: 'targets',
  listField: 'targets',
  description: 'A target is one address over which an upstream spreads requests.',
  fields: {
    upstream: {
      type: reference('upstream', 'cascade'),
      required: true,
      description: 'The upstream that the target belongs to.',
    },
    target: {
      type: text(checks.hostWithOptionalPort),
      required: true,
      description: `The hostname or IP address and the port of the target, unique in its upstream; the port is ${defaultPort} if none is given.`,
    },
    weight: {
      type: integer(0, 65535),
      default: 100,
      description:
        'The share of the requests that the target gets, in proportion to the others; with 0, it gets none.',
    },
  },
  unique: [{ fields: ['upstream', 'target'] }],
  rules: [],
  complete: withFullAddress,
};

function withFullAddress(document: Document): Document {
  const given = textAt(document, 'target');
  const address = parseAddress(given);
  const target = address ? formatAddress(address, defaultPort) : given;
  return target === given ? document : { ...document, target };
}
