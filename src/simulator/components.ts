import { assert } from '../base/assert.ts';
import { apiServer } from './apiserver/apiserver.ts';
import { kubernetesService } from './apiserver/kubernetes-service.ts';
import { API_SERVER_CONTROLLERS } from './apiserver/own-controllers.ts';
import { client } from './client/client-component.ts';
import { cloudNodeLifecycle } from './cloud/cloud-node-lifecycle-controller.ts';
import { cloud } from './cloud/cloud.ts';
import { serviceLb } from './cloud/service-lb-controller.ts';
import { clusterAutoscaler } from './clusterautoscaler/cluster-autoscaler.ts';
import { poolProvider } from './clusterautoscaler/pool-provider.ts';
import type { ComponentDefinition } from './component.ts';
import { controllerComponent } from './controllers/controller-host.ts';
import { sharedInformers } from './controllers/shared-informers.ts';
import { CONTROLLERS } from './controllers/controllers.ts';
import { coreDns } from './coredns/coredns.ts';
import { deviceDrivers } from './devicedriver/device-driver.ts';
import { etcdctl } from './etcd/etcdctl.ts';
import { foldedEtcd } from './etcd/folded.ts';
import { etcdMember } from './etcd/member.ts';
import { flood } from './faults/flood.ts';
import { faultComponent } from './faults/fault-component.ts';
import { ingressController } from './ingress/ingress-controller.ts';
import { ingressProxy } from './ingress/ingress-proxy.ts';

import { kubeProxy } from './kubeproxy/kubeproxy.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { leaderElection } from './leader-election/leader-election.ts';
import { loadBalancer } from './load-balancer/load-balancer.ts';
import { staticPods } from './static-pods/static-pods.ts';
import { kubelet } from './kubelet/kubelet.ts';
import { runtime } from './kubelet/runtime/containerd.ts';
import { cni } from './network/cni.ts';
import { linux } from './network/linux.ts';
import { policyController } from './network/policies/policy-controller.ts';
import { traffic } from './network/traffic.ts';
import { metricsAdapter } from './metrics-adapter/metrics-adapter.ts';
import { operatorComponent } from './operator/operator-component.ts';
import { metricsServer } from './metrics-server/metrics-server.ts';
import { vpaRecommender } from './vparecommender/vpa-recommender.ts';
import { scheduler } from './scheduler/scheduler.ts';
import { attacher } from './storage/attacher.ts';
import { csiController } from './storage/csi-controller.ts';
import { csiNode } from './storage/csi-node.ts';
import { provisioner } from './storage/provisioner.ts';
import { resizer } from './storage/resizer.ts';
import { csiSnapshotter } from './storage/snapshot/csi-snapshotter.ts';
import { snapshotController } from './storage/snapshot/snapshot-controller.ts';

const DEFINITIONS: readonly ComponentDefinition[] = [
  erased(foldedEtcd),
  erased(etcdMember),
  erased(etcdctl),
  erased(apiServer),
  erased(kubernetesService),
  erased(loadBalancer),
  erased(leaderElection),
  erased(staticPods),
  erased(client),
  erased(kubectl),
  erased(faultComponent),
  erased(flood),
  erased(sharedInformers),
  erased(scheduler),
  erased(kubelet),
  erased(runtime),
  erased(cni),
  erased(linux),
  erased(policyController),
  erased(kubeProxy),
  erased(coreDns),
  erased(metricsServer),
  erased(metricsAdapter),
  erased(operatorComponent),
  erased(controllerComponent(deviceDrivers)),
  erased(controllerComponent(vpaRecommender)),
  erased(traffic),
  erased(csiController),
  erased(csiNode),
  erased(cloud),
  erased(ingressProxy),
  erased(controllerComponent(ingressController)),
  erased(controllerComponent(serviceLb)),
  erased(controllerComponent(cloudNodeLifecycle)),
  erased(poolProvider),
  erased(controllerComponent(clusterAutoscaler)),
  erased(controllerComponent(provisioner)),
  erased(controllerComponent(attacher)),
  erased(controllerComponent(resizer)),
  erased(controllerComponent(snapshotController)),
  erased(controllerComponent(csiSnapshotter)),
  ...[...CONTROLLERS, ...API_SERVER_CONTROLLERS].map((controller) => erased(controllerComponent(controller))),
];

/** The kernel hands each component the state that its own definition made, so that its type need not be known there. */
function erased<State>(definition: ComponentDefinition<State>): ComponentDefinition {
  return definition as unknown as ComponentDefinition;
}

/** Every kind of component, by name; refuses a name that is given twice. */
export const COMPONENTS: ReadonlyMap<string, ComponentDefinition> = new Map(
  DEFINITIONS.map((definition, index) => {
    const isFirst = DEFINITIONS.findIndex(({ kind }) => kind === definition.kind) === index;
    assert(isFirst && definition.kind !== '', `component given twice or without a name: ${definition.kind}`);
    return [definition.kind, definition];
  }),
);
