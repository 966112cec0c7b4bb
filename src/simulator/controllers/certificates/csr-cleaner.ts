import { conditionsOf } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../../base/json.ts';
import type { Controller } from '../controller.ts';
import { CERTIFICATE_REQUESTS } from '../resources.ts';
import { runTimeOf } from '../workload/pod-state.ts';

const HOUR_MS = 3_600_000;
const ALL = '*requests*';
/** Source: pkg/controller/certificates/cleaner/cleaner.go `pollingInterval`, `approvedExpiration` and its like, 1.36. */
const PERIOD_MS = HOUR_MS;
const DONE_MS = HOUR_MS;
const PENDING_MS = 24 * HOUR_MS;

/**
 * Deletes requests for certificates that nobody needs any more. Certificates are not read: whether one has expired is not
 * looked at. Source: pkg/controller/certificates/cleaner/cleaner.go, 1.36.
 */
export const csrCleaner: Controller = {
  name: 'certificatesigningrequest-cleaner-controller',
  account: 'certificate-controller',
  workers: 1,
  watches: [{ resource: CERTIFICATE_REQUESTS, keysOf: () => [] }],
  resync: { everyMs: PERIOD_MS, keysOf: () => [ALL] },
  reconcile(context) {
    const old = context
      .view(CERTIFICATE_REQUESTS)
      .list()
      .filter((request) => isOver(request, context.nowMs));
    context.api.callAll(
      old.map((request) => ({ verb: 'delete', resource: CERTIFICATE_REQUESTS, name: nameOf(request) })),
    );
  },
};

/** Whether a request has been decided, or has waited, for long enough. */
function isOver(request: KubernetesObject, nowMs: number): boolean {
  const isOlder = (time: string | undefined, ageMs: number): boolean => nowMs - (runTimeOf(time) ?? nowMs) > ageMs;
  const conditions = conditionsOf(request);
  const isPast = (type: string, ageMs: number): boolean =>
    conditions.some((one) => stringAt(one, 'type') === type && isOlder(stringAt(one, 'lastUpdateTime'), ageMs));
  const isIssued = nameAt(request, 'status', 'certificate') !== undefined;
  return (
    isPast('Approved', isIssued ? DONE_MS : PENDING_MS) ||
    isPast('Denied', DONE_MS) ||
    isPast('Failed', DONE_MS) ||
    (conditions.length === 0 && isOlder(stringAt(request, 'metadata', 'creationTimestamp'), PENDING_MS))
  );
}
