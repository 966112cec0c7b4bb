import type { PoolState } from './pool-provider.ts';
import type { DrainRules } from './drainability.ts';
import type { ExpanderName } from './expander.ts';
import type { DifferenceRatios } from './balancing.ts';
import type { NodePool } from './node-pool.ts';

/** The flags of cluster-autoscaler. Times in milliseconds; defaults in `release/1.36.ts`. */
export interface AutoscalerFlags extends DrainRules {
  /** `--expander`, the first first. */
  readonly expanders: readonly ExpanderName[];
  readonly scanIntervalMs: number;
  readonly scaleDownEnabled: boolean;
  readonly scaleDownUnneededMs: number;
  readonly scaleDownUnreadyMs: number;
  readonly scaleDownDelayAfterAddMs: number;
  readonly scaleDownDelayAfterDeleteMs: number;
  readonly scaleDownDelayAfterFailureMs: number;
  readonly scaleDownUtilizationThreshold: number;
  readonly balanceSimilarNodeGroups: boolean;
  readonly differenceRatios: DifferenceRatios;
  /** 0 for no limit. */
  readonly maxNodesTotal: number;
  readonly maxNodesPerScaleUp: number;
  readonly maxNodeProvisionMs: number;
  readonly maxNodeStartupMs: number;
  readonly newPodScaleUpDelayMs: number;
  readonly expendablePodsPriorityCutoff: number;
  readonly ignoreDaemonSetsUtilization: boolean;
  readonly unremovableRecheckMs: number;
  readonly maxScaleDownParallelism: number;
  readonly maxDrainParallelism: number;
  readonly maxBulkSoftTaintCount: number;
  readonly deleteDelayAfterTaintMs: number;
  readonly maxPodEvictionMs: number;
  readonly maxGracefulTerminationMs: number;
  readonly okTotalUnreadyCount: number;
  /** A part of a hundred. */
  readonly maxTotalUnreadyPercentage: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly backoffResetMs: number;
  readonly enforceNodeGroupMinSize: boolean;
}

/** What the autoscaler is started with. */
export interface AutoscalerSettings {
  readonly flags: AutoscalerFlags;
  readonly pools: readonly NodePool[];
}

/** What a loop leaves for the next. JSON. */
export interface LoopMemory {
  readonly lastScaleUpMs: number;
  readonly lastScaleDownDeleteMs: number;
  readonly lastScaleDownFailMs: number;
  /** Since when a Node is not needed, by name. */
  readonly unneeded: Readonly<Record<string, number>>;
  /** Until when a Node is not looked at again, by name. */
  readonly unremovable: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, ScaleUpRequest>>;
  readonly backoffs: Readonly<Record<string, Backoff>>;
  /** Nodes that are being deleted, by name. */
  readonly deletions: Readonly<Record<string, Deletion>>;
  /** When a Pod was last told that nothing is done for it, by uid. */
  readonly told: Readonly<Record<string, number>>;
  readonly status: StatusMemory;
  /** What the status said when it was last written, without its times. */
  readonly statusTold: string;
}

/** A scale-up of a pool that is not through. */
export interface ScaleUpRequest {
  readonly atMs: number;
  readonly dueMs: number;
  readonly increase: number;
}

/** A pool that is left alone for a while, since it did not grow. */
export interface Backoff {
  readonly untilMs: number;
  readonly durationMs: number;
  readonly failedMs: number;
  readonly message: string;
}

export interface Deletion {
  readonly pool: string;
  readonly withDrain: boolean;
  /** When its Node was marked. */
  readonly atMs: number;
}

/** Since when each condition of the status says what it says, by place: `pool/web/scaleUp`. */
export type StatusMemory = Readonly<Record<string, { readonly status: string; readonly sinceMs: number }>>;

const HOUR_MS = 3_600_000;

/** Source: cluster-autoscaler/core/static_autoscaler.go `NewStaticAutoscaler`, `initialScaleTime`, 1.36.1. */
export const FRESH_MEMORY: LoopMemory = Object.freeze({
  lastScaleUpMs: -HOUR_MS,
  lastScaleDownDeleteMs: -HOUR_MS,
  lastScaleDownFailMs: -HOUR_MS,
  unneeded: {},
  unremovable: {},
  requests: {},
  backoffs: {},
  deletions: {},
  told: {},
  status: {},
  statusTold: '',
});

/** A pool with what the cloud says of it. */
export interface LivePool extends PoolState {
  readonly pool: NodePool;
}

/** Source: cluster-autoscaler/utils/backoff/exponential_backoff.go, 1.36.1. */
export function backedOff(
  { initialBackoffMs, maxBackoffMs }: AutoscalerFlags,
  before: Backoff | undefined,
  message: string,
  nowMs: number,
): Backoff {
  const isOver = before !== undefined && before.untilMs < nowMs;
  const durationMs =
    before === undefined
      ? initialBackoffMs
      : isOver
        ? Math.min(maxBackoffMs, 2 * before.durationMs)
        : before.durationMs;
  return { untilMs: nowMs + durationMs, durationMs, failedMs: nowMs, message };
}
