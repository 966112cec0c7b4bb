import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import type { ReconcileContext } from '../../controller.ts';
import { runSync } from '../../testing/run-sync.ts';
import type { JobSync } from '../job-sync.ts';
import { countJob } from '../job-sync.ts';
import { keyOfJob } from './upstream-jobs.ts';

/** For tests: what a sync counts, before it acts. */
export function countFor(job: KubernetesObject, pods: readonly KubernetesObject[]): JobSync {
  const found: JobSync[] = [];
  const counting = {
    name: 'job-controller',
    workers: 1,
    watches: [],
    reconcile: (context: ReconcileContext) => void found.push(countJob(context, job)),
  };
  runSync(counting, { objects: [job, ...pods], key: keyOfJob(job) });
  const [counted] = found;
  if (counted === undefined) throw new Error('nothing was counted');
  return counted;
}
