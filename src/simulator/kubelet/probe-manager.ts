import { isBeingDeleted } from '../../apimachinery/object.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { PodRecord, ProbeWorker } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { containersOf, nameOfContainer, newestOf } from './pod-runtime.ts';
import type { ProbeType } from './probe-outcome.ts';
import { probeFailure } from './probe-outcome.ts';
import type { ProbeTimer } from './probe-plan.ts';
import { PROBE_FIELDS, PROBE_TYPES, isOlder, periodOf, planProbe, targetOf } from './probe-plan.ts';
import { INITIAL_RESULTS, probeMade } from './probe-worker.ts';
import { isSidecar } from './restart.ts';
import type { KubeletState } from './state.ts';
import { tell } from './state.ts';
import { updateStatus } from './status-manager.ts';
import { wantSync } from './worker-queue.ts';

const WORDS = { startup: 'Startup', readiness: 'Readiness', liveness: 'Liveness' } as const;

/**
 * Sees to it that each probe of the Pod is made. A kubelet that has just begun spreads them over their first period.
 * Source: pkg/kubelet/prober/prober_manager.go `AddPod`, worker.go `run`, 1.36.
 */
export function addProbes(state: KubeletState, record: PodRecord, context: Context): void {
  for (const container of [
    ...containersOf(record.pod, 'init').filter(isSidecar),
    ...containersOf(record.pod, 'regular'),
  ])
    for (const type of PROBE_TYPES) {
      const probe = objectAt(container, PROBE_FIELDS[type]);
      const name = nameOfContainer(container);
      const key = `${name}/${type}`;
      if (probe === undefined || record.probes.has(key)) continue;
      const periodMs = periodOf(probe);
      const isYoung = context.nowMs - state.startedAtMs < periodMs && record.runtime.containers.length > 0;
      const draw = isYoung ? context.random.integer(`probe/${record.uid}/${key}`, 0, periodMs) : 0;
      const worker: ProbeWorker = {
        container: name,
        type,
        anchorMs: context.nowMs + draw,
        containerId: '',
        last: undefined,
        run: 0,
        isOnHold: false,
        dueMs: undefined,
      };
      record.probes.set(key, worker);
      const running = newestOf(record.seen, name);
      if (running?.state === 'running') look(state, record, worker, running, context);
    }
}

export function stopProbes(record: PodRecord, types: readonly ProbeType[]): void {
  for (const [key, { type }] of record.probes) if (types.includes(type)) record.probes.delete(key);
}

/** A container is new or has changed: its probes are planned anew. */
export function containerSeen(
  state: KubeletState,
  record: PodRecord,
  container: RuntimeContainer,
  context: Context,
): void {
  if (record.probes.size === 0 || newestOf(record.seen, container.name) !== container) return;
  for (const type of PROBE_TYPES) {
    const worker = record.probes.get(`${container.name}/${type}`);
    if (worker !== undefined) look(state, record, worker, container, context);
  }
}

function look(
  state: KubeletState,
  record: PodRecord,
  worker: ProbeWorker,
  container: RuntimeContainer,
  context: Context,
): void {
  if (worker.containerId !== container.id) {
    record.results.delete(`${worker.containerId}/${worker.type}`);
    worker.containerId = container.id;
    worker.isOnHold = false;
    const told = [...arrayAt(record.status, 'containerStatuses'), ...arrayAt(record.status, 'initContainerStatuses')];
    const own = told.find((status) => stringAt(status, 'name') === container.name);
    const wasStarted = booleanAt(own, 'started') === true;
    if (!isOlder(state, container)) record.results.set(`${container.id}/${worker.type}`, INITIAL_RESULTS[worker.type]);
    else if (worker.type === 'startup' && wasStarted) record.results.set(`${container.id}/startup`, 'Success');
  }
  planProbe(record, worker, context.nowMs - 1, false, context);
}

/** A probe is made. */
export function makeProbe(state: KubeletState, record: PodRecord, timer: ProbeTimer, context: Context): void {
  const worker = record.probes.get(timer.key);
  const target = worker && targetOf(record, worker);
  if (worker?.dueMs !== timer.atMs || target === undefined || record.stage !== 'sync') return;
  const { current } = target;
  const { type } = worker;
  const resultKey = `${current.id}/${type}`;
  if (isBeingDeleted(record.pod) && type !== 'readiness') {
    record.results.set(resultKey, 'Success');
    return;
  }
  const failure = probeFailure(target, context.nowMs - current.startedAtMs);
  const result = failure === undefined ? 'Success' : 'Failure';
  const detail = { container: worker.container, result: result.toLowerCase(), ...(failure ? { output: failure } : {}) };
  context.cause = context.note({ class: 'probe', verb: WORDS[type], object: `Pod/${record.key}`, detail });
  const words = `${WORDS[type]} probe failed: ${failure ?? ''}`;
  const isHeard =
    failure === undefined || tell(state, record, 'Warning', 'Unhealthy', words, context, worker.container);
  const thresholds = {
    failures: numberAt(target.probe, 'failureThreshold') ?? 3,
    successes: numberAt(target.probe, 'successThreshold') ?? 1,
  };
  const made = probeMade(worker, result, thresholds);
  const isNews = made !== undefined && record.results.get(resultKey) !== made.result;
  if (isNews) record.results.set(resultKey, made.result);
  planProbe(record, worker, context.nowMs, !isHeard, context);
  if (!isNews) return;
  if (type === 'startup')
    for (const other of ['readiness', 'liveness'] as const) {
      const waiting = record.probes.get(`${worker.container}/${other}`);
      if (waiting !== undefined) planProbe(record, waiting, context.nowMs, false, context);
    }
  if (type !== 'liveness') updateStatus(state, record, context);
  wantSync(state, record, context);
}
