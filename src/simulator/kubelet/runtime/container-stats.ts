import { IDLE_CPU, IDLE_MEMORY, usedAt, usedUntil } from '../../behaviour/usage.ts';
import type { RuntimeState } from './runtime-state.ts';

/** What one running container has used. */
export interface ContainerStats {
  readonly podUid: string;
  readonly name: string;
  readonly startedAtMs: number;
  /** CPU since its start, in microseconds of one core. */
  readonly cpuUs: number;
  readonly memoryBytes: number;
}

/** Source: staging/src/k8s.io/cri-api/pkg/apis/runtime/v1/api.proto `ContainerStats`, 1.36. */
export function listContainerStats({ containers }: RuntimeState, nowMs: number): readonly ContainerStats[] {
  return [...containers.values()]
    .filter(({ state }) => state === 'running')
    .map(({ podUid, name, startedAtMs, behaviour }) => ({
      podUid,
      name,
      startedAtMs,
      // A thousandth of a core for a millisecond is a microsecond of a core.
      cpuUs: usedUntil(behaviour.cpuMillicores ?? IDLE_CPU, nowMs - startedAtMs),
      memoryBytes: usedAt(behaviour.memoryBytes ?? IDLE_MEMORY, nowMs - startedAtMs),
    }));
}
