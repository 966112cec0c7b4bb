import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import type { Backoffs } from '../backoff.ts';
import { backoffOf, isInBackoffSince, isInBackoffSinceUpdate, nextBackoff } from '../backoff.ts';
import type { ProbeResult } from '../pod-actions.ts';
import type { ProbeWorker } from '../pod-record.ts';
import { INITIAL_RESULTS, probeMade } from '../probe-worker.ts';

/** What a back-off comes to by steps, those that ask something. */
export function backoffAnswers(test: JsonObject): JsonValue {
  const limits = { initialMs: numberAt(test, 'initialMs') ?? 0, maxMs: numberAt(test, 'maxMs') ?? 0 };
  const entries: Backoffs = new Map();
  return arrayAt(test, 'steps').flatMap((step): readonly JsonValue[] => {
    const nowMs = numberAt(step, 'atMs') ?? 0;
    const times = { eventMs: numberAt(step, 'eventMs') ?? nowMs, nowMs };
    switch (stringAt(step, 'do')) {
      case 'next':
        nextBackoff(entries, 'id', times, limits);
        return [];
      case 'get':
        return [backoffOf(entries, 'id')];
      case 'since':
        return [isInBackoffSince(entries, 'id', times, limits)];
      default:
        return [isInBackoffSinceUpdate(entries, 'id', nowMs, limits)];
    }
  });
}

/** What is held of a container after each outcome of its probe. */
export function probeAnswers(test: JsonObject): JsonValue {
  const type = (stringAt(test, 'type') ?? 'readiness') as ProbeWorker['type'];
  const worker: ProbeWorker = {
    container: 'c',
    type,
    anchorMs: 0,
    containerId: 'id',
    last: undefined,
    run: 0,
    isOnHold: false,
    dueMs: undefined,
  };
  const thresholds = { failures: numberAt(test, 'failures') ?? 3, successes: numberAt(test, 'successes') ?? 1 };
  const wanted = arrayAt(test, 'want');
  let kept: ProbeResult = INITIAL_RESULTS[type];
  return arrayAt(test, 'outcomes').map((outcome, index) => {
    kept = probeMade(worker, outcome as ProbeResult, thresholds)?.result ?? kept;
    const isRunAsked = numberAt(wanted[index], 'run') !== undefined;
    return { result: kept, ...(isRunAsked ? { run: worker.run } : {}) };
  });
}
