import type { Controller } from './controller.ts';
import { attachDetach } from './attachdetach/attachdetach.ts';
import { clusterRoleAggregation } from './clusterrole-aggregation.ts';
import { csrApprover } from './certificates/approver.ts';
import { csrCleaner } from './certificates/csr-cleaner.ts';
import { csrSigner } from './certificates/signer.ts';
import { cronJob } from './cronjob/cronjob.ts';
import { daemonSet } from './daemonset/daemonset.ts';
import { deployment } from './deployment/deployment.ts';
import { disruption } from './disruption/disruption.ts';
import { endpointSlice } from './endpointslice/endpointslice.ts';
import { endpointSliceMirroring } from './endpointslicemirroring/endpointslicemirroring.ts';
import { endpoints } from './endpoints/endpoints.ts';
import { horizontalPodAutoscaler } from './horizontalpodautoscaler/horizontalpodautoscaler.ts';
import { garbageCollector } from './garbage-collector/garbage-collector.ts';
import { job } from './job/job.ts';
import { namespace } from './namespace/namespace.ts';
import { nodeIpam } from './nodeipam/nodeipam.ts';
import { nodeLifecycle } from './node-lifecycle/node-lifecycle.ts';
import { expander } from './persistentvolume/expander.ts';
import { persistentVolumeBinder } from './persistentvolume/persistentvolume-binder.ts';
import { claimProtection, volumeProtection } from './persistentvolume/protection.ts';
import { podGc } from './podgc/podgc.ts';
import { replicaSet } from './replicaset/replicaset.ts';
import { replicationController } from './replicationcontroller.ts';
import { resourceClaim } from './resourceclaim/resourceclaim.ts';
import { resourceQuota } from './resourcequota/resourcequota.ts';
import { rootCaPublisher } from './root-ca-publisher.ts';
import { serviceAccount } from './serviceaccount.ts';
import { statefulSet } from './statefulset/statefulset.ts';
import { taintEviction } from './taint-eviction/taint-eviction.ts';
import { ttlAfterFinished } from './ttl-after-finished.ts';
import { validatingAdmissionPolicyStatus } from './validatingadmissionpolicystatus/validatingadmissionpolicy-status.ts';

/** The controllers of kube-controller-manager that are simulated, by name. */
export const CONTROLLERS: readonly Controller[] = [
  clusterRoleAggregation,
  cronJob,
  csrApprover,
  csrCleaner,
  csrSigner,
  daemonSet,
  deployment,
  disruption,
  endpoints,
  endpointSlice,
  endpointSliceMirroring,
  garbageCollector,
  horizontalPodAutoscaler,
  job,
  namespace,
  nodeIpam,
  nodeLifecycle,
  attachDetach,
  persistentVolumeBinder,
  expander,
  volumeProtection,
  claimProtection,
  podGc,
  replicaSet,
  replicationController,
  resourceClaim,
  resourceQuota,
  rootCaPublisher,
  serviceAccount,
  statefulSet,
  taintEviction,
  ttlAfterFinished,
  validatingAdmissionPolicyStatus,
];
