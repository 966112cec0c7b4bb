/**
 * Cases of upstream's address tests, re-expressed.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/ip_test.go, Kubernetes 1.36 (Apache-2.0).
 */
export const SOURCE = {
  area: 'names and labels',
  file: 'staging/src/k8s.io/apimachinery/pkg/util/validation/ip_test.go',
  release: '1.36.2',
} as const;

/** TestIsValidIP: [name, text, what is wrong in a new field, in an older field, in an older field read leniently]. */
export const IPS: readonly (readonly [string, string, string, string, string])[] = [
  ['ipv4', '1.2.3.4', '', '', ''],
  ['ipv4, all zeros', '0.0.0.0', '', '', ''],
  ['ipv4, max', '255.255.255.255', '', '', ''],
  ['ipv6', '1234::abcd', '', '', ''],
  ['ipv6, all zeros, collapsed', '::', '', '', ''],
  ['ipv6, max', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '', '', ''],
  ['ipv6, all zeros, expanded (non-canonical)', '0:0:0:0:0:0:0:0', 'must be in canonical form ("::")', '', ''],
  ['ipv6, leading 0s (non-canonical)', '0001:002:03:4::', 'must be in canonical form ("1:2:3:4::")', '', ''],
  ['ipv6, capital letters (non-canonical)', '1234::ABCD', 'must be in canonical form ("1234::abcd")', '', ''],
  ['ipv4 with leading 0s', '1.1.1.01', 'must not have leading 0s', 'must not have leading 0s', ''],
  ['ipv4-in-ipv6 value', '::ffff:1.1.1.1', 'must not be an IPv4-mapped IPv6 address', 'must not be an IPv4-mapped IPv6 address', ''],
  ['empty string', '', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['junk', 'aaaaaaa', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['domain name', 'myhost.mydomain', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['cidr', '1.2.3.0/24', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['ipv4 with out-of-range octets', '1.2.3.400', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['ipv4 with negative octets', '-1.0.0.0', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['ipv6 with out-of-range segment', '2001:db8::10005', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['ipv4:port', '1.2.3.4:80', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['ipv6 with brackets', '[2001:db8::1]', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['[ipv6]:port', '[2001:db8::1]:80', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['host:port', 'example.com:80', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['ipv6 with zone', '1234::abcd%eth0', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
  ['ipv4 with zone', '169.254.0.0%eth0', 'must be a valid IP address', 'must be a valid IP address', 'must be a valid IP address'],
];

/** TestIsValidCIDR: [name, text, what is wrong in a new field, in an older field, in an older field read leniently]. */
export const CIDRS: readonly (readonly [string, string, string, string, string])[] = [
  ['ipv4', '1.0.0.0/8', '', '', ''],
  ['ipv4, all IPs', '0.0.0.0/0', '', '', ''],
  ['ipv4, single IP', '1.1.1.1/32', '', '', ''],
  ['ipv6', '2001:4860:4860::/48', '', '', ''],
  ['ipv6, all IPs', '::/0', '', '', ''],
  ['ipv6, single IP', '::1/128', '', '', ''],
  ['ipv6, extra 0s (non-canonical)', '2a00:79e0:2:0::/64', 'must be in canonical form ("2a00:79e0:2::/64")', '', ''],
  ['ipv6, capital letters (non-canonical)', '2001:DB8::/64', 'must be in canonical form ("2001:db8::/64")', '', ''],
  ['ipv4 with leading 0s', '1.1.01.0/24', 'must not have leading 0s in IP', 'must not have leading 0s in IP', ''],
  ['ipv4-in-ipv6 with ipv4-sized prefix', '::ffff:1.1.1.0/24', 'must not have an IPv4-mapped IPv6 address', 'must not have an IPv4-mapped IPv6 address', ''],
  ['ipv4-in-ipv6 with ipv6-sized prefix', '::ffff:1.1.1.0/120', 'must not have an IPv4-mapped IPv6 address', 'must not have an IPv4-mapped IPv6 address', ''],
  ['ipv4 ifaddr', '1.2.3.4/24', 'must not have bits set beyond the prefix length', 'must not have bits set beyond the prefix length', ''],
  ['ipv6 ifaddr', '2001:db8::1/64', 'must not have bits set beyond the prefix length', 'must not have bits set beyond the prefix length', ''],
  ['prefix length with leading 0s', '192.168.0.0/016', 'must not have leading 0s', 'must not have leading 0s', ''],
  ['empty string', '', 'must be a valid CIDR value', 'must be a valid CIDR value', 'must be a valid CIDR value'],
  ['junk', 'aaaaaaa', 'must be a valid CIDR value', 'must be a valid CIDR value', 'must be a valid CIDR value'],
  ['IP address', '1.2.3.4', 'must be a valid CIDR value', 'must be a valid CIDR value', 'must be a valid CIDR value'],
  ['partial URL', '192.168.0.1/healthz', 'must be a valid CIDR value', 'must be a valid CIDR value', 'must be a valid CIDR value'],
  ['partial URL 2', '192.168.0.1/0/99', 'must be a valid CIDR value', 'must be a valid CIDR value', 'must be a valid CIDR value'],
  ['negative prefix length', '192.168.0.0/-16', 'must be a valid CIDR value', 'must be a valid CIDR value', 'must be a valid CIDR value'],
  ['prefix length with sign', '192.168.0.0/+16', 'must be a valid CIDR value', 'must be a valid CIDR value', 'must be a valid CIDR value'],
];

/** TestGetWarningsForIP: [name, field, text, warnings]. */
export const IP_WARNINGS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['IPv4 No failures', 'spec.clusterIPs[0]', '192.12.2.2', []],
  ['IPv6 No failures', 'spec.clusterIPs[0]', '2001:db8::2', []],
  ['IPv4 with leading zeros', 'spec.clusterIPs[0]', '192.012.2.2', ['spec.clusterIPs[0]: non-standard IP address "192.012.2.2" is invalid: use "192.12.2.2"']],
  ['IPv4-mapped IPv6', 'spec.clusterIPs[0]', '::ffff:192.12.2.2', ['spec.clusterIPs[0]: non-standard IP address "::ffff:192.12.2.2" is invalid: use "192.12.2.2"']],
  ['IPv6 non-canonical format', 'spec.loadBalancerIP', '2001:db8:0:0::2', ['spec.loadBalancerIP: IPv6 address "2001:db8:0:0::2" should be in RFC 5952 canonical format ("2001:db8::2")']],
];

/** TestGetWarningsForCIDR: [name, field, text, warnings]. */
export const CIDR_WARNINGS: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['IPv4 No failures', 'spec.loadBalancerSourceRanges[0]', '192.12.2.0/24', []],
  ['IPv6 No failures', 'spec.loadBalancerSourceRanges[0]', '2001:db8::/64', []],
  ['IPv4 with leading zeros', 'spec.loadBalancerSourceRanges[0]', '192.012.2.0/24', ['spec.loadBalancerSourceRanges[0]: non-standard CIDR value "192.012.2.0/24" is invalid: use "192.12.2.0/24"']],
  ['leading zeros in prefix length', 'spec.loadBalancerSourceRanges[0]', '192.12.2.0/024', ['spec.loadBalancerSourceRanges[0]: non-standard CIDR value "192.12.2.0/024" is invalid: use "192.12.2.0/24"']],
  ['IPv4-mapped IPv6', 'spec.loadBalancerSourceRanges[0]', '::ffff:192.12.2.0/120', ['spec.loadBalancerSourceRanges[0]: non-standard CIDR value "::ffff:192.12.2.0/120" is invalid: use "192.12.2.0/24"']],
  ['bits after prefix length', 'spec.loadBalancerSourceRanges[0]', '192.12.2.8/24', ['spec.loadBalancerSourceRanges[0]: CIDR value "192.12.2.8/24" is ambiguous in this context (should be "192.12.2.0/24" or "192.12.2.8/32"?)']],
  ['multiple problems', 'spec.loadBalancerSourceRanges[0]', '192.012.2.8/24', ['spec.loadBalancerSourceRanges[0]: CIDR value "192.012.2.8/24" is ambiguous in this context (should be "192.12.2.0/24" or "192.12.2.8/32"?)', 'spec.loadBalancerSourceRanges[0]: non-standard CIDR value "192.012.2.8/24" is invalid: use "192.12.2.0/24"']],
  ['IPv6 non-canonical format', 'spec.loadBalancerSourceRanges[0]', '2001:db8:0:0::/64', ['spec.loadBalancerSourceRanges[0]: IPv6 CIDR value "2001:db8:0:0::/64" should be in RFC 5952 canonical format ("2001:db8::/64")']],
];

/** TestIsValidInterfaceAddress: [name, text, what is wrong]. */
export const INTERFACE_ADDRESSES: readonly (readonly [string, string, string])[] = [
  ['ipv4', '1.2.3.4/24', ''],
  ['ipv4, single IP', '1.1.1.1/32', ''],
  ['ipv6', '2001:4860:4860::1/48', ''],
  ['ipv6, single IP', '::1/128', ''],
  ['empty string', '', 'must be a valid address in CIDR form'],
  ['junk', 'aaaaaaa', 'must be a valid address in CIDR form'],
  ['IP address', '1.2.3.4', 'must be a valid address in CIDR form'],
  ['partial URL', '192.168.0.1/healthz', 'must be a valid address in CIDR form'],
  ['partial URL 2', '192.168.0.1/0/99', 'must be a valid address in CIDR form'],
  ['negative prefix length', '192.168.0.0/-16', 'must be a valid address in CIDR form'],
  ['prefix length with sign', '192.168.0.0/+16', 'must be a valid address in CIDR form'],
  ['ipv6 non-canonical', '2001:0:0:0::0BCD/64', 'must be in canonical form ("2001::bcd/64")'],
  ['ipv4 with leading 0s', '1.1.01.002/24', 'must be in canonical form ("1.1.1.2/24")'],
  ['ipv4-in-ipv6 with ipv4-sized prefix', '::ffff:1.1.1.1/24', 'must be in canonical form ("1.1.1.1/24")'],
  ['ipv4-in-ipv6 with ipv6-sized prefix', '::ffff:1.1.1.1/120', 'must be in canonical form ("1.1.1.1/24")'],
  ['prefix length with leading 0s', '192.168.0.5/016', 'must be in canonical form ("192.168.0.5/16")'],
];
