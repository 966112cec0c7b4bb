import type { JsonValue } from '../../base/json.ts';
import { numberAt, objectAt, stringAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import type { PodRecord, ProbeWorker } from './pod-record.ts';
import type { RuntimeContainer } from './pod-runtime.ts';
import { newestOf, specOf } from './pod-runtime.ts';
import type { Probed } from './probe-outcome.ts';
import { nextChangeMs, probeFailure } from './probe-outcome.ts';
import type { KubeletState } from './state.ts';

/** Name of the timer with which a probe is made. */
export const PROBE = 'probe';
export interface ProbeTimer {
  readonly uid: string;
  readonly key: string;
  readonly atMs: number;
}

export const PROBE_TYPES = ['startup', 'readiness', 'liveness'] as const;
export const PROBE_FIELDS = {
  startup: 'startupProbe',
  readiness: 'readinessProbe',
  liveness: 'livenessProbe',
} as const;
export function periodOf(probe: JsonValue): number {
  return (numberAt(probe, 'periodSeconds') ?? 10) * 1000;
}

/** The container was there before the kubelet began. */
export function isOlder({ startedAtMs }: KubeletState, container: RuntimeContainer): boolean {
  return container.state === 'running' && container.startedAtMs < startedAtMs;
}

export interface Target extends Probed {
  readonly current: RuntimeContainer;
}

/** What a probe looks at; undefined where nothing runs. */
export function targetOf(record: PodRecord, { container: name, type }: ProbeWorker): Target | undefined {
  const current = newestOf(record.seen, name);
  const container = specOf(record.pod, name)?.spec;
  const probe = objectAt(container, PROBE_FIELDS[type]);
  if (current?.state !== 'running' || container === undefined || probe === undefined) return undefined;
  const podIp = stringAt(record.status, 'podIP') ?? record.runtime.sandboxes[0]?.ip ?? '';
  const { behaviour, isFrozen = false } = current;
  return { probe, type, container, behaviour, isFrozen, podIp, current };
}

function hasStarted(record: PodRecord, { id, name }: RuntimeContainer): boolean {
  return !record.probes.has(`${name}/startup`) || record.results.get(`${id}/startup`) === 'Success';
}

/**
 * Sets the timer for the next probe after a moment of which something may come. A probe that succeeds as it did before
 * is left out, up to the moment at which that may change; one whose failures nobody hears of any more comes seldom.
 */
export function planProbe(
  record: PodRecord,
  worker: ProbeWorker,
  afterMs: number,
  isUnheard: boolean,
  context: Context,
): void {
  worker.dueMs = undefined;
  const target = targetOf(record, worker);
  if (target === undefined || worker.isOnHold) return;
  const { current, probe } = target;
  if (hasStarted(record, current) === (worker.type === 'startup')) return;
  const periodMs = periodOf(probe);
  const at = (leastMs: number) => worker.anchorMs + Math.ceil((leastMs - worker.anchorMs) / periodMs) * periodMs;
  const delayMs = (numberAt(probe, 'initialDelaySeconds') ?? 0) * 1000;
  let dueMs = at(Math.max(afterMs + 1, current.startedAtMs + delayMs));
  const changeMs = nextChangeMs(target, Math.max(0, afterMs - current.startedAtMs));
  const kept = record.results.get(`${current.id}/${worker.type}`);
  const isSteady = worker.last !== undefined && worker.last === kept;
  const isFailing = probeFailure(target, dueMs - current.startedAtMs) !== undefined;
  if (isSteady && worker.last === 'Success' && !isFailing) {
    if (changeMs === undefined) return;
    dueMs = Math.max(dueMs, at(current.startedAtMs + changeMs));
  }
  if (isSteady && isFailing && isUnheard) {
    const laterMs = at(context.nowMs + context.numbers.eventSpam.refillMs);
    const turnMs = changeMs === undefined ? Infinity : at(current.startedAtMs + changeMs);
    dueMs = Math.max(dueMs, Math.min(laterMs, turnMs));
  }
  worker.dueMs = dueMs;
  const data: ProbeTimer = { uid: record.uid, key: `${worker.container}/${worker.type}`, atMs: dueMs };
  const periodic = isSteady && isFailing && changeMs === undefined;
  context.timer(Math.max(0, dueMs - context.nowMs), PROBE, data, { periodic });
}
