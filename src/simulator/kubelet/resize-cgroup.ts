import type { JsonObject, JsonValue } from '../../base/json.ts';
import { jsonEqual, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { allocatedPod } from './allocated-pod.ts';
import type { CgroupChange } from './pod-cgroup.ts';
import { podCgroup, readBack } from './pod-cgroup.ts';
import type { PodRecord } from './pod-record.ts';
import { resourcesStatus } from './pod-resources-status.ts';
import type { ResizableResource } from './resize-actions.ts';
import type { KubeletState } from './state.ts';
import { callRuntime } from './state.ts';

/** Before anything of a Pod is started its cgroup is made. Source: pkg/kubelet/kubelet.go `SyncPod`, 1.36. */
export function madeCgroup(record: PodRecord): void {
  if (record.cgroup !== undefined) return;
  const pod = allocatedPod(record);
  const read = readBack(podCgroup(pod));
  record.cgroup = Object.freeze({ read, resources: objectAt(pod, 'spec', 'resources') });
}

/** Asks the runtime whether the cgroup of a Pod may change, and changes it. */
export function beginCgroupChange(
  state: KubeletState,
  record: PodRecord,
  change: CgroupChange,
  context: Context,
): boolean {
  const { cgroup } = record;
  const sandbox = record.runtime.sandboxes[0]?.id;
  if (cgroup === undefined || sandbox === undefined) return true;
  record.cgroup = Object.freeze({ ...cgroup, read: { ...cgroup.read, ...readBack(change) } });
  callRuntime(state, { uid: record.uid }, 'UpdatePodSandboxResources', { sandbox, ...change }, context);
  return false;
}

/** What was asked for the whole Pod of one resource is set. */
export function podResourcesSet(record: PodRecord, resource: ResizableResource): boolean {
  const { cgroup } = record;
  if (cgroup === undefined) return true;
  const wanted = objectAt(allocatedPod(record), 'spec', 'resources');
  const parts = (['requests', 'limits'] as const).flatMap((part): readonly (readonly [string, JsonValue])[] => {
    const list = objectAt(cgroup.resources, part);
    const value = valueAt(wanted, part, resource);
    if (value === undefined) return list === undefined ? [] : [[part, list]];
    return [[part, { ...list, [resource]: value }]];
  });
  const resources: JsonObject = Object.freeze(Object.fromEntries(parts));
  record.cgroup = Object.freeze({ ...cgroup, resources });
  return true;
}

/** Whether a Pod that is known to run has another cgroup than its status tells. */
export function readsOtherwise(record: PodRecord): boolean {
  const { status, cgroup, stage } = record;
  if (stage !== 'sync' || cgroup === undefined || stringAt(status, 'phase') !== 'Running') return false;
  const pod = allocatedPod(record);
  const seen = { ...pod, status: { ...objectAt(pod, 'status'), phase: 'Running' } };
  return !jsonEqual(resourcesStatus(seen, status ?? {}, cgroup.read), objectAt(status, 'resources') ?? {});
}
