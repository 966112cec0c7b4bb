import type { Path } from '../../base/json.ts';

/** The last two field names of a path: enough to name a field in the sets below. */
export function lastWords(path: Path): string {
  return path
    .filter((step) => typeof step === 'string')
    .slice(-2)
    .join('.');
}

/** Fields that the every-field objects of 1.37 hold and 1.36 does not have. */
export const NEWER_THAN_1_36: ReadonlySet<string> = new Set([
  'basic.nodeAllocatableResources',
  'clusterTrustBundle.user',
  'conditions.observedGeneration', // of a HorizontalPodAutoscaler
  'configMap.defaultUser',
  'devices.nodeAllocatableResources',
  'downwardAPI.defaultUser',
  'emptyDir.mode',
  'grpc.mode',
  'httpGet.protocol',
  'items.user',
  'nodeAllocatableResourceClaimStatuses.mapping',
  'nodeAllocatableResourceClaimStatuses.overhead',
  'podCertificate.user',
  'pools.partitionSummary',
  'pools.shareableSummary',
  'projected.defaultUser',
  'results.skipNodeOperations',
  'secret.defaultUser',
  'serviceAccountToken.user',
  'spec.attestations',
  'spec.defaultPartitionTypeAttribute',
  'spec.evictionResponders',
  'spec.partitionTypeAttribute',
  'spec.podPreemptionPolicy',
  'spec.scheduling',
  'spec.skipNodeOperations',
  'status', // of a CSINode
  'status.healthStatus',
  'status.volumeHealth',
  'volumeMounts.bindMountOptions',
]);

/**
 * Fields that the Go types of removed versions were given after the last release that served them, so that no published
 * schema has them; by apiVersion.
 */
export const NEVER_PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  'admissionregistration.k8s.io/v1beta1': ['webhooks.matchConditions'],
  'apps/v1beta1': [
    'rollingUpdate.maxUnavailable',
    'spec.minReadySeconds',
    'spec.ordinals',
    'spec.persistentVolumeClaimRetentionPolicy',
    'status.availableReplicas',
    'status.terminatingReplicas',
  ],
  'apps/v1beta2': [
    'rollingUpdate.maxSurge',
    'rollingUpdate.maxUnavailable',
    'spec.minReadySeconds',
    'spec.ordinals',
    'spec.persistentVolumeClaimRetentionPolicy',
    'status.availableReplicas',
    'status.terminatingReplicas',
  ],
  'authorization.k8s.io/v1beta1': ['resourceAttributes.fieldSelector', 'resourceAttributes.labelSelector'],
  'certificates.k8s.io/v1beta1': ['spec.expirationSeconds'],
  'coordination.k8s.io/v1beta1': ['spec.preferredHolder', 'spec.strategy'],
  'discovery.k8s.io/v1beta1': ['hints.forNodes'],
  'extensions/v1beta1': ['ports.endPort', 'rollingUpdate.maxSurge', 'status.terminatingReplicas'],
  'flowcontrol.apiserver.k8s.io/v1beta1': ['limited.borrowingLimitPercent', 'limited.lendablePercent', 'spec.exempt'],
  'flowcontrol.apiserver.k8s.io/v1beta2': ['spec.exempt'],
  'policy/v1beta1': ['spec.unhealthyPodEvictionPolicy'],
  'storage.k8s.io/v1beta1': [
    'attachError.errorCode',
    'detachError.errorCode',
    'spec.nodeAllocatableUpdatePeriodSeconds',
    'spec.preventPodSchedulingIfMissing',
    'spec.seLinuxMount',
    'spec.serviceAccountTokenInSecrets',
  ],
};
