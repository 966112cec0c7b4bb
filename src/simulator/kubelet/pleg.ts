import type { Context } from '../component.ts';
import type { PodRecord } from './pod-record.ts';
import type { RuntimeContainer, Sandbox } from './pod-runtime.ts';
import { withContainer, withoutContainer } from './pod-runtime.ts';
import { considerPressure } from './eviction/look.ts';
import { containerSeen } from './probe-manager.ts';
import type { KubeletState } from './state.ts';
import { callRuntime } from './state.ts';
import { wantSync } from './worker-queue.ts';

/** Name of the timer with which the runtime is looked at. */
export const RELIST = 'pleg-relist';

/**
 * The next look at the runtime, where it has something to tell or a Pod waits for it: looks at which nothing is new are
 * left out. Source: pkg/kubelet/pleg/generic.go, 1.36.
 */
export function setLook(state: KubeletState, context: Context): void {
  if (state.isLookSet || (state.changed.size === 0 && state.waiting.size === 0)) return;
  state.isLookSet = true;
  const { relistMs } = context.numbers.kubelet;
  context.timer(relistMs - (context.nowMs % relistMs), RELIST);
}

export function relist(state: KubeletState, context: Context): void {
  state.isLookSet = false;
  const [changed, waiting] = [[...state.changed], [...state.waiting]];
  state.changed.clear();
  state.waiting.clear();
  const synced = new Set(changed);
  const { cause } = context;
  for (const uid of changed) {
    const record = state.records.get(uid);
    if (record === undefined) continue;
    context.cause = context.note({ class: 'internal', verb: 'PLEG', object: `Pod/${record.key}` });
    see(state, record, context);
    wantSync(state, record, context);
    context.cause = cause;
  }
  for (const uid of waiting) {
    const record = state.records.get(uid);
    if (record !== undefined && !synced.has(uid)) wantSync(state, record, context);
  }
}

/** What the runtime has is what the kubelet knows now; of containers that have ended only the newest are kept. */
function see(state: KubeletState, record: PodRecord, context: Context): void {
  const before = record.seen;
  const names = new Set(record.runtime.containers.map(({ name }) => name));
  for (const name of names) {
    const ended = record.runtime.containers.filter((one) => one.name === name && one.state === 'exited');
    for (const { id } of ended.slice(KEPT)) {
      record.runtime = withoutContainer(record.runtime, id);
      callRuntime(state, { uid: record.uid }, 'RemoveContainer', { container: id }, context);
    }
  }
  record.seen = record.runtime;
  for (const container of record.seen.containers)
    if (!before.containers.includes(container)) containerSeen(state, record, container, context);
}

/** Source: pkg/kubelet/kubelet.go `MinimumGCAge`, `MaxPerPodContainerCount` 1, pod_container_deletor.go, 1.36. */
const KEPT = 1;

/** The runtime tells that a container has changed: it is seen at the next look. */
export function containerChanged(state: KubeletState, container: RuntimeContainer): void {
  const record = state.records.get(container.podUid);
  if (record === undefined || !record.runtime.containers.some(({ id }) => id === container.id)) return;
  record.runtime = withContainer(record.runtime, container);
  state.changed.add(record.uid);
}

/** What has gone on while the kubelet was away. */
export function listed(
  state: KubeletState,
  {
    sandboxes,
    containers,
  }: { readonly sandboxes: readonly Sandbox[]; readonly containers: readonly RuntimeContainer[] },
  context: Context,
): void {
  state.isListed = true;
  state.found = Object.freeze({ sandboxes, containers });
  for (const record of state.records.values()) {
    adopt(state, record);
    wantSync(state, record, context);
  }
  considerPressure(state, context);
}

/** Takes over what the runtime had of a Pod before the kubelet began. */
export function adopt(state: KubeletState, record: PodRecord): void {
  const { found } = state;
  if (found === undefined) return;
  const own = ({ podUid }: { readonly podUid: string }) => podUid === record.uid;
  const [sandboxes, containers] = [found.sandboxes.filter(own), found.containers.filter(own)];
  if (sandboxes.length === 0 && containers.length === 0) return;
  record.runtime = Object.freeze({ sandboxes: sandboxes.toReversed(), containers: containers.toReversed() });
  record.seen = record.runtime;
}
