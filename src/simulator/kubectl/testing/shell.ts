import type { Cluster } from '../../cluster.ts';
import type { ManifestFiles } from '../command.ts';
import type { KubectlOutcome } from '../shell-state.ts';

type Shell = (line: string, files?: ManifestFiles) => KubectlOutcome;

/** For tests: somebody at the keyboard of a cluster, who waits for each command to end and some seconds more. */
export function shellOf(cluster: Cluster): Shell {
  cluster.runUntil(5000);
  return (line, files) => {
    const token = cluster.kubectl(line, files);
    while (cluster.outcomeOf(token) === undefined) if (!cluster.step()) break;
    cluster.runUntil(cluster.nowMs + 4000);
    return cluster.outcomeOf(token)!;
  };
}
