import type { ResourceName } from '../messages.ts';

/** Resources that controllers read and write, in the version that they use. */
export const PODS: ResourceName = { group: '', version: 'v1', plural: 'pods' };
export const NODES: ResourceName = { group: '', version: 'v1', plural: 'nodes' };
export const NAMESPACES: ResourceName = { group: '', version: 'v1', plural: 'namespaces' };
export const SERVICE_ACCOUNTS: ResourceName = { group: '', version: 'v1', plural: 'serviceaccounts' };
export const REPLICA_SETS: ResourceName = { group: 'apps', version: 'v1', plural: 'replicasets' };
export const SERVICES: ResourceName = { group: '', version: 'v1', plural: 'services' };
export const ENDPOINT_SLICES: ResourceName = { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices' };
export const CONFIG_MAPS: ResourceName = { group: '', version: 'v1', plural: 'configmaps' };
export const JOBS: ResourceName = { group: 'batch', version: 'v1', plural: 'jobs' };
export const LEASES: ResourceName = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' };
export const REPLICATION_CONTROLLERS: ResourceName = { group: '', version: 'v1', plural: 'replicationcontrollers' };
export const DEPLOYMENTS: ResourceName = { group: 'apps', version: 'v1', plural: 'deployments' };
export const DAEMON_SETS: ResourceName = { group: 'apps', version: 'v1', plural: 'daemonsets' };
export const CONTROLLER_REVISIONS: ResourceName = { group: 'apps', version: 'v1', plural: 'controllerrevisions' };
export const STATEFUL_SETS: ResourceName = { group: 'apps', version: 'v1', plural: 'statefulsets' };
export const CLAIMS: ResourceName = { group: '', version: 'v1', plural: 'persistentvolumeclaims' };
export const VOLUMES: ResourceName = { group: '', version: 'v1', plural: 'persistentvolumes' };
export const STORAGE_CLASSES: ResourceName = { group: 'storage.k8s.io', version: 'v1', plural: 'storageclasses' };
export const VOLUME_ATTACHMENTS: ResourceName = { group: 'storage.k8s.io', version: 'v1', plural: 'volumeattachments' };
export const CSI_DRIVERS: ResourceName = { group: 'storage.k8s.io', version: 'v1', plural: 'csidrivers' };
export const DISRUPTION_BUDGETS: ResourceName = { group: 'policy', version: 'v1', plural: 'poddisruptionbudgets' };
export const CRON_JOBS: ResourceName = { group: 'batch', version: 'v1', plural: 'cronjobs' };
export const ENDPOINTS: ResourceName = { group: '', version: 'v1', plural: 'endpoints' };
export const RESOURCE_QUOTAS: ResourceName = { group: '', version: 'v1', plural: 'resourcequotas' };
export const CLUSTER_ROLES: ResourceName = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  plural: 'clusterroles',
};
export const CERTIFICATE_REQUESTS: ResourceName = {
  group: 'certificates.k8s.io',
  version: 'v1',
  plural: 'certificatesigningrequests',
};
export const VALIDATING_ADMISSION_POLICIES: ResourceName = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural: 'validatingadmissionpolicies',
};
export const AUTOSCALERS: ResourceName = { group: 'autoscaling', version: 'v2', plural: 'horizontalpodautoscalers' };
export const RESOURCE_CLAIMS: ResourceName = { group: 'resource.k8s.io', version: 'v1', plural: 'resourceclaims' };
export const RESOURCE_CLAIM_TEMPLATES: ResourceName = {
  group: 'resource.k8s.io',
  version: 'v1',
  plural: 'resourceclaimtemplates',
};
