import type { EndedPod } from './manage.ts';

/** Per Node: how long the next failed Pod waits, and since when; milliseconds. */
export type FailedPods = Readonly<Record<string, { readonly delayMs: number; readonly sinceMs: number }>>;

/** Source: pkg/controller/daemon/daemon_controller.go `NewDaemonSetsController` back-off, cmd app/apps.go, 1.36. */
const FIRST_MS = 1000;
const MOST_MS = 15 * 60_000;

/** Which failed Pods are deleted now, how long until the next is, and what is kept for then. */
export function takeFailed(
  failed: readonly EndedPod[],
  known: FailedPods,
  nowMs: number,
): { readonly due: readonly EndedPod[]; readonly waitMs: number | undefined; readonly kept: FailedPods } {
  const kept: Record<string, FailedPods[string]> = { ...known };
  const due: EndedPod[] = [];
  let waitMs: number | undefined;
  for (const entry of failed) {
    const before = kept[entry.node];
    const isForgotten = before === undefined || nowMs - before.sinceMs > 2 * MOST_MS;
    if (!isForgotten && nowMs - before.sinceMs < before.delayMs) {
      waitMs = Math.min(waitMs ?? Infinity, before.delayMs);
      continue;
    }
    kept[entry.node] = { delayMs: isForgotten ? FIRST_MS : Math.min(before.delayMs * 2, MOST_MS), sinceMs: nowMs };
    due.push(entry);
  }
  return { due, waitMs, kept };
}
