import { IDLE_CPU, IDLE_MEMORY, usedAt, usedUntil } from '../../behaviour/usage.ts';
import { NO_LOAD, requestUse } from './load.ts';
import type { RuntimeState } from './runtime-state.ts';

/** What one running container has used. */
export interface ContainerStats {
  readonly podUid: string;
  readonly name: string;
  readonly startedAtMs: number;
  /** CPU since its start, in microseconds of one core. */
  readonly cpuUs: number;
  readonly memoryBytes: number;
  /** What it has written to the disk. */
  readonly storageBytes: number;
  /** Requests that it was sent since its start. */
  readonly requests: number;
}

const NO_STORAGE = { steps: [] };

/** Source: staging/src/k8s.io/cri-api/pkg/apis/runtime/v1/api.proto `ContainerStats`, 1.36. */
export function listContainerStats({ containers, loads }: RuntimeState, nowMs: number): readonly ContainerStats[] {
  return [...containers.values()]
    .filter(({ state }) => state === 'running')
    .map((container) => {
      const { id, podUid, name, startedAtMs, behaviour } = container;
      const ageMs = nowMs - startedAtMs;
      const load = loads.get(id) ?? NO_LOAD;
      const ofRequests = requestUse(container, load, nowMs);
      return {
        podUid,
        name,
        startedAtMs,
        // A thousandth of a core for a millisecond is a microsecond of a core.
        cpuUs: usedUntil(behaviour.cpuMillicores ?? IDLE_CPU, ageMs) + ofRequests.cpuUs,
        memoryBytes: usedAt(behaviour.memoryBytes ?? IDLE_MEMORY, ageMs) + ofRequests.memoryBytes,
        storageBytes: usedAt(behaviour.storageBytes ?? NO_STORAGE, ageMs),
        requests: load.total,
      };
    });
}
