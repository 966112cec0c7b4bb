import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import {
  formatQuantity,
  makeMilliQuantity,
  makeQuantity,
  milliValueOf,
  quantityOf,
  valueOf,
} from '../../apimachinery/quantity.ts';
import type { Histogram } from './histogram.ts';
import { CPU_BUCKETS, EMPTY_HISTOGRAM, MEMORY_BUCKETS, percentile, withSample } from './histogram.ts';

/** What is known of the containers of one name of a workload. Plain data. */
export interface Aggregate {
  readonly cpu: Histogram;
  readonly memory: Histogram;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly samples: number;
}

export const NO_SAMPLES: Aggregate = {
  cpu: EMPTY_HISTOGRAM,
  memory: EMPTY_HISTOGRAM,
  firstMs: 0,
  lastMs: 0,
  samples: 0,
};

/** Source: pkg/recommender/model/aggregations_config.go `minSampleWeight`, v1.7.0. */
const CPU_WEIGHT = 0.1;

export function withCpu(before: Aggregate, cores: number, atMs: number): Aggregate {
  const cpu = withSample(before.cpu, CPU_BUCKETS, { value: cores, weight: CPU_WEIGHT, atMs });
  return {
    ...before,
    cpu,
    firstMs: before.samples === 0 ? atMs : before.firstMs,
    lastMs: atMs,
    samples: before.samples + 1,
  };
}

/** The highest use of a day, of one container of one Pod; milliseconds and bytes. */
export interface MemoryWindow {
  readonly endMs: number;
  readonly peakBytes: number;
}

const DAY_MS = 24 * 3_600_000;

/** Source: pkg/recommender/model/container.go `addMemorySample`, v1.7.0. */
export function withMemory(
  before: Aggregate,
  window: MemoryWindow | undefined,
  bytes: number,
  atMs: number,
): { readonly aggregate: Aggregate; readonly window: MemoryWindow } {
  let { memory } = before;
  let next = window;
  if (next !== undefined && atMs < next.endMs) {
    if (bytes <= next.peakBytes) return { aggregate: before, window: next };
    memory = withSample(memory, MEMORY_BUCKETS, { value: next.peakBytes, weight: -1, atMs: next.endMs });
    next = { ...next, peakBytes: bytes };
  } else {
    const endMs = next?.endMs ?? atMs;
    next = { endMs: endMs + Math.trunc((atMs - endMs) / DAY_MS) * DAY_MS + DAY_MS, peakBytes: bytes };
  }
  memory = withSample(memory, MEMORY_BUCKETS, { value: bytes, weight: 1, atMs: next.endMs });
  return { aggregate: { ...before, memory }, window: next };
}

/** Source: pkg/recommender/main.go and config: `--recommendation-margin-fraction` and the like, v1.7.0. */
const MARGIN = 0.15;
const POD_MIN_CPU_MILLI = 25;
const POD_MIN_MEMORY_BYTES = 250 * 1024 * 1024;
const PERCENTILES = { target: 0.9, lowerBound: 0.5, upperBound: 0.95 } as const;
/** Source: pkg/recommender/model/types.go `MaxResourceAmount`, v1.7.0. */
const MOST = 1e14;

interface Amounts {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

const whole = (amount: number): number => Math.trunc(Math.min(amount, MOST));

/** Source: pkg/recommender/logic/estimator.go `getConfidence`, recommender.go, v1.7.0. */
function estimated(state: Aggregate, bound: keyof typeof PERCENTILES, containers: number): Amounts {
  const confidence = Math.min((state.lastMs - state.firstMs) / DAY_MS, state.samples / (DAY_MS / 60_000));
  // To the first power, and to the power of -2.
  const lower = 1 + 0.001 / confidence;
  const factor = bound === 'upperBound' ? 1 + 1 / confidence : bound === 'lowerBound' ? 1 / (lower * lower) : 1;
  const withMargin = (base: number): number => whole(whole(base) + whole(whole(base) * MARGIN));
  const cpu = whole(withMargin(percentile(state.cpu, CPU_BUCKETS, PERCENTILES[bound]) * 1000) * factor);
  const memory = whole(withMargin(percentile(state.memory, MEMORY_BUCKETS, PERCENTILES[bound])) * factor);
  return {
    cpuMilli: Math.max(cpu, whole(POD_MIN_CPU_MILLI / containers)),
    memoryBytes: Math.max(memory, whole(POD_MIN_MEMORY_BYTES / containers)),
  };
}

function listed({ cpuMilli, memoryBytes }: Amounts): JsonObject {
  return {
    cpu: formatQuantity(makeMilliQuantity(BigInt(cpuMilli))),
    memory: formatQuantity(makeQuantity(BigInt(memoryBytes))),
  };
}

/** What a policy of a container allows. Source: pkg/utils/vpa/capping.go, v1.7.0. */
function capped({ cpuMilli, memoryBytes }: Amounts, policy: JsonValue | undefined): Amounts {
  const limit = (kind: string, resource: string): number | undefined => {
    const quantity = quantityOf(valueAt(policy, kind, resource));
    if (quantity === undefined) return undefined;
    return Number(resource === 'cpu' ? milliValueOf(quantity) : valueOf(quantity));
  };
  const within = (amount: number, resource: string): number => {
    const atLeast = Math.max(amount, limit('minAllowed', resource) ?? amount);
    return Math.min(atLeast, limit('maxAllowed', resource) ?? atLeast);
  };
  return { cpuMilli: within(cpuMilli, 'cpu'), memoryBytes: within(memoryBytes, 'memory') };
}

/** `status.recommendation` of a VerticalPodAutoscaler, of what was seen of its containers. */
export function recommendationOf(states: ReadonlyMap<string, Aggregate>, policies: readonly JsonValue[]): JsonObject {
  const named = (name: string): JsonValue | undefined =>
    policies.find((one) => stringAt(one, 'containerName') === name) ??
    policies.find((one) => stringAt(one, 'containerName') === '*');
  const containers = [...states]
    .filter(([name]) => stringAt(named(name), 'mode') !== 'Off')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    containerRecommendations: containers.map(([containerName, state]) => {
      const of = (bound: keyof typeof PERCENTILES): Amounts => estimated(state, bound, states.size);
      const policy = named(containerName);
      return {
        containerName,
        lowerBound: listed(capped(of('lowerBound'), policy)),
        target: listed(capped(of('target'), policy)),
        uncappedTarget: listed(of('target')),
        upperBound: listed(capped(of('upperBound'), policy)),
      };
    }),
  };
}

/** The policies of the containers of a VerticalPodAutoscaler. */
export function policiesOf(vpa: JsonObject): readonly JsonValue[] {
  return arrayAt(vpa, 'spec', 'resourcePolicy', 'containerPolicies');
}
