import { LAST_APPLIED } from '../../apimachinery/last-applied.ts';
import { groupVersionKindOf, formatGroupKind } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { arrayAt, booleanAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { PodTemplateView } from '../../kinds/kind.ts';
import type { Remover } from './remover.ts';

/** Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go `ObjectMeta`, fields "populated by the system", 1.36. */
const SERVER_METADATA = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
];

/** Annotations that only a cluster or kubectl writes, by their beginning. */
const WRITTEN_ANNOTATIONS = [
  LAST_APPLIED,
  'deployment.kubernetes.io/',
  'deprecated.daemonset.template.generation',
  'deprecated.deployment.rollback.to',
  'control-plane.alpha.kubernetes.io/leader',
  'pv.kubernetes.io/',
  'volume.kubernetes.io/storage-provisioner',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
  'volumes.kubernetes.io/controller-managed-attach-detach',
  'node.alpha.kubernetes.io/ttl',
  'kubeadm.alpha.kubernetes.io/cri-socket',
  'autoscaling.alpha.kubernetes.io/conditions',
  'autoscaling.alpha.kubernetes.io/current-metrics',
  'endpoints.kubernetes.io/last-change-trigger-time',
  'batch.kubernetes.io/job-tracking',
  'cronjob.kubernetes.io/instantiate',
  'kubernetes.io/config.',
];

/** Labels that controllers write, and no selector of a person reads. */
const WRITTEN_LABELS = [
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'pod-template-generation',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'kubernetes.io/metadata.name',
];

/** Takes out what only a cluster writes into any object. */
export function removeMetadata(remover: Remover): void {
  for (const field of SERVER_METADATA) remover.remove('live.metadata', 'metadata', field);
  removeMarks(remover, ['metadata']);
}

function removeMarks(remover: Remover, at: Path): void {
  for (const key of Object.keys(objectAt(remover.object, ...at, 'annotations') ?? {})) {
    if (WRITTEN_ANNOTATIONS.some((beginning) => key.startsWith(beginning)))
      remover.remove('live.marks', ...at, 'annotations', key);
  }
  for (const label of WRITTEN_LABELS) remover.remove('live.marks', ...at, 'labels', label);
}

/** A Node keeps how large it is: that is what a design says of it. */
const NODE_STATUS_KEPT = new Set(['capacity', 'allocatable']);

export function removeStatus(remover: Remover): void {
  if (kindOf(remover) !== 'Node') return remover.remove('live.status', 'status');
  for (const field of Object.keys(objectAt(remover.object, 'status') ?? {}))
    if (!NODE_STATUS_KEPT.has(field)) remover.remove('live.status', 'status', field);
}

function kindOf({ object }: Remover): string {
  return formatGroupKind(groupVersionKindOf(object));
}

/** What the cluster chose for an object of one kind, by group and kind. `lastApplied`: what kubectl was given, where known. */
type Choices = Readonly<Record<string, (remover: Remover, lastApplied: JsonValue | undefined) => void>>;

const ALLOCATED: Choices = {
  Namespace: (remover) =>
    remover.removeItems('live.allocated', ['spec', 'finalizers'], (finalizer) => finalizer === 'kubernetes'),
  Service: removeServiceChoices,
  'Job.batch': removeJobChoices,
  'StatefulSet.apps': removeClaimTemplateChoices,
  'CronJob.batch': removeJobTemplateTime,
  Node: (remover) => {
    for (const field of ['podCIDR', 'podCIDRs', 'providerID']) remover.remove('live.allocated', 'spec', field);
    // The node lifecycle controller and the kubelet write these: pkg/apis/core/v1/helper taints, 1.36.
    remover.removeItems('live.allocated', ['spec', 'taints'], (taint) =>
      (stringAt(taint, 'key') ?? '').startsWith('node.kubernetes.io/'),
    );
  },
  PersistentVolume: (remover) => {
    for (const field of ['uid', 'resourceVersion']) remover.remove('live.allocated', 'spec', 'claimRef', field);
    remover.removeItems('live.allocated', ['metadata', 'finalizers'], isProtection);
  },
  PersistentVolumeClaim: (remover) => {
    const isBound = stringAt(remover.object, 'metadata', 'annotations', 'pv.kubernetes.io/bound-by-controller');
    if (isBound !== undefined) remover.remove('live.allocated', 'spec', 'volumeName');
    remover.removeItems('live.allocated', ['metadata', 'finalizers'], isProtection);
  },
  ServiceAccount: (remover) => {
    const name = nameOf(remover.object);
    remover.removeItems('live.allocated', ['secrets'], (secret) =>
      (stringAt(secret, 'name') ?? '').startsWith(`${name}-token-`),
    );
  },
};

/** Templates of claims are whole objects to the server. */
function removeClaimTemplateChoices(remover: Remover): void {
  arrayAt(remover.object, 'spec', 'volumeClaimTemplates').forEach((_, index) => {
    const at = ['spec', 'volumeClaimTemplates', index];
    for (const field of ['status', 'apiVersion', 'kind']) remover.remove('live.status', ...at, field);
    remover.remove('live.metadata', ...at, 'metadata', 'creationTimestamp');
  });
}

function removeJobTemplateTime(remover: Remover): void {
  remover.remove('live.metadata', 'spec', 'jobTemplate', 'metadata', 'creationTimestamp');
}

function isProtection(finalizer: JsonValue): boolean {
  return finalizer === 'kubernetes.io/pvc-protection' || finalizer === 'kubernetes.io/pv-protection';
}

/** Takes out what the cluster chose. Asks for the annotations of the object as they were: call before `removeMetadata`. */
export function removeAllocated(remover: Remover): void {
  ALLOCATED[kindOf(remover)]?.(remover, lastAppliedOf(remover.object));
}

function lastAppliedOf(object: JsonObject): JsonValue | undefined {
  const text = stringAt(object, 'metadata', 'annotations', LAST_APPLIED);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Addresses always; Node ports where something tells that nobody asked for them. */
function removeServiceChoices(remover: Remover, lastApplied: JsonValue | undefined): void {
  if (stringAt(remover.object, 'spec', 'clusterIP') !== 'None') {
    remover.remove('live.allocated', 'spec', 'clusterIP');
    remover.remove('live.allocated', 'spec', 'clusterIPs');
  } else remover.remove('live.allocated', 'spec', 'clusterIPs');
  remover.remove('live.allocated', 'spec', 'healthCheckNodePort');
  if (stringAt(remover.object, 'spec', 'ipFamilyPolicy') === 'SingleStack') {
    remover.remove('live.allocated', 'spec', 'ipFamilyPolicy');
    remover.remove('live.allocated', 'spec', 'ipFamilies');
  }
  const managed = JSON.stringify(arrayAt(remover.object, 'metadata', 'managedFields'));
  if (lastApplied === undefined && managed === '[]') return;
  const wanted = new Set(arrayAt(lastApplied, 'spec', 'ports').map((port) => valueAt(port, 'nodePort')));
  const isManaged = managed.includes('"f:nodePort"');
  arrayAt(remover.object, 'spec', 'ports').forEach((port, index) => {
    const asked = lastApplied === undefined ? isManaged : wanted.has(valueAt(port, 'nodePort'));
    if (!asked) remover.remove('live.allocated', 'spec', 'ports', index, 'nodePort');
  });
}

/** Source: pkg/registry/batch/job/strategy.go `generateSelector`, 1.36. */
function removeJobChoices(remover: Remover): void {
  if (booleanAt(remover.object, 'spec', 'manualSelector') === true) return;
  remover.remove('live.allocated', 'spec', 'selector');
}

/** What admission puts into a Pod, and into the template of a workload where a person wrote none of it. */
export function removeInjected(remover: Remover, template: PodTemplateView): void {
  const at = template.specPath;
  removeMarks(remover, template.labelsPath.slice(0, -1));
  remover.remove('live.metadata', ...template.labelsPath.slice(0, -1), 'creationTimestamp');
  const { spec } = template;
  const account = stringAt(spec, 'serviceAccountName');
  if (valueAt(spec, 'serviceAccount') === account) remover.remove('live.injected', ...at, 'serviceAccount');
  if (at.length > 1) return;
  // Only Pods themselves go through admission: plugin/pkg/admission/{serviceaccount,priority,defaulttolerationseconds}, 1.36.
  if (account === 'default') remover.remove('live.injected', ...at, 'serviceAccountName');
  remover.remove('live.injected', ...at, 'priority');
  if (stringAt(spec, 'preemptionPolicy') === 'PreemptLowerPriority')
    remover.remove('live.injected', ...at, 'preemptionPolicy');
  remover.remove('live.allocated', ...at, 'nodeName');
  remover.removeItems('live.injected', [...at, 'tolerations'], isDefaultToleration);
  removeTokenVolume(remover, at);
}

function isDefaultToleration(toleration: JsonValue): boolean {
  const key = stringAt(toleration, 'key') ?? '';
  return (
    (key === 'node.kubernetes.io/not-ready' || key === 'node.kubernetes.io/unreachable') &&
    valueAt(toleration, 'tolerationSeconds') === 300 &&
    stringAt(toleration, 'effect') === 'NoExecute'
  );
}

function removeTokenVolume(remover: Remover, at: Path): void {
  const isToken = (name: JsonValue | undefined): boolean =>
    typeof name === 'string' && /^kube-api-access-[a-z0-9]{5}$|-token-[a-z0-9]{5}$/.test(name);
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    arrayAt(remover.object, ...at, list).forEach((_, index) =>
      remover.removeItems(
        'live.injected',
        [...at, list, index, 'volumeMounts'],
        (mount) =>
          isToken(valueAt(mount, 'name')) &&
          stringAt(mount, 'mountPath') === '/var/run/secrets/kubernetes.io/serviceaccount',
      ),
    );
  }
  remover.removeItems('live.injected', [...at, 'volumes'], (volume) => isToken(valueAt(volume, 'name')));
}
