import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerOf } from '../../../apimachinery/owner-reference.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { CRON_JOBS, JOBS } from '../resources.ts';
import { must, orFailed } from '../workload/sync-failure.ts';
import { CronJobSync } from './cronjob-sync.ts';

/** Source: pkg/controller/cronjob/cronjob_controllerv2.go, 1.36. */
export const cronJob: Controller = {
  name: 'cronjob-controller',
  workers: 5,
  watches: [
    { resource: CRON_JOBS, keysOf: ({ key }) => [key] },
    { resource: JOBS, keysOf: keysOfJob },
  ],
  reconcile: (context, key) => orFailed(() => sync(context, key)),
};

function keysOfJob({ object, old, type }: WatchEvent): readonly string[] {
  const owners = [object, ...(old === undefined || type !== 'MODIFIED' ? [] : [old])].flatMap((job) => {
    const owner = controllerOf(job);
    return owner?.kind === 'CronJob' ? [`${namespaceOf(job) ?? ''}/${owner.name}`] : [];
  });
  return [...new Set(owners)];
}

function sync(context: ReconcileContext, key: string): Outcome | void {
  const found = context.view(CRON_JOBS).getKey(key);
  if (found === undefined) return undefined;
  const jobs = context
    .view(JOBS)
    .list(namespaceOf(found))
    .filter((job) => controllerOf(job)?.name === nameOf(found));
  const work = new CronJobSync(context, found);
  work.cleanUp(jobs);
  const next = work.sync(jobs);
  if (work.isChanged) {
    const body = work.cronJob;
    const at = { resource: CRON_JOBS, namespace: namespaceOf(body) ?? '', name: nameOf(body) };
    must(context.api.call({ ...at, verb: 'update', subresource: 'status', body }));
  }
  if (typeof next === 'string') return { failed: next };
  return next === undefined ? undefined : { requeueAfterMs: next, as: 'periodic' };
}
