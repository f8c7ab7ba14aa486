import { forbiddenAddresses, isForbidden } from './forbidden-addresses.js';

const guarded = forbiddenAddresses({ loopback: false, privateNetworks: true });
const open = forbiddenAddresses({ loopback: true, privateNetworks: true });

describe('no request goes', () => {
  it.each([
    ...['169.254.169.254', '169.254.0.1', '::ffff:169.254.169.254', 'fe80::1', 'fd00:ec2::254'],
    ...[
      '64:ff9b::169.254.169.254',
      '100.100.100.200',
      '168.63.129.16',
      '224.0.0.1',
      '255.255.255.255',
      'ff02::1',
    ],
  ])('to %s, whatever is set', (address) => {
    expect(isForbidden(guarded, address)).toBe(true);
    expect(isForbidden(open, address)).toBe(true);
  });

  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '0.0.0.0', '::', '64:ff9b::127.0.0.1'])(
    'to %s, unless loopback is allowed',
    (address) => {
      expect(isForbidden(guarded, address)).toBe(true);
      expect(isForbidden(open, address)).toBe(false);
    },
  );
});

it.each(['10.0.0.1', '172.16.5.4', '192.168.1.1', '100.64.0.1', 'fd12:3456::1', '8.8.8.8', '2001:db8::1'])(
  'requests go to %s',
  (address) => {
    expect(isForbidden(guarded, address)).toBe(false);
  },
);
