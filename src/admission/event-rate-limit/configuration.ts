import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, notSupported } from '../../apimachinery/field-error.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';

/** What Events are counted by. */
export type EventLimitType = (typeof EVENT_LIMIT_TYPES)[number];

export interface EventLimit {
  readonly type: EventLimitType;
  /** Events a second, once `burst` is used up. */
  readonly qps: number;
  readonly burst: number;
  /** How many keys are kept apart; a key that was dropped starts anew. */
  readonly cacheSize: number;
}

/** `Configuration` of `eventratelimit.admission.k8s.io/v1alpha1`, as it is written. */
export interface EventRateLimitConfiguration {
  readonly limits?: readonly {
    readonly type?: string;
    readonly qps?: number;
    readonly burst?: number;
    readonly cacheSize?: number;
  }[];
}

export const EVENT_LIMIT_TYPES = ['Namespace', 'Server', 'SourceAndObject', 'User'] as const;

/** plugin/pkg/admission/eventratelimit/limitenforcer.go `defaultCacheSize`. */
const DEFAULT_CACHE_SIZE = 4096;

const LIMITS = ValidationPath.of('limits');

/**
 * What a server says of a configuration before it starts; none where it is good.
 * Source: plugin/pkg/admission/eventratelimit/apis/eventratelimit/validation/validation.go, 1.36.
 */
export function validateEventRateLimit({ limits = [] }: EventRateLimitConfiguration): readonly FieldError[] {
  if (limits.length === 0) return [invalid(LIMITS, null, 'must not be empty')];
  return limits.flatMap(({ type = '', qps = 0, burst = 0, cacheSize = 0 }, index) => {
    const path = LIMITS.index(index);
    return [
      // The server lists what it supports in any order.
      ...(isType(type) ? [] : [notSupported(path.child('type'), type, EVENT_LIMIT_TYPES)]),
      ...(burst > 0 ? [] : [invalid(path.child('burst'), burst, 'must be positive')]),
      ...(qps > 0 ? [] : [invalid(path.child('qps'), qps, 'must be positive')]),
      ...(type !== 'Server' && cacheSize < 0
        ? [invalid(path.child('cacheSize'), cacheSize, 'must not be negative')]
        : []),
    ];
  });
}

/** The limits of a configuration that is good, with what it leaves out. */
export function limitsOf({ limits = [] }: EventRateLimitConfiguration): readonly EventLimit[] {
  return limits.flatMap(({ type = '', qps = 0, burst = 0, cacheSize = 0 }) =>
    isType(type) ? [{ type, qps, burst, cacheSize: type === 'Server' ? 1 : cacheSize || DEFAULT_CACHE_SIZE }] : [],
  );
}

function isType(text: string): text is EventLimitType {
  return EVENT_LIMIT_TYPES.some((type) => type === text);
}
