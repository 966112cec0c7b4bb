import type { KubernetesObject } from '../apimachinery/object.ts';
import { asksForBalancer } from './cloud/wants-balancer.ts';
import { asksForIngress } from './ingress/ingress-controller.ts';
import { asksForMetrics, asksForRecommender } from './metrics-server/objects.ts';
import type { ClusterOptions } from './place-cluster.ts';
import { bringsDefaultClass } from './storage/default-class.ts';
import { asksForSnapshots, bringsSnapshotDefinitions } from './storage/snapshot/definitions.ts';

/** What a cluster needs, or must not bring, so that the objects can do in it what they are written for. */
export function optionsAskedBy(
  objects: readonly KubernetesObject[],
): Pick<
  ClusterOptions,
  'metricsServer' | 'verticalPodAutoscaler' | 'cloud' | 'ingress' | 'defaultClass' | 'snapshots' | 'snapshotDefinitions'
> {
  return {
    metricsServer: asksForMetrics(objects),
    verticalPodAutoscaler: asksForRecommender(objects),
    cloud: asksForBalancer(objects),
    ingress: asksForIngress(objects),
    defaultClass: !bringsDefaultClass(objects),
    snapshots: asksForSnapshots(objects),
    snapshotDefinitions: !bringsSnapshotDefinitions(objects),
  };
}
