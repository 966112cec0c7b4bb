import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelSelectorFromMap, selectsObject } from '../../apimachinery/label-selector.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, jsonEqual, nameAt, numberAt, objectAt } from '../../base/json.ts';
import type { Controller, Outcome, ReconcileContext } from '../controllers/controller.ts';
import { NODES } from '../controllers/resources.ts';
import { must, mustUnlessGone, orFailed } from '../controllers/workload/sync-failure.ts';
import type { ResourceName } from '../messages.ts';
import { installedUser } from '../client/installed-user.ts';

export const DEVICE_DRIVERS = 'device-drivers';

/** A driver of dynamic resource allocation, as a script gives it: which devices the machines have that its labels name. */
export interface DeviceDriver {
  /** `gpu.example.com`. */
  readonly name: string;
  /** Labels of the Nodes that have them; every Node where left out. */
  readonly nodes?: Readonly<Record<string, string>>;
  /** As `spec.devices` of a ResourceSlice. */
  readonly devices: readonly JsonObject[];
}

export const DRIVERS_USER = installedUser('kube-system', 'device-drivers');

const SLICES: ResourceName = { group: 'resource.k8s.io', version: 'v1', plural: 'resourceslices' };

/**
 * The drivers of all Nodes: each publishes a ResourceSlice with the devices of its Node, and publishes it anew where
 * somebody changed or deleted it. A Node that goes takes its slices with it, for it owns them.
 * Source: staging/src/k8s.io/dynamic-resource-allocation/resourceslice/resourceslicecontroller.go, 1.36.
 */
export const deviceDrivers: Controller = {
  name: DEVICE_DRIVERS,
  workers: 1,
  watches: [
    {
      resource: NODES,
      keysOf: ({ key, type, object, old }) => (type === 'MODIFIED' && isLike(object, old) ? [] : [key]),
    },
    {
      resource: SLICES,
      keysOf: ({ object }) => [nameAt(object, 'spec', 'nodeName') ?? ''].filter((name) => name !== ''),
    },
  ],
  reconcile: (context, key) => orFailed(() => publish(context, key)),
};

function isLike(object: KubernetesObject, old: KubernetesObject | undefined): boolean {
  return old !== undefined && jsonEqual(objectAt(object, 'metadata', 'labels'), objectAt(old, 'metadata', 'labels'));
}

function publish(context: ReconcileContext, key: string): Outcome | void {
  const node = context.view(NODES).getKey(key);
  if (node === undefined) return;
  const slices = context.view(SLICES).list();
  for (const { name: driver, nodes = {}, devices } of context.flags.deviceDrivers ?? []) {
    const isMeant = selectsObject(labelSelectorFromMap(nodes), node);
    const own = slices.filter(
      (slice) => nameAt(slice, 'spec', 'driver') === driver && nameAt(slice, 'spec', 'nodeName') === key,
    );
    const [kept, ...surplus] = isMeant ? own : [undefined, ...own];
    for (const slice of surplus) {
      if (slice === undefined) continue;
      mustUnlessGone(context.api.call({ verb: 'delete', resource: SLICES, name: nameOf(slice) }));
    }
    if (!isMeant || (kept !== undefined && jsonEqual(arrayAt(kept, 'spec', 'devices'), devices))) continue;
    if (kept === undefined)
      must(context.api.call({ verb: 'create', resource: SLICES, body: sliceOf(node, driver, devices, 1) }));
    else {
      const generation = (numberAt(kept, 'spec', 'pool', 'generation') ?? 0) + 1;
      const { spec } = sliceOf(node, driver, devices, generation);
      const call = {
        verb: 'update',
        resource: SLICES,
        name: nameOf(kept),
        body: { ...kept, spec: spec ?? {} },
      } as const;
      must(context.api.call(call));
    }
  }
}

function sliceOf(
  node: KubernetesObject,
  driver: string,
  devices: readonly JsonObject[],
  generation: number,
): KubernetesObject {
  const name = nameOf(node);
  return {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceSlice',
    metadata: {
      generateName: `${name}-${driver}-`,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid: uidOf(node), controller: true }],
    },
    spec: { driver, nodeName: name, pool: { name, generation, resourceSliceCount: 1 }, devices: [...devices] },
  };
}
