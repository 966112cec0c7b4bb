import type { IpAddress } from '../../apimachinery/ip.ts';
import { parseIp } from '../../apimachinery/ip.ts';
import { familyOf } from './addresses.ts';
import type { CLibrary } from './c-library.ts';

/**
 * In which order a program tries the addresses of a name: that of the `getaddrinfo` of its C library, which is RFC 6724.
 * glibc has tables of its own, by which IPv6 comes before IPv4, addresses of one's own networks (`fc00::/7`) too, where the
 * sender has an address of the same kind. musl has those of the RFC, by which IPv4 comes before `fc00::/7`.
 * Source: RFC 6724, section 6; glibc 2.36 `gai.conf`, defaults of `label` and `precedence`; musl 1.2
 * src/network/lookup_name.c `defpolicy`, which leaves out rules 3, 4 and 7.
 */
export function inOrderOfUse(
  destinations: readonly string[],
  sources: readonly string[],
  library: CLibrary = 'glibc',
): readonly string[] {
  const candidates = destinations.flatMap((ip) => candidateOf(ip, sources, POLICIES[library]) ?? []);
  // Equal ones stay as they came.
  return candidates.toSorted(compare).map(({ ip }) => ip);
}

interface Candidate {
  readonly ip: string;
  /** Whether an address of the sender can reach it. */
  readonly isUsable: boolean;
  readonly hasSameLabel: boolean;
  readonly precedence: number;
}

function candidateOf(ip: string, sources: readonly string[], policy: Policy): Candidate | undefined {
  const address = parseIp(ip);
  if (address === undefined) return undefined;
  const source = sources.find((one) => familyOf(one) === address.family);
  const own = source === undefined ? undefined : parseIp(source);
  return {
    ip,
    isUsable: own !== undefined,
    hasSameLabel: own !== undefined && valueIn(policy.labels, own) === valueIn(policy.labels, address),
    precedence: valueIn(policy.precedences, address),
  };
}

/** Rules 1 (usable), 5 (label) and 6 (precedence): by the others all addresses of a cluster are alike. */
function compare(a: Candidate, b: Candidate): number {
  return (
    Number(b.isUsable) - Number(a.isUsable) ||
    Number(b.hasSameLabel) - Number(a.hasSameLabel) ||
    b.precedence - a.precedence
  );
}

type Table = readonly (readonly [network: bigint, bits: number, value: number])[];

const V4_MAPPED = 0xffffn << 32n;

/** `label <network> <value>`, the longest network first. */
const LABELS: Table = [
  [1n, 128, 0],
  [V4_MAPPED, 96, 4],
  [0n, 96, 3],
  [0x20010000n << 96n, 32, 7],
  [0x2002n << 112n, 16, 2],
  [0xfec0n << 112n, 10, 5],
  [0xfc00n << 112n, 7, 6],
  [0n, 0, 1],
];

/** `precedence <network> <value>`, the longest network first. */
const PRECEDENCES: Table = [
  [1n, 128, 50],
  [V4_MAPPED, 96, 10],
  [0n, 96, 20],
  [0x2002n << 112n, 16, 30],
  [0n, 0, 40],
];

const MUSL_LABELS: Table = [
  [1n, 128, 0],
  [V4_MAPPED, 96, 4],
  [0x20010000n << 96n, 32, 5],
  [0x2002n << 112n, 16, 2],
  [0xfc00n << 112n, 7, 13],
  [0n, 0, 1],
];

const MUSL_PRECEDENCES: Table = [
  [1n, 128, 50],
  [V4_MAPPED, 96, 35],
  [0x20010000n << 96n, 32, 5],
  [0x2002n << 112n, 16, 30],
  [0xfc00n << 112n, 7, 3],
  [0n, 0, 40],
];

interface Policy {
  readonly labels: Table;
  readonly precedences: Table;
}

const POLICIES: Readonly<Record<CLibrary, Policy>> = {
  glibc: { labels: LABELS, precedences: PRECEDENCES },
  musl: { labels: MUSL_LABELS, precedences: MUSL_PRECEDENCES },
};

const ALL_BITS = 128;

function valueIn(table: Table, { family, value }: IpAddress): number {
  const whole = family === 4 ? V4_MAPPED | value : value;
  const found = table.find(([network, bits]) => {
    const rest = BigInt(ALL_BITS - bits);
    return whole >> rest === network >> rest;
  });
  return found?.[2] ?? 0;
}
