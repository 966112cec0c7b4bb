import { microTimeOf } from '../kernel/clock.ts';
import type { RuntimeContainer } from './pod-runtime.ts';

/** Which lines of a container's log are wanted. Source: staging/src/k8s.io/api/core/v1/types.go `PodLogOptions`, 1.36. */
export interface LogOptions {
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly timestamps?: boolean;
  readonly limitBytes?: number;
  /** Only what was written after this moment, in milliseconds of the run. */
  readonly afterMs?: number;
}

/**
 * What a container has written up to a moment, each line with its end.
 * Source: staging/src/k8s.io/cri-client/pkg/logs/logs.go, 1.36.
 */
export function logsOf(container: RuntimeContainer, nowMs: number, options: LogOptions = {}): string {
  const { tailLines, sinceSeconds, timestamps = false, limitBytes, afterMs = -1 } = options;
  const { behaviour, startedAtMs, state, finishedAtMs } = container;
  const untilMs = state === 'exited' ? finishedAtMs : nowMs;
  const sinceMs = sinceSeconds === undefined ? 0 : nowMs - sinceSeconds * 1000;
  const written = (behaviour.logs ?? [])
    .map(({ atMs, line }) => ({ atMs: startedAtMs + atMs, line }))
    .filter(({ atMs }) => state !== 'created' && atMs <= untilMs && atMs >= sinceMs && atMs > afterMs)
    .toSorted((a, b) => a.atMs - b.atMs);
  const wanted = tailLines === undefined ? written : written.slice(Math.max(0, written.length - tailLines));
  const text = wanted.map(({ atMs, line }) => `${timestamps ? `${microTimeOf(atMs)} ` : ''}${line}\n`).join('');
  return limitBytes === undefined ? text : text.slice(0, limitBytes);
}

/** When a container that runs writes its next line after a moment; undefined where it writes none. */
export function nextLineMs({ behaviour, startedAtMs }: RuntimeContainer, afterMs: number): number | undefined {
  const later = (behaviour.logs ?? []).map(({ atMs }) => startedAtMs + atMs).filter((atMs) => atMs > afterMs);
  return later.length === 0 ? undefined : Math.min(...later);
}
