import { formatDurationMs } from '../../apimachinery/duration.ts';
import type { Context } from '../component.ts';
import { backoffOf, isInBackoffSince, nextBackoff } from './backoff.ts';
import { ensureImage } from './image-manager.ts';
import type { PodRecord } from './pod-record.ts';
import type { Starting } from './starting.ts';
import { startFailed, startingOf } from './starting.ts';
import type { KubeletState } from './state.ts';
import { podInWords, tell } from './state.ts';

/** Begins with the back-off, then the image; true where the container is not there any more. */
export function beginStart(state: KubeletState, record: PodRecord, name: string, context: Context): boolean {
  const starting = startingOf(state, record, name);
  if (starting === undefined) return true;
  if (!waitsForBackoff(state, record, starting, context)) ensureImage(state, record, starting, context);
  return false;
}

/**
 * Whether a container that has ended may not be started again yet: the sync goes on without it.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go `doBackOff`, 1.36.
 */
function waitsForBackoff(state: KubeletState, record: PodRecord, starting: Starting, context: Context): boolean {
  const { name, image } = starting;
  const ended = record.seen.containers.find((container) => container.name === name && container.state === 'exited');
  if (ended === undefined) return false;
  const key = `${name}/${image}`;
  const { crashLoop } = context.numbers.kubelet;
  const times = { eventMs: ended.finishedAtMs, nowMs: context.nowMs };
  if (!isInBackoffSince(record.crashBackoff, key, times, crashLoop)) {
    nextBackoff(record.crashBackoff, key, times, crashLoop);
    return false;
  }
  const backoffMs = backoffOf(record.crashBackoff, key);
  const pod = podInWords(record);
  tell(
    state,
    record,
    'Warning',
    'BackOff',
    `Back-off restarting failed container ${name} in pod ${pod}`,
    context,
    name,
  );
  const message = `back-off ${formatDurationMs(backoffMs)} restarting failed container=${name} pod=${pod}`;
  const atMs = ended.finishedAtMs + backoffMs;
  const isSteady = backoffMs === crashLoop.maxMs;
  startFailed(state, record, name, { reason: 'CrashLoopBackOff', message }, { atMs, isSteady }, context);
  return true;
}
