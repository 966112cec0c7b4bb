import type { JsonValue } from '../../base/json.ts';
import { nameAt, numberAt, objectAt } from '../../base/json.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';

/** What the probes of a container come to: when, after its start in milliseconds. */
export interface ProbePlan {
  /** `Started`; undefined: never. */
  readonly startedMs: number | undefined;
  readonly readyMs: number | undefined;
  /** When the container is killed because of a probe, and which. */
  readonly failed: { readonly afterMs: number; readonly probe: 'Startup' | 'Liveness' } | undefined;
}

/**
 * The outcome of the probes of a container that behaves as given: the moments at which a result changes. Between them
 * probes only repeat what is known, so nothing need happen.
 * Source: pkg/kubelet/prober/worker.go `doProbe`, 1.36.
 */
export function probePlan(container: JsonValue, behaviour: Behaviour): ProbePlan {
  const { startMs = 0, unhealthyAfterMs = Infinity } = behaviour;
  const readyAfterMs = behaviour.readyAfterMs ?? startMs;
  const startup = objectAt(container, 'startupProbe');
  let startedMs: number | undefined = 0;
  if (startup !== undefined) {
    const goodMs = passes(startup, behaviour) ? startMs : Infinity;
    const { first, period, failures, successes } = timesOf(startup, 0);
    const tries = Math.max(0, Math.ceil((goodMs - first) / period));
    if (tries >= failures)
      return {
        startedMs: undefined,
        readyMs: undefined,
        failed: { afterMs: first + (failures - 1) * period, probe: 'Startup' },
      };
    startedMs = first + (tries + successes - 1) * period;
  }
  const readiness = objectAt(container, 'readinessProbe');
  const readyMs = readiness === undefined ? startedMs : firstSuccess(readiness, behaviour, startedMs, readyAfterMs);
  const liveness = objectAt(container, 'livenessProbe');
  const failed =
    liveness === undefined ? undefined : firstFailure(liveness, behaviour, startedMs, startMs, unhealthyAfterMs);
  return { startedMs, readyMs, failed };
}

function firstSuccess(
  probe: JsonValue,
  behaviour: Behaviour,
  startedMs: number,
  readyAfterMs: number,
): number | undefined {
  if (!passes(probe, behaviour)) return undefined;
  const { first, period, successes } = timesOf(probe, startedMs);
  const tries = Math.max(0, Math.ceil((readyAfterMs - first) / period));
  return first + (tries + successes - 1) * period;
}

function firstFailure(
  probe: JsonValue,
  behaviour: Behaviour,
  startedMs: number,
  startMs: number,
  unhealthyAfterMs: number,
): ProbePlan['failed'] {
  const { first, period, failures } = timesOf(probe, startedMs);
  const isBad = (atMs: number) => atMs < startMs || atMs >= unhealthyAfterMs || !passes(probe, behaviour);
  const early = Math.max(0, Math.ceil((startMs - first) / period));
  if (early >= failures || !passes(probe, behaviour))
    return { afterMs: first + (failures - 1) * period, probe: 'Liveness' };
  if (!isBad(Math.max(unhealthyAfterMs, first)) || unhealthyAfterMs === Infinity) return undefined;
  const begins = first + Math.max(0, Math.ceil((unhealthyAfterMs - first) / period)) * period;
  return { afterMs: begins + (failures - 1) * period, probe: 'Liveness' };
}

/** First try and the time between two, in milliseconds, with the defaults of the API. */
function timesOf(probe: JsonValue, startedMs: number) {
  return {
    first: Math.max(startedMs, (numberAt(probe, 'initialDelaySeconds') ?? 0) * 1000),
    period: (numberAt(probe, 'periodSeconds') ?? 10) * 1000,
    failures: numberAt(probe, 'failureThreshold') ?? 3,
    successes: numberAt(probe, 'successThreshold') ?? 1,
  };
}

/** Whether a process that runs well answers this probe well: 200 to 399 for HTTP. */
function passes(probe: JsonValue, { http = [] }: Behaviour): boolean {
  const get = objectAt(probe, 'httpGet');
  if (get === undefined) return true;
  const path = nameAt(get, 'path') ?? '/';
  const code = http.find((answer) => answer.path === path)?.code ?? 200;
  return code >= 200 && code < 400;
}
