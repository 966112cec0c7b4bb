import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import { formatGroupKind } from '../apimachinery/group-version-kind.ts';
import { assert } from '../base/assert.ts';
import type { KindStrategy } from './strategy.ts';

type Load = () => Promise<KindStrategy>;

/**
 * What the API server does with objects of each kind, loaded when the first object of the kind is judged: none of it is
 * in the page's first load. By group and kind, in the order of folders.
 */
const STRATEGIES: Readonly<Record<string, Load>> = {
  // list: begin
  'APIService.apiregistration.k8s.io': () =>
    import('./apiservice/apiservice.strategy.ts').then((module) => module.apiServiceStrategy),
  'BackendTLSPolicy.gateway.networking.k8s.io': () =>
    import('./backendtlspolicy/backendtlspolicy.strategy.ts').then((module) => module.backendTLSPolicyStrategy),
  'CertificateSigningRequest.certificates.k8s.io': () =>
    import('./certificatesigningrequest/certificatesigningrequest.strategy.ts').then(
      (module) => module.certificateSigningRequestStrategy,
    ),
  'ClusterRole.rbac.authorization.k8s.io': () =>
    import('./clusterrole/clusterrole.strategy.ts').then((module) => module.clusterRoleStrategy),
  'ClusterRoleBinding.rbac.authorization.k8s.io': () =>
    import('./clusterrolebinding/clusterrolebinding.strategy.ts').then((module) => module.clusterRoleBindingStrategy),
  ConfigMap: () => import('./configmap/configmap.strategy.ts').then((module) => module.configMapStrategy),
  'ControllerRevision.apps': () =>
    import('./controllerrevision/controllerrevision.strategy.ts').then((module) => module.controllerRevisionStrategy),
  'CronJob.batch': () => import('./cronjob/cronjob.strategy.ts').then((module) => module.cronJobStrategy),
  'CSIDriver.storage.k8s.io': () =>
    import('./csidriver/csidriver.strategy.ts').then((module) => module.csiDriverStrategy),
  'CSINode.storage.k8s.io': () => import('./csinode/csinode.strategy.ts').then((module) => module.csiNodeStrategy),
  'CSIStorageCapacity.storage.k8s.io': () =>
    import('./csistoragecapacity/csistoragecapacity.strategy.ts').then((module) => module.csiStorageCapacityStrategy),
  'CustomResourceDefinition.apiextensions.k8s.io': () =>
    import('./customresourcedefinition/customresourcedefinition.strategy.ts').then(
      (module) => module.customResourceDefinitionStrategy,
    ),
  'DaemonSet.apps': () => import('./daemonset/daemonset.strategy.ts').then((module) => module.daemonSetStrategy),
  'Deployment.apps': () => import('./deployment/deployment.strategy.ts').then((module) => module.deploymentStrategy),
  'DeviceClass.resource.k8s.io': () =>
    import('./deviceclass/deviceclass.strategy.ts').then((module) => module.deviceClassStrategy),
  Endpoints: () => import('./endpoints/endpoints.strategy.ts').then((module) => module.endpointsStrategy),
  'EndpointSlice.discovery.k8s.io': () =>
    import('./endpointslice/endpointslice.strategy.ts').then((module) => module.endpointSliceStrategy),
  Event: () => import('./event/event.strategy.ts').then((module) => module.eventStrategy),
  'FlowSchema.flowcontrol.apiserver.k8s.io': () =>
    import('./flowschema/flowschema.strategy.ts').then((module) => module.flowSchemaStrategy),
  'Gateway.gateway.networking.k8s.io': () =>
    import('./gateway/gateway.strategy.ts').then((module) => module.gatewayStrategy),
  'GatewayClass.gateway.networking.k8s.io': () =>
    import('./gatewayclass/gatewayclass.strategy.ts').then((module) => module.gatewayClassStrategy),
  'GRPCRoute.gateway.networking.k8s.io': () =>
    import('./grpcroute/grpcroute.strategy.ts').then((module) => module.grpcRouteStrategy),
  'HorizontalPodAutoscaler.autoscaling': () =>
    import('./horizontalpodautoscaler/horizontalpodautoscaler.strategy.ts').then(
      (module) => module.horizontalPodAutoscalerStrategy,
    ),
  'HTTPRoute.gateway.networking.k8s.io': () =>
    import('./httproute/httproute.strategy.ts').then((module) => module.httpRouteStrategy),
  'Ingress.networking.k8s.io': () => import('./ingress/ingress.strategy.ts').then((module) => module.ingressStrategy),
  'IngressClass.networking.k8s.io': () =>
    import('./ingressclass/ingressclass.strategy.ts').then((module) => module.ingressClassStrategy),
  'IPAddress.networking.k8s.io': () =>
    import('./ipaddress/ipaddress.strategy.ts').then((module) => module.ipAddressStrategy),
  'Job.batch': () => import('./job/job.strategy.ts').then((module) => module.jobStrategy),
  'Lease.coordination.k8s.io': () => import('./lease/lease.strategy.ts').then((module) => module.leaseStrategy),
  LimitRange: () => import('./limitrange/limitrange.strategy.ts').then((module) => module.limitRangeStrategy),
  'ListenerSet.gateway.networking.k8s.io': () =>
    import('./listenerset/listenerset.strategy.ts').then((module) => module.listenerSetStrategy),
  'MutatingAdmissionPolicy.admissionregistration.k8s.io': () =>
    import('./mutatingadmissionpolicy/mutatingadmissionpolicy.strategy.ts').then(
      (module) => module.mutatingAdmissionPolicyStrategy,
    ),
  'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io': () =>
    import('./mutatingadmissionpolicybinding/mutatingadmissionpolicybinding.strategy.ts').then(
      (module) => module.mutatingAdmissionPolicyBindingStrategy,
    ),
  'MutatingWebhookConfiguration.admissionregistration.k8s.io': () =>
    import('./mutatingwebhookconfiguration/mutatingwebhookconfiguration.strategy.ts').then(
      (module) => module.mutatingWebhookConfigurationStrategy,
    ),
  Namespace: () => import('./namespace/namespace.strategy.ts').then((module) => module.namespaceStrategy),
  'NetworkPolicy.networking.k8s.io': () =>
    import('./networkpolicy/networkpolicy.strategy.ts').then((module) => module.networkPolicyStrategy),
  Node: () => import('./node/node.strategy.ts').then((module) => module.nodeStrategy),
  PersistentVolume: () =>
    import('./persistentvolume/persistentvolume.strategy.ts').then((module) => module.persistentVolumeStrategy),
  PersistentVolumeClaim: () =>
    import('./persistentvolumeclaim/persistentvolumeclaim.strategy.ts').then(
      (module) => module.persistentVolumeClaimStrategy,
    ),
  Pod: () => import('./pod/pod.strategy.ts').then((module) => module.podStrategy),
  'PodDisruptionBudget.policy': () =>
    import('./poddisruptionbudget/poddisruptionbudget.strategy.ts').then(
      (module) => module.podDisruptionBudgetStrategy,
    ),
  PodTemplate: () => import('./podtemplate/podtemplate.strategy.ts').then((module) => module.podTemplateStrategy),
  'PriorityClass.scheduling.k8s.io': () =>
    import('./priorityclass/priorityclass.strategy.ts').then((module) => module.priorityClassStrategy),
  'PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io': () =>
    import('./prioritylevelconfiguration/prioritylevelconfiguration.strategy.ts').then(
      (module) => module.priorityLevelConfigurationStrategy,
    ),
  'ReferenceGrant.gateway.networking.k8s.io': () =>
    import('./referencegrant/referencegrant.strategy.ts').then((module) => module.referenceGrantStrategy),
  'ReplicaSet.apps': () => import('./replicaset/replicaset.strategy.ts').then((module) => module.replicaSetStrategy),
  ReplicationController: () =>
    import('./replicationcontroller/replicationcontroller.strategy.ts').then(
      (module) => module.replicationControllerStrategy,
    ),
  'ResourceClaim.resource.k8s.io': () =>
    import('./resourceclaim/resourceclaim.strategy.ts').then((module) => module.resourceClaimStrategy),
  'ResourceClaimTemplate.resource.k8s.io': () =>
    import('./resourceclaimtemplate/resourceclaimtemplate.strategy.ts').then(
      (module) => module.resourceClaimTemplateStrategy,
    ),
  ResourceQuota: () =>
    import('./resourcequota/resourcequota.strategy.ts').then((module) => module.resourceQuotaStrategy),
  'ResourceSlice.resource.k8s.io': () =>
    import('./resourceslice/resourceslice.strategy.ts').then((module) => module.resourceSliceStrategy),
  'Role.rbac.authorization.k8s.io': () => import('./role/role.strategy.ts').then((module) => module.roleStrategy),
  'RoleBinding.rbac.authorization.k8s.io': () =>
    import('./rolebinding/rolebinding.strategy.ts').then((module) => module.roleBindingStrategy),
  'RuntimeClass.node.k8s.io': () =>
    import('./runtimeclass/runtimeclass.strategy.ts').then((module) => module.runtimeClassStrategy),
  Secret: () => import('./secret/secret.strategy.ts').then((module) => module.secretStrategy),
  Service: () => import('./service/service.strategy.ts').then((module) => module.serviceStrategy),
  ServiceAccount: () =>
    import('./serviceaccount/serviceaccount.strategy.ts').then((module) => module.serviceAccountStrategy),
  'ServiceCIDR.networking.k8s.io': () =>
    import('./servicecidr/servicecidr.strategy.ts').then((module) => module.serviceCidrStrategy),
  'StatefulSet.apps': () =>
    import('./statefulset/statefulset.strategy.ts').then((module) => module.statefulSetStrategy),
  'StorageClass.storage.k8s.io': () =>
    import('./storageclass/storageclass.strategy.ts').then((module) => module.storageClassStrategy),
  'TLSRoute.gateway.networking.k8s.io': () =>
    import('./tlsroute/tlsroute.strategy.ts').then((module) => module.tlsRouteStrategy),
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io': () =>
    import('./validatingadmissionpolicy/validatingadmissionpolicy.strategy.ts').then(
      (module) => module.validatingAdmissionPolicyStrategy,
    ),
  'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io': () =>
    import('./validatingadmissionpolicybinding/validatingadmissionpolicybinding.strategy.ts').then(
      (module) => module.validatingAdmissionPolicyBindingStrategy,
    ),
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io': () =>
    import('./validatingwebhookconfiguration/validatingwebhookconfiguration.strategy.ts').then(
      (module) => module.validatingWebhookConfigurationStrategy,
    ),
  'VolumeAttachment.storage.k8s.io': () =>
    import('./volumeattachment/volumeattachment.strategy.ts').then((module) => module.volumeAttachmentStrategy),
  'VolumeAttributesClass.storage.k8s.io': () =>
    import('./volumeattributesclass/volumeattributesclass.strategy.ts').then(
      (module) => module.volumeAttributesClassStrategy,
    ),
  // list: end
};

const loaded = new Map<string, KindStrategy>();

/** Every kind that has a strategy, as `Deployment.apps`. */
export const KINDS_WITH_STRATEGIES: readonly string[] = Object.keys(STRATEGIES);

/** Loads the strategies of these kinds (of all kinds where none are named); kinds that have none are passed over. */
export async function preloadStrategies(kinds?: Iterable<GroupKind>): Promise<void> {
  const names = kinds === undefined ? KINDS_WITH_STRATEGIES : [...kinds].map((kind) => formatGroupKind(kind));
  const missing = new Set(names.filter((name) => Object.hasOwn(STRATEGIES, name) && !loaded.has(name)));
  await Promise.all([...missing].map((name) => load(name)));
}

async function load(name: string): Promise<void> {
  const strategy = await STRATEGIES[name]!();
  assert(formatGroupKind(strategy) === name, `the strategy of ${name} says it is of ${formatGroupKind(strategy)}`);
  loaded.set(name, strategy);
}

/** The strategy of a kind; undefined where it has none, or where it is not loaded. */
export function strategyOf(kind: GroupKind): KindStrategy | undefined {
  return loaded.get(formatGroupKind(kind));
}
