import type { Cidr } from '../../../apimachinery/ip.ts';
import { parseCidr } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import type { Controller, ReconcileContext } from '../controller.ts';
import { NODES } from '../resources.ts';
import type { CidrSet } from './cidr-set.ts';
import { isCountable } from './cidr-set.ts';
import type { AllocatorMemory, AllocatorParams } from './range-allocator.ts';
import { allocate, podCidrsOf, takenParts } from './range-allocator.ts';

const ALL = '*nodes*';
/** Source: pkg/controller/nodeipam/ipam/cidr_allocator.go `cidrUpdateRetries`, 1.36. */
const TRIES = 3;
/**
 * Gives every Node its part of the cluster's Pod network, where kube-controller-manager is told of one, as kubeadm tells it
 * with `podSubnet`. All Nodes are looked at together, since no two may be given the same.
 * Source: pkg/controller/nodeipam/ipam/range_allocator.go, 1.36.
 */
export const nodeIpam: Controller = {
  name: 'node-ipam-controller',
  account: 'node-controller',
  reportsAs: 'cidrAllocator',
  workers: 1,
  watches: [
    {
      resource: NODES,
      keysOf: ({ type, object }) => (type !== 'DELETED' && podCidrsOf(object).length > 0 ? [] : [ALL]),
    },
  ],
  reconcile(context) {
    const params = paramsOf(context);
    if (params.ranges.length === 0) return undefined;
    const nodes = context.view(NODES).list();
    const memory = context.memory as AllocatorMemory | undefined;
    const { sets, faults } = takenParts(params, nodes, memory);
    return giveAll(context, params, nodes, sets, [...faults], { ...memory?.given });
  },
};

/** Source: range_allocator.go `AllocateOrOccupyCIDR`, `updateCIDRsAllocation`, 1.36. */
function giveAll(
  context: ReconcileContext,
  params: AllocatorParams,
  nodes: readonly KubernetesObject[],
  sets: readonly CidrSet[],
  faults: string[],
  before: AllocatorMemory['given'],
): ReturnType<Controller['reconcile']> {
  const given: Record<string, readonly string[]> = {};
  const planned: { readonly node: KubernetesObject; readonly cidrs: readonly string[] }[] = [];
  for (const node of nodes) {
    if (podCidrsOf(node).length > 0 || isBeingDeleted(node)) continue;
    const known = before[nameOf(node)];
    const cidrs = known ?? allocate(params, sets);
    if (known !== undefined) given[nameOf(node)] = known;
    else if (typeof cidrs === 'string') {
      tellStatus(context, node, 'CIDRNotAvailable');
      faults.push(cidrs);
    } else planned.push({ node, cidrs });
  }
  let left = planned;
  let answers: readonly ApiResult[] = [];
  for (let tries = 0; tries < TRIES && left.length > 0; tries++) {
    answers = context.api.callAll(left.map(patchOf));
    left.forEach(({ node, cidrs }, index) => {
      if (answers[index]?.ok === true) given[nameOf(node)] = cidrs;
    });
    const refused = answers.filter(({ ok }) => !ok);
    left = left.filter((_, index) => answers[index]?.ok !== true);
    answers = refused;
  }
  left.forEach(({ node }, index) => {
    const answer = answers[index];
    tellStatus(context, node, 'CIDRAssignmentFailed');
    if (answer?.ok === false) faults.push(answer.message);
  });
  context.remember({ next: sets.map(({ next }) => next), given } satisfies AllocatorMemory);
  return faults.length === 0 ? undefined : { failed: faults.join('; ') };
}

function patchOf({ node, cidrs }: { readonly node: KubernetesObject; readonly cidrs: readonly string[] }): ApiCall {
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Node', spec: { podCIDR: cidrs[0] ?? '', podCIDRs: cidrs } };
  return { verb: 'patch', resource: NODES, name: nameOf(node), options: { patchType: 'strategic' }, body };
}

/** Source: pkg/controller/util/node/controller_utils.go `RecordNodeStatusChange`, 1.36. */
function tellStatus(context: ReconcileContext, node: KubernetesObject, status: string): void {
  context.event(node, 'Normal', status, `Node ${nameOf(node)} status is now: ${status}`);
}

function paramsOf({ flags, numbers }: ReconcileContext): AllocatorParams {
  const { clusterCidrs = [], serviceCidrs = [] } = flags;
  const ranges = networks(clusterCidrs).map((cluster) => ({
    cluster,
    nodeMaskSize: numbers.nodeMaskSize[`ipv${cluster.family}`],
  }));
  return { ranges: ranges.filter(isCountable), serviceCidrs: networks(serviceCidrs) };
}

function networks(texts: readonly string[]): readonly Cidr[] {
  return texts.flatMap((text) => parseCidr(text) ?? []);
}
