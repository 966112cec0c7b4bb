import { conditionsOf, hasCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { claimsOf } from '../../storage/claims-of-pod.ts';
import type { CsiVolume } from '../../storage/csi-volume.ts';
import { allowsMultiAttach, attachmentName, csiVolumeOf, needsAttach, uniqueName } from '../../storage/csi-volume.ts';
import type { WatchEvent } from '../../messages.ts';
import type { Caches, Controller, Outcome, ReconcileContext } from '../controller.ts';
import { claimRefKey } from '../persistentvolume/claim-facts.ts';
import { isOutOfService } from '../out-of-service.ts';
import { CLAIMS, CSI_DRIVERS, NODES, PODS, VOLUMES, VOLUME_ATTACHMENTS } from '../resources.ts';
import { isTerminal } from '../workload/pod-state.ts';
import { must, mustUnlessGone, orFailed } from '../workload/sync-failure.ts';
import { attachPlan } from './attach-plan.ts';
import { multiAttachError } from './multi-attach.ts';
import { setAttached } from './node-volumes.ts';

/** What is remembered of a volume from sync to sync. JSON. */
interface Remembered {
  /** Since when it is wanted by nobody on a Node that has it. */
  readonly unwanted: Readonly<Record<string, number>>;
  /** Nodes whose Pods have been told that others have it. */
  readonly told: readonly string[];
  /** Nodes of which it was said that it is attached, or why it could not be. */
  readonly said: Readonly<Record<string, string>>;
}

const NOTHING: Remembered = { unwanted: {}, told: [], said: {} };

/**
 * Has volumes of drivers attached to the Nodes of the Pods that want them, and taken off again: by VolumeAttachments, which
 * the driver's attacher carries out. One worker, as upstream's one loop: what a Node has is written by nobody else.
 * Source: pkg/controller/volume/attachdetach/attach_detach_controller.go, 1.36.
 */
export const attachDetach: Controller = {
  name: 'persistentvolume-attach-detach-controller',
  account: 'attachdetach-controller',
  reportsAs: 'attachdetach-controller',
  workers: 1,
  readsOwnWrites: true,
  watches: [
    { resource: PODS, keysOf: ({ object }, caches) => volumesOf(caches, object) },
    { resource: NODES, keysOf: keysOfNode },
    {
      resource: CLAIMS,
      keysOf({ object }) {
        const volume = nameAt(object, 'spec', 'volumeName');
        return volume === undefined ? [] : [volume];
      },
    },
    { resource: VOLUMES, keysOf: ({ key, object }) => (csiVolumeOf(object) === undefined ? [] : [key]) },
    { resource: VOLUME_ATTACHMENTS, keysOf: ({ object }) => [volumeNameOf(object) ?? []].flat() },
    { resource: CSI_DRIVERS, keysOf: () => [] },
  ],
  reconcile: (context, key) => orFailed(() => sync(context, key)),
};

function volumeNameOf(attachment: KubernetesObject): string | undefined {
  return nameAt(attachment, 'spec', 'source', 'persistentVolumeName');
}

/** The volumes that a Pod's claims are bound to. */
function volumesOf(caches: Caches, pod: KubernetesObject): readonly string[] {
  const namespace = namespaceOf(pod) ?? '';
  return claimsOf(pod).flatMap(
    ({ claim }) => nameAt(caches.view(CLAIMS).get(namespace, claim), 'spec', 'volumeName') ?? [],
  );
}

/** What a Node has in use, whether it is healthy and what it is tainted with decide about what it has. */
function keysOfNode({ object, old, type }: WatchEvent, caches: Caches): readonly string[] {
  const facts = (node: KubernetesObject | undefined): string =>
    JSON.stringify([arrayAt(node, 'status', 'volumesInUse'), isHealthy(node), isLost(node)]);
  if (type === 'MODIFIED' && facts(object) === facts(old)) return [];
  const attachments = caches.view(VOLUME_ATTACHMENTS).indexed('node', nameOf(object));
  return attachments.flatMap((attachment) => volumeNameOf(attachment) ?? []);
}

function isLost(node: KubernetesObject | undefined): boolean {
  return node !== undefined && isOutOfService(node);
}

function isHealthy(node: KubernetesObject | undefined): boolean {
  return node !== undefined && hasCondition(conditionsOf(node), 'Ready', 'True');
}

function sync(context: ReconcileContext, name: string): Outcome | void {
  const volume = context.view(VOLUMES).getKey(name);
  const csi = volume === undefined ? undefined : csiVolumeOf(volume);
  if (volume === undefined || csi === undefined || !needsAttach(context.view(CSI_DRIVERS).getKey(csi.driver))) {
    context.remember(undefined);
    return undefined;
  }
  const memory = (context.memory as Remembered | undefined) ?? NOTHING;
  const pods = podsWith(context, volume);
  const wanted = [...new Set(pods.map((pod) => nodeOf(pod)))].sort();
  const attachments = context.view(VOLUME_ATTACHMENTS).indexed('volume', name);
  const plan = attachPlan({
    wanted,
    attached: attachments.map((attachment) => {
      const node = nodeOf(attachment);
      const object = context.view(NODES).getKey(node);
      const isMounted = arrayAt(object, 'status', 'volumesInUse').includes(uniqueName(csi));
      const facts = { isHealthy: isHealthy(object), isOutOfService: isLost(object) };
      return { node, isMounted, ...facts, unwantedSinceMs: memory.unwanted[node] };
    }),
    pending: attachments.filter((one) => isBeingDeleted(one) || isOpen(one)).map(nodeOf),
    allowsMultiAttach: allowsMultiAttach(volume),
    nowMs: context.nowMs,
    maxWaitForUnmountMs: context.numbers.storage.maxWaitForUnmountMs,
  });
  const told = plan.refused.filter((node) => {
    if (!memory.told.includes(node)) refuse(context, name, node, pods, attachments);
    return true;
  });
  const said = tellOfAttachments(context, csi, attachments, pods, memory.said);
  for (const { node, isForced } of plan.detach) detach(context, csi, node, isForced);
  for (const node of plan.attach) attach(context, volume, csi, node);
  const isQuiet = [plan.unwanted, said].every((record) => Object.keys(record).length === 0) && told.length === 0;
  context.remember(isQuiet ? undefined : ({ unwanted: plan.unwanted, told, said } satisfies Remembered));
  return plan.againInMs === undefined ? undefined : { requeueAfterMs: plan.againInMs, as: 'check' };
}

function nodeOf(object: KubernetesObject): string {
  return nameAt(object, 'spec', 'nodeName') ?? '';
}

/** An attachment that was asked for and has neither come to be nor failed. */
function isOpen(attachment: KubernetesObject): boolean {
  return (
    booleanAt(attachment, 'status', 'attached') !== true &&
    stringAt(attachment, 'status', 'attachError', 'message') === undefined
  );
}

/** Pods on Nodes that want the volume: those that are bound to its claim and not over. */
function podsWith(context: ReconcileContext, volume: KubernetesObject): readonly KubernetesObject[] {
  const key = claimRefKey(volume);
  const claim = context.view(CLAIMS).getKey(key);
  if (claim === undefined || nameAt(claim, 'spec', 'volumeName') !== nameOf(volume)) return [];
  return context
    .view(PODS)
    .indexed('claim', key)
    .filter((pod) => nodeOf(pod) !== '' && !isOver(pod));
}

/** Source: pkg/volume/util/util.go `IsPodTerminated`, 1.36. */
function isOver(pod: KubernetesObject): boolean {
  const isStopped = (status: JsonValue): boolean =>
    ['terminated', 'waiting'].some((one) => objectAt(status, 'state', one) !== undefined);
  return isTerminal(pod) || (isBeingDeleted(pod) && arrayAt(pod, 'status', 'containerStatuses').every(isStopped));
}

function refuse(
  context: ReconcileContext,
  volume: string,
  node: string,
  pods: readonly KubernetesObject[],
  attachments: readonly KubernetesObject[],
): void {
  const elsewhere = attachments.map(nodeOf).filter((other) => other !== node);
  const others = pods.filter((pod) => elsewhere.includes(nodeOf(pod)));
  for (const pod of pods)
    if (nodeOf(pod) === node)
      context.event(pod, 'Warning', 'FailedAttachVolume', multiAttachError(volume, pod, others));
}

/** Says once of each attachment what became of it, to the Pods that wait for it, and on the Node. */
function tellOfAttachments(
  context: ReconcileContext,
  csi: CsiVolume,
  attachments: readonly KubernetesObject[],
  pods: readonly KubernetesObject[],
  before: Remembered['said'],
): Remembered['said'] {
  const said: Record<string, string> = {};
  for (const attachment of attachments) {
    const node = nodeOf(attachment);
    const volume = volumeNameOf(attachment) ?? '';
    const error = stringAt(attachment, 'status', 'attachError', 'message');
    const isAttached = booleanAt(attachment, 'status', 'attached') === true && !isBeingDeleted(attachment);
    const news = isAttached ? ATTACHED : error;
    if (news === undefined) continue;
    said[node] = news;
    if (before[node] === news) continue;
    if (isAttached) setAttached(context, node, uniqueName(csi), true);
    for (const pod of pods) {
      if (nodeOf(pod) !== node) continue;
      if (isAttached)
        context.event(pod, 'Normal', 'SuccessfulAttachVolume', `AttachVolume.Attach succeeded for volume "${volume}" `);
      else
        context.event(
          pod,
          'Warning',
          'FailedAttachVolume',
          `AttachVolume.Attach failed for volume "${volume}" : ${news}`,
        );
    }
  }
  return said;
}

const ATTACHED = '';

/** The Node says first that it has it no more, so that nobody mounts it any more. */
function detach(context: ReconcileContext, csi: CsiVolume, node: string, isForced: boolean): void {
  setAttached(context, node, uniqueName(csi), false);
  if (isForced)
    context.note({
      class: 'internal',
      verb: 'force detach',
      object: `Node//${node}`,
      detail: { volume: uniqueName(csi) },
    });
  const name = attachmentName(csi, node);
  mustUnlessGone(context.api.call({ verb: 'delete', resource: VOLUME_ATTACHMENTS, name }));
}

function attach(context: ReconcileContext, volume: KubernetesObject, csi: CsiVolume, node: string): void {
  const body: KubernetesObject = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name: attachmentName(csi, node) },
    spec: { nodeName: node, attacher: csi.driver, source: { persistentVolumeName: nameOf(volume) } },
  };
  const made = context.api.call({ verb: 'create', resource: VOLUME_ATTACHMENTS, body });
  if (!made.ok && made.reason !== 'AlreadyExists') must(made);
}
