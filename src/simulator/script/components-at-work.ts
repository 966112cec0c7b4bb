import type { Cluster } from '../cluster.ts';

/** Components that have something to do still, and what; each once, the next first. */
export function componentsAtWork(cluster: Cluster): readonly string[] {
  return [...new Set(cluster.pendingWork().map(({ component, what }) => `${component} (${what})`))];
}
