import { conditionsOf, hasCondition } from '../../apimachinery/conditions.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { booleanAt, numberAt, objectAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { PodRecord, ProbeWorker } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { nameOfContainer, newestOf } from './pod-runtime.ts';
import { isOlder, planProbe } from './probe-plan.ts';
import { isSidecar } from './restart.ts';
import type { KubeletState } from './state.ts';

/**
 * Adds to the status of a container whether it has started and is ready.
 * Source: pkg/kubelet/prober/prober_manager.go `UpdatePodStatus`, 1.36.
 */
export function withProbeResults(
  state: KubeletState,
  record: PodRecord,
  status: JsonObject,
  container: JsonValue,
  isInit: boolean,
  context: Context,
): JsonObject {
  const name = nameOfContainer(container);
  const current = newestOf(record.seen, name);
  const isRunning = objectAt(status, 'state', 'running') !== undefined && current !== undefined;
  const startup = current && record.results.get(`${current.id}/startup`);
  const started =
    isRunning &&
    (startup === undefined
      ? booleanAt(status, 'started') === true || !record.probes.has(`${name}/startup`)
      : startup === 'Success');
  if (isInit && !isSidecar(container)) {
    const hasEnded = numberAt(status, 'state', 'terminated', 'exitCode') === 0;
    return { ...status, started, ready: hasEnded };
  }
  const ready = started && isReady(state, record, container, current, context);
  return { ...status, started, ready };
}

function isReady(
  state: KubeletState,
  record: PodRecord,
  container: JsonValue,
  current: RuntimeContainer,
  context: Context,
): boolean {
  const name = nameOfContainer(container);
  const result = record.results.get(`${current.id}/readiness`);
  if (result === 'Success') return true;
  const worker = record.probes.get(`${name}/readiness`);
  const hasProbe = objectAt(container, 'readinessProbe') !== undefined;
  if (worker !== undefined && record.stage === 'sync') atOnce(record, worker, context);
  if (!isOlder(state, current)) return worker === undefined;
  const wasReady = hasCondition(conditionsOf(record.pod), 'Ready', 'True');
  if (hasProbe && !wasReady) return false;
  return worker === undefined || result === undefined;
}

/** A sync that finds a container not ready has its readiness probed at once, and from then on. */
function atOnce(record: PodRecord, worker: ProbeWorker, context: Context): void {
  const { nowMs } = context;
  if (worker.dueMs === nowMs || worker.anchorMs === nowMs || worker.containerId === '') return;
  worker.anchorMs = nowMs;
  planProbe(record, worker, nowMs - 1, false, context);
}
