import type { JsonValue } from '../base/json.ts';
import { arrayAt, stringAt } from '../base/json.ts';
import { parseInt64 } from './int64.ts';
import { validateDecimalInteger } from './value-formats.ts';

/**
 * Taints of Nodes and tolerations of Pods.
 * Source: staging/src/k8s.io/api/core/v1/toleration.go, staging/src/k8s.io/component-helpers/scheduling/corev1/helpers.go
 * and pkg/apis/core/v1/helper/helpers.go, 1.36.
 */
export interface TolerationOptions {
  /** The operators `Gt` and `Lt`: feature gate TaintTolerationComparisonOperators, alpha and off in 1.36. */
  readonly comparisonOperators?: boolean;
}

/** `spec.taints` of a Node. */
export function taintsOf(node: unknown): readonly JsonValue[] {
  return arrayAt(node, 'spec', 'taints');
}

/** `spec.tolerations` of a Pod. */
export function tolerationsOf(pod: unknown): readonly JsonValue[] {
  return arrayAt(pod, 'spec', 'tolerations');
}

/**
 * Whether a toleration tolerates a taint, both as in a manifest. A missing key or effect means every key or effect, a
 * missing operator means `Equal`.
 */
export function toleratesTaint(toleration: unknown, taint: unknown, options: TolerationOptions = {}): boolean {
  const effect = text(toleration, 'effect');
  const key = text(toleration, 'key');
  if (effect !== '' && effect !== text(taint, 'effect')) return false;
  if (key !== '' && key !== text(taint, 'key')) return false;
  const operator = text(toleration, 'operator');
  switch (operator) {
    case '':
    case 'Equal':
      return text(toleration, 'value') === text(taint, 'value');
    case 'Exists':
      return true;
    case 'Gt':
    case 'Lt':
      return (
        options.comparisonOperators === true && comparesTo(text(taint, 'value'), operator, text(toleration, 'value'))
      );
    default:
      return false;
  }
}

function text(value: unknown, field: string): string {
  return stringAt(value, field) ?? '';
}

/** Whether `value > limit` or `value < limit`, both integers of 64 bits in canonical form; false when one is not. */
export function comparesTo(value: string, operator: string, limit: string): boolean {
  const left = parseCanonicalInteger(value);
  const right = parseCanonicalInteger(limit);
  if (left === undefined || right === undefined) return false;
  return operator === 'Gt' ? left > right : operator === 'Lt' && left < right;
}

function parseCanonicalInteger(digits: string): bigint | undefined {
  return validateDecimalInteger(digits).length === 0 ? parseInt64(digits) : undefined;
}

/** Whether any of the tolerations tolerates the taint. */
export function tolerationsTolerate(
  tolerations: readonly unknown[],
  taint: unknown,
  options: TolerationOptions = {},
): boolean {
  return tolerations.some((toleration) => toleratesTaint(toleration, taint, options));
}

/** The first of the taints, of those that `counts`, that no toleration tolerates; undefined when all are tolerated. */
export function findUntoleratedTaint<T>(
  taints: readonly T[],
  tolerations: readonly unknown[],
  counts: (taint: T) => boolean = () => true,
  options: TolerationOptions = {},
): T | undefined {
  return taints.find((taint) => counts(taint) && !tolerationsTolerate(tolerations, taint, options));
}

/** Whether a taint keeps new Pods off the Node, which a `PreferNoSchedule` taint does not. */
export function keepsPodsOff(taint: unknown): boolean {
  const effect = stringAt(taint, 'effect');
  return effect === 'NoSchedule' || effect === 'NoExecute';
}

/**
 * For each taint the first toleration that tolerates it; undefined when a taint has none. This is what decides when a
 * `NoExecute` taint evicts a Pod.
 */
export function matchingTolerations<T>(
  taints: readonly unknown[],
  tolerations: readonly T[],
  options: TolerationOptions = {},
): readonly T[] | undefined {
  const matching: T[] = [];
  for (const taint of taints) {
    const toleration = tolerations.find((candidate) => toleratesTaint(candidate, taint, options));
    if (toleration === undefined) return undefined;
    matching.push(toleration);
  }
  return matching;
}
