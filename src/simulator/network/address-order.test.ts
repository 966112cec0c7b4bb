import { expect, it } from 'vitest';
import { inOrderOfUse } from './address-order.ts';

it.each<[string, string[], string[], string[]]>([
  [
    'IPv4 before a cluster’s own addresses of IPv6',
    ['fd00:10:96::20', '10.96.0.20'],
    ['10.244.1.2', 'fd00:10:244:1::2'],
    ['10.96.0.20', 'fd00:10:96::20'],
  ],
  [
    'IPv6 of the world before IPv4, where the sender has such an address',
    ['198.51.100.7', '2001:db8:1::1'],
    ['2001:db8:1::2', '10.244.1.2'],
    ['2001:db8:1::1', '198.51.100.7'],
  ],
  [
    'what it cannot reach last',
    ['10.96.0.20', 'fd00:10:96::20'],
    ['fd00:10:244:1::2'],
    ['fd00:10:96::20', '10.96.0.20'],
  ],
])('with musl puts %s', (_title, destinations, sources, expected) => {
  expect(inOrderOfUse(destinations, sources, 'musl')).toEqual(expected);
});

it.each<[string, string[], string[], string[]]>([
  [
    'IPv6 before IPv4: RFC 6724, 10.2, "prefer higher precedence"',
    ['10.1.2.3', '2001:db8:1::1'],
    ['2001:db8:1::2', '10.1.2.4'],
    ['2001:db8:1::1', '10.1.2.3'],
  ],
  [
    'what has the label of its source first: RFC 6724, 10.2, "prefer matching label"',
    ['2001:db8:1::1', '2002:c633:6401::1'],
    ['2002:c633:6401::2'],
    ['2002:c633:6401::1', '2001:db8:1::1'],
  ],
  [
    'a cluster’s own addresses of IPv6 first, as the precedences of glibc have no line for fc00::/7',
    ['10.96.0.20', 'fd00:10:96::20'],
    ['10.244.1.2', 'fd00:10:244:1::2'],
    ['fd00:10:96::20', '10.96.0.20'],
  ],
  [
    'IPv4 before what is outside, where the sender has addresses of its own networks only',
    ['2001:db8:1::1', '198.51.100.7'],
    ['fd00:10:244:1::2', '10.244.1.2'],
    ['198.51.100.7', '2001:db8:1::1'],
  ],
  ['what it cannot reach last', ['fd00:10:96::20', '10.96.0.20'], ['10.244.1.2'], ['10.96.0.20', 'fd00:10:96::20']],
  ['as they came, where they are alike', ['10.0.0.2', '10.0.0.1'], ['10.244.1.2'], ['10.0.0.2', '10.0.0.1']],
  ['nothing that is no address', ['web'], ['10.244.1.2'], []],
])('puts %s', (_title, destinations, sources, expected) => {
  expect(inOrderOfUse(destinations, sources)).toEqual(expected);
});
