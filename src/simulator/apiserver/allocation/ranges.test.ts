import { describe, expect, it } from 'vitest';
import { addressAt, formatIp, parseCidr, parseIp } from '../../../apimachinery/ip.ts';
import type { Cidr } from '../../../apimachinery/ip.ts';
import { assert } from '../../../base/assert.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { randomSource } from '../../kernel/random.ts';
import { hostsIn, ipPool, nextAddress, refusedAddress, reservedPartOf } from './ip-pool.ts';
import type { IpPool } from './ip-pool.ts';
import { NODE_PORTS, PortPool, portsOfData, portsToData, reservedPorts } from './port-pool.ts';
import type { PortRange } from './port-pool.ts';
import { around } from './range.ts';

const FOLDER = 'pkg/registry/core/service';
const source = (file: string) => ({ area: 'kube-apiserver', file: `${FOLDER}/${file}`, release: '1.36.2' }) as const;
const IPS = source('ipallocator/ipallocator_test.go');
const IP_BITMAP = source('ipallocator/bitmap_test.go');
const PORTS = source('portallocator/allocator_test.go');
const OPERATION = source('portallocator/operation_test.go');

let draws = 0;
const pick = (least: number, most: number): number => randomSource(1, 'ranges').integer(String(draws++), least, most);

function poolOf(text: string): IpPool {
  const pool = ipPool(text);
  assert(pool !== undefined, text);
  return pool;
}

function cidrOf(text: string): Cidr {
  const cidr = parseCidr(text);
  assert(cidr !== undefined, text);
  return cidr;
}

/** Addresses of a network while they are given and taken back. */
class Addresses {
  readonly taken = new Set<string>();
  readonly pool: IpPool;

  constructor(text: string) {
    this.pool = poolOf(text);
  }

  get free(): number {
    return this.pool.size - this.taken.size;
  }

  next(): string | undefined {
    const address = nextAddress(this.pool, pick, (one) => this.taken.has(one));
    if (address !== undefined) this.taken.add(address);
    return address;
  }

  take(address: string): string | undefined {
    const problem = refusedAddress(this.pool, address, (one) => this.taken.has(one));
    if (problem === undefined) this.taken.add(address);
    return problem;
  }
}

describe('addresses of Services', () => {
  upstreamEach(
    IPS,
    'TestAllocateIPAllocator',
  )([
    {
      name: 'IPv4',
      cidr: '192.168.1.0/24',
      free: 254,
      released: '192.168.1.5',
      outOfRange: ['192.168.0.1', '192.168.1.0', '192.168.1.255', '192.168.2.2'],
      allocated: '192.168.1.1',
    },
    {
      name: 'IPv6',
      cidr: '2001:db8:1::/116',
      free: 4095,
      released: '2001:db8:1::5',
      outOfRange: ['2001:db8::1', '2001:db8:1::', '2001:db8:2::2'],
      allocated: '2001:db8:1::1',
    },
  ])('$name', ({ cidr, free, released, outOfRange, allocated }) => {
    const addresses = new Addresses(cidr);
    expect(addresses.free).toBe(free);
    const given = Array.from({ length: free }, () => addresses.next());
    expect(new Set(given).size).toBe(free);
    expect(addresses.next()).toBeUndefined();
    addresses.taken.delete(released);
    expect(addresses.next()).toBe(released);
    addresses.taken.delete(released);
    for (const address of outOfRange)
      expect(addresses.take(address)).toBe(
        `the provided IP (${address}) is not in the valid range. The range of valid IPs is ${cidr}`,
      );
    expect(addresses.take(allocated)).toBe('provided IP is already allocated');
    expect(addresses.take(released)).toBeUndefined();
    expect(addresses.free).toBe(0);
  });

  upstreamEach(IPS)([
    ['TestAllocateTinyIPAllocator', '192.168.1.0/32', 0],
    ['TestAllocateSmallIPAllocator', '192.168.1.240/30', 2],
  ] as const)('%s', (_, cidr, free) => {
    const addresses = new Addresses(cidr);
    expect(addresses.free).toBe(free);
    const given = Array.from({ length: free }, () => addresses.next()!);
    expect(new Set(given).size).toBe(free);
    for (const address of given) expect(addresses.take(address)).toBe('provided IP is already allocated');
    expect(addresses.next()).toBeUndefined();
  });

  upstreamEach(IPS)([['TestAllocateReservedIPAllocator']] as const)('%s', () => {
    const addresses = new Addresses('192.168.1.0/25');
    const { reserved, size } = addresses.pool;
    for (let count = 0; count < size - reserved; count++) addresses.next();
    for (let place = reserved; place < size; place++) expect(addresses.taken).toContain(`192.168.1.${place + 1}`);
    expect(addresses.free).toBe(reserved);
    for (let place = 0; place < reserved; place++) expect(addresses.take(`192.168.1.${place + 1}`)).toBeUndefined();
    addresses.taken.delete('192.168.1.10');
    expect(addresses.next()).toBe('192.168.1.10');
  });

  upstreamEach(
    IPS,
    'Test_hostsPerNetwork',
  )([
    ['supported IPv4 cidr', '192.168.1.0/24', 254],
    ['single IPv4 host', '192.168.1.0/32', 0],
    ['small IPv4 cidr', '192.168.1.0/31', 0],
    ['very large IPv4 cidr', '0.0.0.0/1', 2 ** 31 - 2],
    ['full IPv4 range', '0.0.0.0/0', 2 ** 32 - 2],
    ['supported IPv6 cidr', '2001:db2::/112', 65_535],
    ['single IPv6 host', '2001:db8::/128', 0],
    ['small IPv6 cidr', '2001:db8::/127', 1],
  ] as const)('%s', (_, cidr, size) => expect(hostsIn(cidrOf(cidr))).toBe(size));

  upstreamEach(
    IP_BITMAP,
    'Test_calculateRangeOffset',
  )([
    ['full mask IPv4', '192.168.1.1/32', 0],
    ['full mask IPv6', 'fd00::1/128', 0],
    ['very small mask IPv4', '192.168.1.1/30', 0],
    ['very small mask IPv6', 'fd00::1/126', 0],
    ['small mask IPv4 /28', '192.168.1.1/28', 0],
    ['small mask IPv4 /27', '192.168.1.1/27', 16],
    ['small mask IPv6 /124', 'fd00::1/124', 0],
    ['small mask IPv6 /122', 'fd00::1/122', 16],
    ['medium mask IPv4', '192.168.1.1/22', 64],
    ['medium mask IPv6', 'fd00::1/118', 64],
    ['large mask IPv4', '192.168.1.1/8', 256],
    ['large mask IPv6', 'fd00::1/12', 256],
  ] as const)('%s', (_, cidr, reserved) => expect(reservedPartOf(cidrOf(cidr))).toBe(reserved));

  upstreamEach(
    IPS,
    'Test_ipIterator',
  )([
    ['start from first address small range', 1, 2, 0, [1, 2]],
    ['start from last address small range', 1, 2, 1, [2, 1]],
    ['start from offset out of range address small range', 1, 2, 10, [1, 2]],
    ['start from first address', 1, 7, 0, [1, 2, 3, 4, 5, 6, 7]],
    ['start from middle address', 1, 7, 2, [3, 4, 5, 6, 7, 1, 2]],
    ['start from last address', 1, 7, 6, [7, 1, 2, 3, 4, 5, 6]],
  ] as const)('%s', (_, first, last, offset, want) => {
    expect([...around(first, last - first + 1, offset)]).toEqual(want);
  });

  upstreamEach(
    IPS,
    'Test_ipIterator_Number',
  )([
    ['start from first address small range', 1, 2, 0, 2],
    ['start from last address small range', 1, 2, 1, 2],
    ['start from offset out of range small range', 1, 2, 10, 2],
    ['start from first address', 1, 7, 0, 7],
    ['start from middle address', 1, 7, 2, 7],
    ['start from last address', 1, 7, 6, 7],
    ['start from first address large range', 0x101, 0xfff, 0, 3839],
    ['start from address in the middle', 0x101, 0xfff, 255, 3839],
    ['start from last address', 0x101, 0xfff, 3838, 3839],
  ] as const)('%s', (_, first, last, offset, want) => {
    expect(new Set(around(first, last - first + 1, offset)).size).toBe(want);
  });

  upstreamEach(
    IPS,
    'Test_addOffsetAddress',
  )([
    ['IPv4 offset 0', '192.168.0.0', 0n, '192.168.0.0'],
    ['IPv4 offset 0 not nibble boundary', '192.168.0.11', 0n, '192.168.0.11'],
    ['IPv4 offset 1', '192.168.0.0', 1n, '192.168.0.1'],
    ['IPv4 offset 1 not nibble boundary', '192.168.0.11', 1n, '192.168.0.12'],
    ['IPv6 offset 1', 'fd00:1:2:3::', 1n, 'fd00:1:2:3::1'],
    ['IPv6 offset 1 not nibble boundary', 'fd00:1:2:3::a', 1n, 'fd00:1:2:3::b'],
    ['IPv4 offset last', '192.168.0.0', 255n, '192.168.0.255'],
    ['IPv6 offset last', 'fd00:1:2:3::', 0x7fffffffffffffffn, 'fd00:1:2:3:7fff:ffff:ffff:ffff'],
    ['IPv4 offset middle', '192.168.0.0', 128n, '192.168.0.128'],
    ['IPv4 with leading zeros', '0.0.1.8', 138n, '0.0.1.146'],
    ['IPv6 with leading zeros', '00fc::1', 255n, 'fc::100'],
    ['IPv6 offset 255', '2001:db8:1::101', 255n, '2001:db8:1::200'],
    ['IPv6 offset 1025', 'fd00:1:2:3::', 1025n, 'fd00:1:2:3::401'],
  ] as const)('%s', (_, base, offset, want) => {
    const address = parseIp(base);
    assert(address !== undefined, base);
    const found = addressAt({ address, family: address.family, network: address.value, prefixLength: 0 }, offset);
    expect(found && formatIp(found)).toBe(want);
  });

  upstreamLeftOut(IPS, {
    'Test_hostsPerNetwork/largest IPv6 for Int64 and more': {
      count: 3,
      reason: 'sizes beyond 2^53 are counted as that',
    },
    TestAddOffsetAddress: { count: 8, reason: 'the same arithmetic as Test_addOffsetAddress, at the ends of 64 bits' },
    Test_broadcastAddress: {
      count: 5,
      reason: 'the last address follows from the size; TestAllocateIPAllocator shows it',
    },
    TestForEachIPAllocator: { count: 4, reason: 'what is allocated is read from IPAddress objects' },
    'metrics, and Used and Free with objects of other ranges': { count: 7, reason: 'the simulator has no metrics' },
    TestAllocateNextFC: 'a network of that form is counted by Test_hostsPerNetwork',
    TestAllocateNext_Collision: 'one server cannot be behind itself; a second one is not simulated yet',
    TestAllocateNextStopOnError: 'a refusal of the create ends the request: src/simulator/apiserver/writing.ts',
  });
});

describe('Node ports', () => {
  const RANGE: PortRange = { base: 10_000, size: 201 };

  upstreamEach(PORTS)([['TestAllocate']] as const)('%s', () => {
    const pool = new PortPool(RANGE, [], pick);
    const given = Array.from({ length: 201 }, () => pool.takeNext());
    expect(new Set(given).size).toBe(201);
    expect(pool.takeNext()).toBeUndefined();
    pool.release(10_005);
    expect(pool.takeNext()).toBe(10_005);
    pool.release(10_005);
    const outside = 'provided port is not in the valid range. The range of valid ports is 10000-10200';
    expect([1, 10_001, 20_000, 10_201, 10_005].map((port) => pool.take(port))).toEqual([
      outside,
      'provided port is already allocated',
      outside,
      outside,
      undefined,
    ]);
    expect(pool.free).toBe(0);
  });

  upstreamEach(PORTS)([['TestAllocateReserved']] as const)('%s', () => {
    const range: PortRange = { base: 30_000, size: 129 };
    const pool = new PortPool(range, [], pick);
    const reserved = reservedPorts(range);
    for (let count = 0; count < range.size - reserved; count++) pool.takeNext();
    for (let place = reserved; place < range.size; place++) expect(pool.has(range.base + place)).toBe(true);
    expect(pool.free).toBe(reserved);
    for (let place = 0; place < reserved; place++) expect(pool.take(range.base + place)).toBeUndefined();
    pool.release(30_053);
    expect(pool.takeNext()).toBe(30_053);
  });

  upstreamEach(
    PORTS,
    'TestForEach',
  )([
    ['[0]', []],
    ['[1]', [10_000]],
    ['[2]', [10_000, 10_200]],
    ['[3]', [10_000, 10_099, 10_200]],
  ] as const)('%s', (_, ports) => expect(portsOfData(RANGE, portsToData(RANGE, ports))).toEqual(ports));

  upstreamEach(PORTS)([
    ['TestSnapshot', RANGE, 10],
    ['TestNewFromSnapshot', { base: 200, size: 101 }, 50],
  ] as const)('%s', (_, range, count) => {
    const pool = new PortPool(range, [], pick);
    const ports = Array.from({ length: count }, () => pool.takeNext()!);
    const other = new PortPool(range, portsOfData(range, portsToData(range, ports)), pick);
    expect(ports.every((port) => other.has(port))).toBe(true);
    expect(other.free).toBe(range.size - count);
  });

  upstreamEach(
    PORTS,
    'Test_calculateRangeOffset',
  )([
    ['default node port range', NODE_PORTS.size, 86],
    ['very small node port range', 10, 0],
    ['small node port range (lower boundary)', 16, 0],
    ['small node port range', 128, 16],
    ['medium node port range', 2048, 64],
    ['large node port range (upper boundary)', 4096, 128],
    ['large node port range', 8192, 128],
  ] as const)('%s', (_, size, want) => expect(reservedPorts({ base: 30_000, size })).toBe(want));

  upstreamEach(OPERATION)([['TestDryRunAllocate']] as const)('%s', () => {
    const pool = new PortPool(RANGE, [10_000, 10_010, 10_020], pick);
    const taken = 'provided port is already allocated';
    expect([10_000, 10_030, 10_030, 10_040].map((port) => pool.take(port))).toEqual([
      taken,
      undefined,
      taken,
      undefined,
    ]);
  });

  upstreamEach(OPERATION)([['TestDryRunAllocateNext']] as const)('%s', () => {
    const pool = new PortPool(RANGE, [10_000, 10_010, 10_020], pick);
    const port = pool.takeNext();
    expect(port).toBeDefined();
    expect(pool.take(port ?? 0)).toBe('provided port is already allocated');
  });

  upstreamLeftOut(PORTS, { metrics: { count: 3, reason: 'the simulator has no metrics' } });

  it('are kept as a big number in base64', () => {
    expect(portsToData(RANGE, [10_000, 10_009])).toBe(btoa('\u0002\u0001'));
    expect(portsToData(RANGE, [])).toBe('');
  });
});
