import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import * as validation from './ip-validation.ts';
import * as ip from './ip.ts';
import * as cases from './testdata/ip.cases.ts';

/** No messages, or one with the given part. */
function one(part: string): readonly unknown[] {
  return part === '' ? [] : [expect.stringContaining(part)];
}

describe('addresses in fields', () => {
  upstreamEach(cases.SOURCE, 'TestIsValidIP')(cases.IPS)('%s', (_, text, wrong, legacyWrong, lenientWrong) => {
    expect(validation.validateIp(text)).toEqual(one(wrong));
    expect(validation.validateLegacyIp(text)).toEqual(one(legacyWrong));
    expect(validation.validateLegacyIp(text, { strict: false })).toEqual(one(lenientWrong));
  });

  upstreamEach(cases.SOURCE, 'TestIsValidCIDR')(cases.CIDRS)(
    'network: %s',
    (_, text, wrong, legacyWrong, lenientWrong) => {
      expect(validation.validateCidr(text)).toEqual(one(wrong));
      expect(validation.validateLegacyCidr(text)).toEqual(one(legacyWrong));
      expect(validation.validateLegacyCidr(text, { strict: false })).toEqual(one(lenientWrong));
    },
  );

  upstreamEach(cases.SOURCE, 'TestIsValidInterfaceAddress')(cases.INTERFACE_ADDRESSES)(
    'interface: %s',
    (_, text, wrong) => {
      expect(validation.validateInterfaceAddress(text)).toEqual(one(wrong));
    },
  );

  upstreamEach(cases.SOURCE, 'TestGetWarningsForIP')(cases.IP_WARNINGS)('warning: %s', (_, field, text, warnings) => {
    expect(validation.ipWarnings(field, text)).toEqual(warnings);
  });

  upstreamEach(cases.SOURCE, 'TestGetWarningsForCIDR')(cases.CIDR_WARNINGS)(
    'network warning: %s',
    (_, field, text, warnings) => {
      expect(validation.cidrWarnings(field, text)).toEqual(warnings);
    },
  );

  test('no warning about what is no address', () => {
    expect(validation.ipWarnings('spec.clusterIP', 'None')).toEqual([]);
    expect(validation.cidrWarnings('spec.podCIDR', '10.0.0.0')).toEqual([]);
  });
});

describe('addresses', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['010.000.0.001', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:0a00:0001', '10.0.0.1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:0:2:0:0:3:4:5', '1:0:2::3:4:5'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['::1.2.3.4', '::102:304'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ])('%s is %s', (text, canonical) => {
    expect(ip.formatIp(ip.parseIp(text)!)).toBe(canonical);
  });

  test.each([
    '1.2.3',
    '1.2.3.4.5',
    '1..2.3',
    '256.0.0.1',
    '0x1.2.3.4',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4:5:6::1.2.3.4',
    '1.2.3.4::',
    '::1.2.3',
    '::12345',
    '::g',
    ':1',
    '1:',
  ])('%s is none', (text) => {
    expect(ip.parseIp(text)).toBeUndefined();
  });

  test('what is printed reads back as the same', () => {
    const address = fc.oneof(
      fc.record({ family: fc.constant(4 as const), value: fc.bigInt({ min: 0n, max: (1n << 32n) - 1n }) }),
      fc.record({
        family: fc.constant(6 as const),
        // Groups are zero half the time, so that there is something to shorten.
        value: fc
          .array(fc.oneof(fc.constant(0), fc.nat({ max: 0xffff })), { minLength: 8, maxLength: 8 })
          .map((groups) => groups.reduce((sum, group) => sum * 0x10000n + BigInt(group), 0n)),
      }),
    );
    fc.assert(
      fc.property(address, (given) => {
        fc.pre(given.family === 4 || given.value >> 32n !== 0xffffn);
        expect(ip.parseIp(ip.formatIp(given))).toEqual(given);
        expect(validation.validateIp(ip.formatIp(given))).toEqual([]);
      }),
    );
  });
});

describe('networks', () => {
  test.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.1.2.3/8', '10.0.0.0', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '10.0.0.1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['::ffff:10.0.0.0/104', '10.0.0.1', true],
  ])('%s contains %s: %j', (cidr, address, expected) => {
    expect(ip.cidrContains(ip.parseCidr(cidr)!, ip.parseIp(address)!)).toBe(expected);
  });

  test.each([
    ['10.0.0.0/8', '10.96.0.0/12', true],
    ['10.96.0.0/12', '10.244.0.0/16', false],
    ['::/0', '10.0.0.0/8', false],
    ['fd00::/8', 'fd00:10:96::/112', true],
  ])('%s and %s overlap: %j', (a, b, expected) => {
    expect(ip.cidrsOverlap(ip.parseCidr(a)!, ip.parseCidr(b)!)).toBe(expected);
    expect(ip.cidrsOverlap(ip.parseCidr(b)!, ip.parseCidr(a)!)).toBe(expected);
  });

  test('addresses by their place', () => {
    const services = ip.parseCidr('10.96.0.0/12')!;
    expect(ip.cidrSize(services)).toBe(1n << 20n);
    expect(ip.formatIp(ip.addressAt(services, 10n)!)).toBe('10.96.0.10');
    expect(ip.addressAt(services, 1n << 20n)).toBeUndefined();
    expect(ip.formatCidr(ip.parseCidr('10.97.1.2/12')!)).toBe('10.96.0.0/12');
  });

  test('two spellings of one address are the same', () => {
    expect(ip.sameIp(ip.parseIp('::ffff:1.2.3.4')!, ip.parseIp('1.2.3.004')!)).toBe(true);
    expect(ip.sameIp(ip.parseIp('::1.2.3.4')!, ip.parseIp('1.2.3.4')!)).toBe(false);
  });
});

test("every row of upstream's tables is here", () => {
  const { IPS, CIDRS, INTERFACE_ADDRESSES, IP_WARNINGS, CIDR_WARNINGS } = cases;
  const tables = [IPS, CIDRS, INTERFACE_ADDRESSES, IP_WARNINGS, CIDR_WARNINGS];
  expect(tables.map((table) => table.length)).toEqual([24, 21, 16, 5, 8]);
});
