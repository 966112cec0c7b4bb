import type { ContainerPoint, NodePoints } from '../kubelet/resource-metrics.ts';

/**
 * The last two measurements of each container and Node, of which a use over time is made.
 * Source: github.com/kubernetes-sigs/metrics-server/pkg/storage/pod.go, node.go, types.go, v0.8.
 */
export interface Points {
  readonly pods: ReadonlyMap<string, ReadonlyMap<string, Measured>>;
  readonly nodes: ReadonlyMap<string, Measured>;
}

export const NO_POINTS: Points = { pods: new Map(), nodes: new Map() };

export interface Measured {
  readonly last: Point;
  /** Undefined until there are two of the same life. */
  readonly before: Point | undefined;
}

export interface Point {
  readonly startedAtMs: number;
  readonly atMs: number;
  readonly cpuUs: number;
  readonly memoryBytes: number;
}

/** Use of CPU in thousand-millionths of a core, and of memory in bytes, over a span that ended at a moment. */
export interface Use {
  readonly cpuNano: number;
  readonly memoryBytes: number;
  readonly atMs: number;
  readonly windowMs: number;
}

/** How young a container must at least be for its start to count as a measurement. Source: pod.go `freshContainerMinMetricsResolution`. */
const FRESH_MS = 10_000;

/** Undefined while one of the two measurements is missing. */
export function measuredUse({ last, before }: Measured): Use | undefined {
  if (before === undefined) return undefined;
  const windowMs = last.atMs - before.atMs;
  const cpuNano = Math.trunc(((last.cpuUs - before.cpuUs) * 1e6) / windowMs);
  return { cpuNano, memoryBytes: last.memoryBytes, atMs: last.atMs, windowMs };
}

/** What is known after all Nodes were asked; those that gave no answer are not there, and their Pods neither. */
export function stored(known: Points, batch: ReadonlyMap<string, NodePoints>, resolutionMs: number): Points {
  const pods = new Map<string, Map<string, Measured>>();
  const nodes = new Map<string, Measured>();
  for (const [node, { atMs, containers }] of batch) {
    let [cpuUs, memoryBytes] = [0, 0];
    for (const container of containers) {
      cpuUs += container.cpuUs;
      memoryBytes += container.memoryBytes;
      const key = `${container.namespace}/${container.pod}`;
      const own = pods.get(key) ?? new Map<string, Measured>();
      pods.set(key, own);
      own.set(
        container.container,
        measured(known.pods.get(key)?.get(container.container), container, atMs, resolutionMs),
      );
    }
    const last = { startedAtMs: 0, atMs, cpuUs, memoryBytes };
    const before = known.nodes.get(node)?.last;
    // What a Node used as a whole falls when a container ends: only its growth can be told.
    nodes.set(node, { last, before: before !== undefined && before.cpuUs <= cpuUs ? before : undefined });
  }
  return { pods, nodes };
}

function measured(
  known: Measured | undefined,
  { startedAtMs, cpuUs, memoryBytes }: ContainerPoint,
  atMs: number,
  resolutionMs: number,
): Measured {
  const last = { startedAtMs, atMs, cpuUs, memoryBytes };
  const ageMs = atMs - startedAtMs;
  if (ageMs < resolutionMs && ageMs >= FRESH_MS) return { last, before: { ...last, atMs: startedAtMs, cpuUs: 0 } };
  const isSameLife = known !== undefined && startedAtMs < known.last.atMs;
  return { last, before: isSameLife ? known.last : undefined };
}
