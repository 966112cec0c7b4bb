import type { IpAddress } from '../../apimachinery/ip.ts';
import { parseIp } from '../../apimachinery/ip.ts';
import { familyOf } from './addresses.ts';

/**
 * In which order a program tries the addresses of a name: that of glibc's `getaddrinfo`, which is RFC 6724 with tables of
 * its own. By them IPv6 comes before IPv4, addresses of one's own networks (`fc00::/7`) too, where the sender has an
 * address of the same kind.
 * Source: RFC 6724, section 6; glibc 2.36 `gai.conf`, defaults of `label` and `precedence`.
 */
export function inOrderOfUse(destinations: readonly string[], sources: readonly string[]): readonly string[] {
  const candidates = destinations.flatMap((ip) => candidateOf(ip, sources) ?? []);
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

function candidateOf(ip: string, sources: readonly string[]): Candidate | undefined {
  const address = parseIp(ip);
  if (address === undefined) return undefined;
  const source = sources.find((one) => familyOf(one) === address.family);
  const own = source === undefined ? undefined : parseIp(source);
  return {
    ip,
    isUsable: own !== undefined,
    hasSameLabel: own !== undefined && valueIn(LABELS, own) === valueIn(LABELS, address),
    precedence: valueIn(PRECEDENCES, address),
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

const ALL_BITS = 128;

function valueIn(table: Table, { family, value }: IpAddress): number {
  const whole = family === 4 ? V4_MAPPED | value : value;
  const found = table.find(([network, bits]) => {
    const rest = BigInt(ALL_BITS - bits);
    return whole >> rest === network >> rest;
  });
  return found?.[2] ?? 0;
}
