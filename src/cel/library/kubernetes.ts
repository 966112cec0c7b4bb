import type { Cidr, IpAddress } from '../../apimachinery/ip.ts';
import { cidrContains, formatCidr, formatIp, parseCidr, parseIp } from '../../apimachinery/ip.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import * as quantities from '../../apimachinery/quantity.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Special, Value } from '../value.ts';
import { special } from '../value.ts';
import type { Implementation } from './operators.ts';
import { text } from './strings.ts';

const QUANTITY = 'kubernetes.Quantity';

function own<T>(value: Value | undefined, type: string): T {
  const found = value === undefined ? undefined : special(value);
  if (found?.type !== type) throw noSuchOverload();
  return found.value as T;
}

interface OwnQuantity extends Quantity {
  compareTo(other: Quantity): number;
}

const quantityValue = (quantity: Quantity): Special => ({
  type: QUANTITY,
  value: { ...quantity, compareTo: (other: Quantity) => quantities.compareQuantities(quantity, other) },
});

const quantityIn = (value: Value | undefined): Quantity => own<OwnQuantity>(value, QUANTITY);

function quantityOf(value: Value | undefined): Value {
  const problem = quantities.quantityProblem(text(value));
  if (problem !== undefined) throw new EvaluationError(problem);
  return quantityValue(quantities.parseQuantity(text(value))!);
}

function combine(use: (a: Quantity, b: Quantity) => Quantity): Implementation {
  return ([a, b]) =>
    quantityValue(use(quantityIn(a), typeof b === 'bigint' ? quantities.makeQuantity(b) : quantityIn(b)));
}

const compared = ([a, b]: readonly Value[]): number => {
  const type = special(a!)?.type;
  if (type === QUANTITY) return quantities.compareQuantities(quantityIn(a), quantityIn(b));
  return own<Semver>(a, SEMVER).compareTo(own<Semver>(b, SEMVER));
};

function wholeOf(quantity: Quantity): bigint | undefined {
  const value = quantities.valueOf(quantity);
  const isWhole = quantities.compareQuantities(quantity, quantities.makeQuantity(value)) === 0;
  return isWhole && value < 2n ** 63n && value >= -(2n ** 63n) ? value : undefined;
}

function asInteger([value]: readonly Value[]): Value {
  const whole = wholeOf(quantityIn(value));
  if (whole === undefined) throw new EvaluationError('cannot convert value to integer');
  return whole;
}

const IP = 'net.IP';
const CIDR = 'net.CIDR';

const ipValue = (ip: IpAddress): Special => ({
  type: IP,
  value: {
    ip,
    compareTo: (other: OwnIp) => (other.ip.family === ip.family && other.ip.value === ip.value ? 0 : 1),
    toString: () => formatIp(ip),
  },
});
interface OwnIp {
  readonly ip: IpAddress;
}
const cidrValue = (cidr: Cidr): Special => ({
  type: CIDR,
  value: {
    cidr,
    compareTo: (other: OwnCidr) => (formatCidr(other.cidr) === formatCidr(cidr) ? 0 : 1),
    toString: () => formatCidr(cidr),
  },
});
interface OwnCidr {
  readonly cidr: Cidr;
}

function ipOf(value: Value | undefined): Value {
  const cidr = special(value!);
  if (cidr?.type === CIDR) {
    const { family, network } = (cidr.value as OwnCidr).cidr;
    return ipValue(needIp(formatIp({ family, value: network })));
  }
  return ipValue(needIp(text(value)));
}

function needIp(address: string): IpAddress {
  const ip = parseIp(address);
  if (ip === undefined)
    throw new EvaluationError(`IP Address '${address}' parse error during conversion from string: unable to parse IP`);
  return ip;
}

function needCidr(address: string): Cidr {
  const cidr = parseCidr(address);
  if (cidr === undefined) throw new EvaluationError('network address parse error during conversion from string');
  return cidr;
}

const ipIn = (value: Value | undefined): IpAddress => own<OwnIp>(value, IP).ip;
const cidrIn = (value: Value | undefined): Cidr => own<OwnCidr>(value, CIDR).cidr;

/** Whether the address lies in one of the ranges. */
const isWithin =
  (...ranges: readonly string[]): Implementation =>
  ([value]) =>
    ranges.some((range) => cidrContains(needCidr(range), ipIn(value)));

const isUnspecified = isWithin('0.0.0.0/32', '::/128');
const isLoopback = isWithin('127.0.0.0/8', '::1/128');
const isLinkLocal = isWithin('169.254.0.0/16', 'fe80::/10');
const isMulticast = isWithin('224.0.0.0/4', 'ff00::/8');
const isBroadcast = isWithin('255.255.255.255/32');

function containsCidr([value, other]: readonly Value[]): Value {
  const [outer, inner] = [cidrIn(value), typeof other === 'string' ? needCidr(other) : cidrIn(other)];
  return (
    outer.family === inner.family &&
    outer.prefixLength <= inner.prefixLength &&
    cidrContains(outer, needIp(formatIp({ family: inner.family, value: inner.network })))
  );
}

const SEMVER = 'kubernetes.Semver';
const SEMVER_TEXT =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*))?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;

class Semver {
  readonly numbers: readonly bigint[];
  private readonly pre: readonly string[];
  constructor(numbers: readonly bigint[], pre: readonly string[]) {
    this.numbers = numbers;
    this.pre = pre;
  }
  compareTo(other: Semver): number {
    for (const [at, number] of this.numbers.entries())
      if (number !== other.numbers[at]) return number < other.numbers[at]! ? -1 : 1;
    if (this.pre.length === 0 || other.pre.length === 0)
      return Number(other.pre.length > 0) - Number(this.pre.length > 0);
    for (const [at, part] of this.pre.entries()) {
      const against = other.pre[at];
      if (against === undefined) return 1;
      if (part !== against) return comparePart(part, against);
    }
    return this.pre.length < other.pre.length ? -1 : 0;
  }
}

function comparePart(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumberA && isNumberB) return BigInt(a) < BigInt(b) ? -1 : 1;
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  return a < b ? -1 : 1;
}

function readSemver([value, normalize]: readonly Value[]): Semver | undefined {
  const written = text(value);
  const match = SEMVER_TEXT.exec(normalize === true ? normalized(written) : written);
  if (match === null) return undefined;
  return new Semver(
    [1, 2, 3].map((at) => BigInt(match[at]!)),
    match[4]?.split('.') ?? [],
  );
}

/** A leading `v`, missing parts and leading zeros are let pass. */
function normalized(written: string): string {
  const [, head, tail] = /^v?([\d.]*)(.*)$/s.exec(written)!;
  const parts = head!.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  while (parts.length < 3) parts.push('0');
  return parts.join('.') + tail!;
}

function semver(args: readonly Value[]): Value {
  const value = readSemver(args);
  if (value === undefined) throw new EvaluationError('invalid semantic version');
  return { type: SEMVER, value };
}

const part =
  (at: number): Implementation =>
  ([value]) =>
    own<Semver>(value, SEMVER).numbers[at]!;

export const KUBERNETES: Readonly<Record<string, Implementation>> = {
  quantity: ([value]) => quantityOf(value),
  isQuantity: ([value]) => quantities.quantityProblem(text(value)) === undefined,
  sign: ([value]) => BigInt(quantities.signOfQuantity(quantityIn(value))),
  isGreaterThan: (args) => compared(args) > 0,
  isLessThan: (args) => compared(args) < 0,
  compareTo: (args) => BigInt(compared(args)),
  asApproximateFloat: ([value]) => quantities.quantityToNumber(quantityIn(value)),
  asInteger,
  isInteger: ([value]) => wholeOf(quantityIn(value)) !== undefined,
  add: combine(quantities.addQuantities),
  sub: combine(quantities.subtractQuantities),
  ip: ([value]) => ipOf(value),
  isIP: ([value]) => parseIp(text(value)) !== undefined,
  'ip.isCanonical': ([value]) => formatIp(needIp(text(value))) === text(value),
  family: ([value]) => BigInt(ipIn(value).family),
  isUnspecified,
  isLoopback,
  isLinkLocalUnicast: isLinkLocal,
  isLinkLocalMulticast: isWithin('224.0.0.0/24', 'ff02::/16'),
  isGlobalUnicast: (args) =>
    ![isUnspecified, isLoopback, isLinkLocal, isMulticast, isBroadcast].some((test) => test(args)),
  cidr: ([value]) => cidrValue(needCidr(text(value))),
  isCIDR: ([value]) => parseCidr(text(value)) !== undefined,
  containsIP: ([value, ip]) => cidrContains(cidrIn(value), typeof ip === 'string' ? needIp(ip) : ipIn(ip)),
  containsCIDR: containsCidr,
  prefixLength: ([value]) => BigInt(cidrIn(value).prefixLength),
  masked: ([value]) => cidrValue(cidrIn(value)),
  semver,
  isSemver: (args) => readSemver(args) !== undefined,
  major: part(0),
  minor: part(1),
  patch: part(2),
};
