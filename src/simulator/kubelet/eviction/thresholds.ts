import type { Quantity } from '../../../apimachinery/quantity.ts';
import {
  compareQuantities,
  formatQuantity,
  parseQuantity,
  quantityProblem,
  signOfQuantity,
  valueOf,
} from '../../../apimachinery/quantity.ts';
import { parseDurationMs } from '../../../apimachinery/duration.ts';
import type { Signal } from './signals.ts';
import { isSignal } from './signals.ts';

/** An amount, or a part of what there is (0.1 is a tenth, as a 32-bit number holds it). */
export type ThresholdValue = { readonly quantity: Quantity } | { readonly percentage: number };

/** The Node runs short where less of the signal is left than `value`; `graceMs` is 0 for a hard threshold. */
export interface Threshold {
  readonly signal: Signal;
  readonly value: ThresholdValue;
  readonly graceMs: number;
  /** So much more than the value has to be free before it is well again. */
  readonly minReclaim?: ThresholdValue;
}

/** `evictionHard` and its like as a KubeletConfiguration has them: by signal, `100Mi`, `10%`, `1m30s`. */
export interface EvictionSettings {
  readonly hard: Readonly<Record<string, string>>;
  readonly soft?: Readonly<Record<string, string>>;
  readonly softGracePeriod?: Readonly<Record<string, string>>;
  readonly minimumReclaim?: Readonly<Record<string, string>>;
  /** Pods together may not use more than what is allocatable: `enforceNodeAllocatable` has `pods`. */
  readonly enforcesAllocatable?: boolean;
}

interface Problem {
  readonly problem: string;
}

function isProblem(value: object): value is Problem {
  return 'problem' in value;
}

/**
 * The thresholds of a configuration, hard ones first, or what is wrong with it.
 * Source: pkg/kubelet/eviction/helpers.go `ParseThresholdConfig`, 1.36.2.
 */
export function parseThresholds(settings: EvictionSettings): readonly Threshold[] | Problem {
  const { hard, soft = {}, softGracePeriod = {}, minimumReclaim = {}, enforcesAllocatable = false } = settings;
  const hards = parseStatements(hard);
  if (isProblem(hards)) return hards;
  const softs = parseStatements(soft);
  if (isProblem(softs)) return softs;
  const graces = parseGracePeriods(softGracePeriod);
  if (isProblem(graces)) return graces;
  const reclaims = parseMinimumReclaims(minimumReclaim);
  if (isProblem(reclaims)) return reclaims;
  const ungraced = softs.find(({ signal }) => !graces.has(signal));
  if (ungraced !== undefined)
    return { problem: `grace period must be specified for the soft eviction threshold ${ungraced.signal}` };
  const all = [...hards, ...softs.map((one) => ({ ...one, graceMs: graces.get(one.signal) ?? 0 }))];
  const whole = all.map((one) => {
    const minReclaim = reclaims.get(one.signal);
    return minReclaim === undefined ? one : { ...one, minReclaim };
  });
  return enforcesAllocatable ? withAllocatable(whole) : whole;
}

/** What holds for the memory of the Node holds for that of the Pods together. Source: helpers.go `addAllocatableThresholds`. */
export function withAllocatable(thresholds: readonly Threshold[]): readonly Threshold[] {
  const hard = thresholds.filter((one) => one.signal === 'memory.available' && isHard(one));
  return [...thresholds, ...hard.map((one) => ({ ...one, signal: 'allocatableMemory.available' }) as const)];
}

export function isHard({ graceMs }: Threshold): boolean {
  return graceMs === 0;
}

function parseStatements(statements: Readonly<Record<string, string>>): readonly Threshold[] | Problem {
  const found: Threshold[] = [];
  for (const [signal, text] of Object.entries(statements)) {
    if (!isSignal(signal)) return unsupported(signal);
    const value = parseStatement(signal, text);
    if (value === undefined) continue;
    if (isProblem(value)) return value;
    found.push({ signal, value, graceMs: 0 });
  }
  return found;
}

function unsupported(signal: string): Problem {
  return { problem: `unsupported eviction signal ${signal}` };
}

/** Nothing where the statement says nothing: `0%` and `100%`. Source: helpers.go `parseThresholdStatement`. */
function parseStatement(signal: Signal, text: string): ThresholdValue | Problem | undefined {
  if (text.endsWith('%')) {
    if (text === '0%' || text === '100%') return undefined;
    const percentage = parsePercentage(text);
    if (percentage === undefined) return { problem: `invalid percentage: ${text}` };
    if (percentage < 0) return { problem: `eviction percentage threshold ${signal} must be >= 0%: ${text}` };
    if (percentage > 1) return { problem: `eviction percentage threshold ${signal} must be <= 100%: ${text}` };
    return { percentage };
  }
  const quantity = parseQuantity(text);
  if (quantity === undefined) return unreadable(text);
  if (signOfQuantity(quantity) <= 0)
    return { problem: `eviction threshold ${signal} must be positive: ${formatQuantity(quantity)}` };
  return { quantity };
}

function unreadable(text: string): Problem {
  return { problem: quantityProblem(text) ?? text };
}

/** `25.5%` as a 32-bit number; undefined where it is none. Source: helpers.go `parsePercentage`. */
export function parsePercentage(text: string): number | undefined {
  const digits = text.replace(/%+$/, '');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return undefined;
  return Math.fround(Math.fround(Number(digits)) / 100);
}

function parseGracePeriods(statements: Readonly<Record<string, string>>): ReadonlyMap<string, number> | Problem {
  const found = new Map<string, number>();
  for (const [signal, text] of Object.entries(statements)) {
    if (!isSignal(signal)) return unsupported(signal);
    const ms = parseDurationMs(text);
    if (ms === undefined) return { problem: `time: invalid duration "${text}"` };
    if (ms < 0) return { problem: `invalid eviction grace period specified: ${text}, must be a positive value` };
    found.set(signal, ms);
  }
  return found;
}

function parseMinimumReclaims(
  statements: Readonly<Record<string, string>>,
): ReadonlyMap<string, ThresholdValue> | Problem {
  const found = new Map<string, ThresholdValue>();
  for (const [signal, text] of Object.entries(statements)) {
    if (!isSignal(signal)) return unsupported(signal);
    if (text.endsWith('%')) {
      const percentage = parsePercentage(text);
      if (percentage === undefined) return { problem: `invalid percentage: ${text}` };
      if (percentage <= 0)
        return { problem: `eviction percentage minimum reclaim ${signal} must be positive: ${text}` };
      found.set(signal, { percentage });
      continue;
    }
    const quantity = parseQuantity(text);
    if (quantity === undefined) return unreadable(text);
    if (signOfQuantity(quantity) < 0) return { problem: `negative eviction minimum reclaim specified for ${signal}` };
    found.set(signal, { quantity });
  }
  return found;
}

/** Bytes, inodes or processes that a value comes to. Source: pkg/kubelet/eviction/api/types.go `GetThresholdQuantity`. */
export function amountOf(value: ThresholdValue, capacity: number): number {
  return 'quantity' in value ? Number(valueOf(value.quantity)) : Math.trunc(capacity * value.percentage);
}

/** Source: helpers.go `compareThresholdValue`. */
export function isSameValue(a: ThresholdValue, b: ThresholdValue): boolean {
  if ('quantity' in a) return 'quantity' in b && compareQuantities(a.quantity, b.quantity) === 0;
  return !('quantity' in b) && a.percentage === b.percentage;
}

/** Source: helpers.go `hasThreshold`. */
export function isSameThreshold(a: Threshold, b: Threshold): boolean {
  return a.graceMs === b.graceMs && a.signal === b.signal && isSameValue(a.value, b.value);
}
