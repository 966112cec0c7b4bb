import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { conditionsOf } from '../../../apimachinery/conditions.ts';
import { formatQuantity, quantityOf, quantityToApproximateNumber } from '../../../apimachinery/quantity.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { NUMBERS_1_36 } from '../../../simulator/release/1.36.ts';

/**
 * What a HorizontalPodAutoscaler last counted, from what its status tells of that look.
 * Source: pkg/controller/podautoscaler/replica_calculator.go and horizontal.go, 1.36.
 */
export interface Autoscaling {
  /** Replicas at that look, and what it then wanted; undefined before the first. */
  readonly current: number | undefined;
  readonly desired: number | undefined;
  readonly min: number;
  readonly max: number;
  /** Between these ratios nothing is done. */
  readonly least: number;
  readonly most: number;
  readonly sums: readonly MetricSum[];
  /** The most that any metric asks for; undefined while none is known. */
  readonly largest: number | undefined;
  readonly conditions: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason: string;
    readonly message: string;
  }[];
}

/** One metric: `current / target` is its ratio, and the ratio times the replicas, rounded up, what it asks for. */
export interface MetricSum {
  /** `cpu`, `cpu of app`, `http_requests`. */
  readonly metric: string;
  readonly target: string;
  /** Undefined where it was not measured. */
  readonly measured:
    | { readonly now: string; readonly ratio: number; readonly isWithin: boolean; readonly wants: number }
    | undefined;
}

export function autoscalingOf(autoscaler: KubernetesObject): Autoscaling {
  const { tolerance } = NUMBERS_1_36.horizontalPodAutoscaler;
  const own = (rules: string): number => {
    const quantity = quantityOf(valueAt(autoscaler, 'spec', 'behavior', rules, 'tolerance'));
    return quantity === undefined ? tolerance : quantityToApproximateNumber(quantity);
  };
  const [least, most] = [1 - own('scaleDown'), 1 + own('scaleUp')];
  const current = numberAt(autoscaler, 'status', 'currentReplicas');
  const told = arrayAt(autoscaler, 'status', 'currentMetrics');
  const sums = arrayAt(autoscaler, 'spec', 'metrics').map((metric, index) =>
    sumOf(metric, told[index], current ?? 0, { least, most }),
  );
  const wants = sums.flatMap(({ measured }) => measured?.wants ?? []);
  return {
    current,
    desired: numberAt(autoscaler, 'status', 'desiredReplicas'),
    min: numberAt(autoscaler, 'spec', 'minReplicas') ?? 1,
    max: numberAt(autoscaler, 'spec', 'maxReplicas') ?? 0,
    least,
    most,
    sums,
    largest: wants.length === 0 ? undefined : Math.max(...wants),
    conditions: conditionsOf(autoscaler).map((condition) => ({
      type: stringAt(condition, 'type') ?? '',
      status: stringAt(condition, 'status') ?? '',
      reason: stringAt(condition, 'reason') ?? '',
      message: stringAt(condition, 'message') ?? '',
    })),
  };
}

/** The part of a metric that its type names: `Resource` has `resource`. */
function partOf(metric: JsonValue | undefined): JsonValue | undefined {
  const type = stringAt(metric, 'type') ?? '';
  return valueAt(metric, type.slice(0, 1).toLowerCase() + type.slice(1));
}

function sumOf(
  metric: JsonValue,
  told: JsonValue | undefined,
  replicas: number,
  { least, most }: { readonly least: number; readonly most: number },
): MetricSum {
  const part = partOf(metric);
  const name = stringAt(part, 'name') ?? stringAt(part, 'metric', 'name') ?? '';
  const container = stringAt(part, 'container');
  const target = amountOf(objectAt(part, 'target'));
  const now = told === undefined ? undefined : amountOf(objectAt(partOf(told), 'current'), target?.field);
  const base = { metric: container === undefined ? name : `${name} (${container})`, target: target?.text ?? '?' };
  if (target === undefined || now === undefined || target.value === 0) return { ...base, measured: undefined };
  const ratio = now.value / target.value;
  const isWithin = ratio >= least && ratio <= most;
  const wants = isWithin ? replicas : Math.ceil(round(ratio * replicas));
  return { ...base, measured: { now: now.text, ratio, isWithin, wants } };
}

/** Sums of decimals come out a hair beside the whole number that they are. */
function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

const FIELDS = ['averageUtilization', 'averageValue', 'value'] as const;

interface Amount {
  readonly field: (typeof FIELDS)[number];
  readonly text: string;
  readonly value: number;
}

/** What is wanted, or what there is in the same measure: percent of the requests, a mean of the Pods, or a whole. */
function amountOf(of: JsonValue | undefined, only?: Amount['field']): Amount | undefined {
  for (const field of only === undefined ? FIELDS : [only]) {
    if (field === 'averageUtilization') {
      const percent = numberAt(of, field);
      if (percent !== undefined) return { field, text: `${percent} %`, value: percent };
      continue;
    }
    const quantity = quantityOf(valueAt(of, field));
    if (quantity !== undefined)
      return { field, text: formatQuantity(quantity), value: quantityToApproximateNumber(quantity) };
  }
  return undefined;
}
