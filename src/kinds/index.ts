import { apiService } from './apiservice/apiservice.ts';
import { backendTLSPolicy } from './backendtlspolicy/backendtlspolicy.ts';
import { certificate } from './certificate/certificate.ts';
import { certificateSigningRequest } from './certificatesigningrequest/certificatesigningrequest.ts';
import { clusterIssuer } from './clusterissuer/clusterissuer.ts';
import { clusterRole } from './clusterrole/clusterrole.ts';
import { clusterRoleBinding } from './clusterrolebinding/clusterrolebinding.ts';
import { configMap } from './configmap/configmap.ts';
import { controllerRevision } from './controllerrevision/controllerrevision.ts';
import { cronJob } from './cronjob/cronjob.ts';
import { csiDriver } from './csidriver/csidriver.ts';
import { csiNode } from './csinode/csinode.ts';
import { csiStorageCapacity } from './csistoragecapacity/csistoragecapacity.ts';
import { customResourceDefinition } from './customresourcedefinition/customresourcedefinition.ts';
import { daemonSet } from './daemonset/daemonset.ts';
import { deployment } from './deployment/deployment.ts';
import { destinationRule } from './destinationrule/destinationrule.ts';
import { deviceClass } from './deviceclass/deviceclass.ts';
import { endpoints } from './endpoints/endpoints.ts';
import { endpointSlice } from './endpointslice/endpointslice.ts';
import { event } from './event/event.ts';
import { externalSecret } from './externalsecret/externalsecret.ts';
import { flowSchema } from './flowschema/flowschema.ts';
import { gateway } from './gateway/gateway.ts';
import { gatewayClass } from './gatewayclass/gatewayclass.ts';
import { grpcRoute } from './grpcroute/grpcroute.ts';
import { horizontalPodAutoscaler } from './horizontalpodautoscaler/horizontalpodautoscaler.ts';
import { httpRoute } from './httproute/httproute.ts';
import { ingress } from './ingress/ingress.ts';
import { ingressClass } from './ingressclass/ingressclass.ts';
import { ipAddress } from './ipaddress/ipaddress.ts';
import { issuer } from './issuer/issuer.ts';
import { istioGateway } from './istiogateway/istiogateway.ts';
import { job } from './job/job.ts';
import { jobSet } from './jobset/jobset.ts';
import { leaderWorkerSet } from './leaderworkerset/leaderworkerset.ts';
import { lease } from './lease/lease.ts';
import { limitRange } from './limitrange/limitrange.ts';
import { listenerSet } from './listenerset/listenerset.ts';
import { mutatingAdmissionPolicy } from './mutatingadmissionpolicy/mutatingadmissionpolicy.ts';
import { mutatingAdmissionPolicyBinding } from './mutatingadmissionpolicybinding/mutatingadmissionpolicybinding.ts';
import { mutatingWebhookConfiguration } from './mutatingwebhookconfiguration/mutatingwebhookconfiguration.ts';
import { namespace } from './namespace/namespace.ts';
import { networkPolicy } from './networkpolicy/networkpolicy.ts';
import { node } from './node/node.ts';
import { persistentVolume } from './persistentvolume/persistentvolume.ts';
import { persistentVolumeClaim } from './persistentvolumeclaim/persistentvolumeclaim.ts';
import { pod } from './pod/pod.ts';
import { podDisruptionBudget } from './poddisruptionbudget/poddisruptionbudget.ts';
import { podTemplate } from './podtemplate/podtemplate.ts';
import { priorityClass } from './priorityclass/priorityclass.ts';
import { priorityLevelConfiguration } from './prioritylevelconfiguration/prioritylevelconfiguration.ts';
import { referenceGrant } from './referencegrant/referencegrant.ts';
import { replicaSet } from './replicaset/replicaset.ts';
import { replicationController } from './replicationcontroller/replicationcontroller.ts';
import { resourceClaim } from './resourceclaim/resourceclaim.ts';
import { resourceClaimTemplate } from './resourceclaimtemplate/resourceclaimtemplate.ts';
import { resourceQuota } from './resourcequota/resourcequota.ts';
import { resourceSlice } from './resourceslice/resourceslice.ts';
import { role } from './role/role.ts';
import { roleBinding } from './rolebinding/rolebinding.ts';
import { rollout } from './rollout/rollout.ts';
import { route } from './route/route.ts';
import { runtimeClass } from './runtimeclass/runtimeclass.ts';
import { sealedSecret } from './sealedsecret/sealedsecret.ts';
import { secret } from './secret/secret.ts';
import { service } from './service/service.ts';
import { serviceAccount } from './serviceaccount/serviceaccount.ts';
import { serviceCIDR } from './servicecidr/servicecidr.ts';
import { statefulSet } from './statefulset/statefulset.ts';
import { storageClass } from './storageclass/storageclass.ts';
import { tcpRoute } from './tcproute/tcproute.ts';
import { tlsRoute } from './tlsroute/tlsroute.ts';
import { udpRoute } from './udproute/udproute.ts';
import { validatingAdmissionPolicy } from './validatingadmissionpolicy/validatingadmissionpolicy.ts';
import { validatingAdmissionPolicyBinding } from './validatingadmissionpolicybinding/validatingadmissionpolicybinding.ts';
import { validatingWebhookConfiguration } from './validatingwebhookconfiguration/validatingwebhookconfiguration.ts';
import { verticalPodAutoscaler } from './verticalpodautoscaler/verticalpodautoscaler.ts';
import { virtualService } from './virtualservice/virtualservice.ts';
import { volumeAttachment } from './volumeattachment/volumeattachment.ts';
import { volumeAttributesClass } from './volumeattributesclass/volumeattributesclass.ts';
import { volumeSnapshot } from './volumesnapshot/volumesnapshot.ts';
import { volumeSnapshotClass } from './volumesnapshotclass/volumesnapshotclass.ts';
import { volumeSnapshotContent } from './volumesnapshotcontent/volumesnapshotcontent.ts';
import { xBackendTrafficPolicy } from './xbackendtrafficpolicy/xbackendtrafficpolicy.ts';
import { xListenerSet } from './xlistenerset/xlistenerset.ts';
import { genericDefinition } from './generic.ts';
import type { KindDefinition } from './kind.ts';
import { createKindRegistry } from './registry.ts';
import type { KindRegistry } from './registry.ts';

/** Every kind with a folder, by the name of the folder. A new kind is one folder and one line here. */
export const KIND_DEFINITIONS: readonly KindDefinition[] = [
  apiService,
  backendTLSPolicy,
  certificate,
  certificateSigningRequest,
  clusterIssuer,
  clusterRole,
  clusterRoleBinding,
  configMap,
  controllerRevision,
  cronJob,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  customResourceDefinition,
  daemonSet,
  deployment,
  destinationRule,
  deviceClass,
  endpoints,
  endpointSlice,
  event,
  externalSecret,
  flowSchema,
  gateway,
  gatewayClass,
  grpcRoute,
  horizontalPodAutoscaler,
  httpRoute,
  ingress,
  ingressClass,
  ipAddress,
  issuer,
  istioGateway,
  job,
  jobSet,
  leaderWorkerSet,
  lease,
  limitRange,
  listenerSet,
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
  mutatingWebhookConfiguration,
  namespace,
  networkPolicy,
  node,
  persistentVolume,
  persistentVolumeClaim,
  pod,
  podDisruptionBudget,
  podTemplate,
  priorityClass,
  priorityLevelConfiguration,
  referenceGrant,
  replicaSet,
  replicationController,
  resourceClaim,
  resourceClaimTemplate,
  resourceQuota,
  resourceSlice,
  role,
  roleBinding,
  rollout,
  route,
  runtimeClass,
  sealedSecret,
  secret,
  service,
  serviceAccount,
  serviceCIDR,
  statefulSet,
  storageClass,
  tcpRoute,
  tlsRoute,
  udpRoute,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  validatingWebhookConfiguration,
  verticalPodAutoscaler,
  virtualService,
  volumeAttachment,
  volumeAttributesClass,
  volumeSnapshot,
  volumeSnapshotClass,
  volumeSnapshotContent,
  xBackendTrafficPolicy,
  xListenerSet,
];

/** The kinds that a cluster knows before anybody brings a CustomResourceDefinition. */
export const BUILT_IN_KINDS: KindRegistry = createKindRegistry(KIND_DEFINITIONS, genericDefinition);
