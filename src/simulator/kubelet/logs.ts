import { microTimeOf } from '../kernel/clock.ts';
import type { RuntimeContainer } from './pod-runtime.ts';

/** Which lines of a container's log are wanted. Source: staging/src/k8s.io/api/core/v1/types.go `PodLogOptions`, 1.36. */
export interface LogOptions {
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly timestamps?: boolean;
  readonly limitBytes?: number;
}

/**
 * What a container has written up to a moment, each line with its end.
 * Source: staging/src/k8s.io/cri-client/pkg/logs/logs.go, 1.36.
 */
export function logsOf(container: RuntimeContainer, nowMs: number, options: LogOptions = {}): string {
  const { tailLines, sinceSeconds, timestamps = false, limitBytes } = options;
  const { behaviour, startedAtMs, state, finishedAtMs } = container;
  const untilMs = state === 'exited' ? finishedAtMs : nowMs;
  const sinceMs = sinceSeconds === undefined ? 0 : nowMs - sinceSeconds * 1000;
  const written = (behaviour.logs ?? [])
    .map(({ atMs, line }) => ({ atMs: startedAtMs + atMs, line }))
    .filter(({ atMs }) => state !== 'created' && atMs <= untilMs && atMs >= sinceMs)
    .toSorted((a, b) => a.atMs - b.atMs);
  const wanted = tailLines === undefined ? written : written.slice(Math.max(0, written.length - tailLines));
  const text = wanted.map(({ atMs, line }) => `${timestamps ? `${microTimeOf(atMs)} ` : ''}${line}\n`).join('');
  return limitBytes === undefined ? text : text.slice(0, limitBytes);
}
