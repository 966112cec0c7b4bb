import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { nameOf } from '../../apimachinery/object.ts';
import { jsonEqual } from '../../base/json.ts';
import type { Design, DesignRecord, RecordId } from '../../design/design.ts';
import type { Frame, FrameEndpoint, FramePod, FrameWorkload } from '../../workspace/simulation/frame.ts';
import type { Refusal, WriteVerdict } from '../../workspace/simulation/simulation.ts';

/** How an object of the design fares in the cluster that runs, at the moment that is shown. */
export interface CardLife {
  readonly isThere: boolean;
  /** What a workload wants and has. */
  readonly counts?: Pick<FrameWorkload, 'desired' | 'current' | 'ready'>;
  /** Its Pods; a Pod has itself, a Node what runs on it. */
  readonly pods?: readonly FramePod[];
  /** Of a Service, with how many there are in all. */
  readonly endpoints?: readonly FrameEndpoint[];
  readonly node?: 'True' | 'False' | 'Unknown';
  /** What the server refused of the last change. */
  readonly refusal?: Refusal;
}

/** By record; empty while no run is open. */
export const cardLives = createStore<{ readonly byRecord: ReadonlyMap<RecordId, CardLife> }>(() => ({
  byRecord: new Map(),
}));

export function useCardLife(record: RecordId | undefined): CardLife | undefined {
  return useStore(cardLives, ({ byRecord }) => (record === undefined ? undefined : byRecord.get(record)));
}

/** `Deployment/shop/web`, as steps and frames name objects. */
export function keyOfRecord({ object, namespace }: DesignRecord): string {
  return `${object.kind}/${namespace}/${nameOf(object)}`;
}

/** What each object of a design is at a moment; what is as before stays the same value, so that its card rests. */
export function livesOf(
  design: Design,
  frame: Frame,
  verdicts: readonly WriteVerdict[],
  seq: number,
  before: ReadonlyMap<RecordId, CardLife>,
): ReadonlyMap<RecordId, CardLife> {
  const facts = factsOf(frame, verdicts, seq);
  const lives = new Map<RecordId, CardLife>();
  for (const [id, record] of design.records) {
    if (record.object.apiVersion.startsWith('drydock.dev/')) continue;
    const life = lifeOf(record, facts);
    const old = before.get(id);
    lives.set(id, old !== undefined && jsonEqual(old, life) ? old : life);
  }
  return lives;
}

interface Facts {
  readonly frame: Frame;
  readonly there: ReadonlySet<string>;
  readonly workloads: ReadonlyMap<string, FrameWorkload>;
  readonly pods: ReadonlyMap<string, readonly FramePod[]>;
  readonly refusals: ReadonlyMap<string, Refusal>;
}

function factsOf(frame: Frame, verdicts: readonly WriteVerdict[], seq: number): Facts {
  const pods = new Map<string, FramePod[]>();
  for (const pod of [...frame.unplaced, ...frame.nodes.flatMap((node) => node.pods)]) {
    for (const key of [`Pod/${pod.namespace}/${pod.name}`, `Node//${pod.node ?? ''}`, pod.workload ?? '']) {
      const list = pods.get(key);
      if (list === undefined) pods.set(key, [pod]);
      else list.push(pod);
    }
  }
  const refusals = new Map<string, Refusal>();
  for (const verdict of verdicts) {
    if (verdict.seq > seq) break;
    if (verdict.refusal === undefined) refusals.delete(verdict.object);
    else refusals.set(verdict.object, verdict.refusal);
  }
  return {
    frame,
    there: new Set(frame.there),
    workloads: new Map(frame.workloads.map((one) => [`${one.kind}/${one.namespace}/${one.name}`, one])),
    pods,
    refusals,
  };
}

/** Kinds whose Pods are shown with them. */
const WITH_PODS: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
  'Node',
]);

function lifeOf(record: DesignRecord, { frame, there, workloads, pods, refusals }: Facts): CardLife {
  const key = keyOfRecord(record);
  const { kind } = record.object;
  const name = nameOf(record.object);
  const workload = workloads.get(key);
  const service =
    kind === 'Service'
      ? frame.services.find((one) => one.name === name && one.namespace === record.namespace)
      : undefined;
  const node = kind === 'Node' ? frame.nodes.find((one) => one.name === name) : undefined;
  const refusal = refusals.get(key);
  return {
    isThere: there.has(key) || node !== undefined,
    ...(workload && { counts: { desired: workload.desired, current: workload.current, ready: workload.ready } }),
    ...(WITH_PODS.has(kind) && { pods: pods.get(key) ?? [] }),
    ...(service && { endpoints: service.endpoints }),
    ...(node && { node: node.ready }),
    ...(refusal && { refusal }),
  };
}
