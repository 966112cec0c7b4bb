import { podLimits, podRequests } from '../../../apimachinery/pod-resources.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import { canonicalQuantity, milliValueOf, valueOf } from '../../../apimachinery/quantity.ts';
import type { ResourceList } from '../../../apimachinery/resource-list.ts';
import { addResources, resourceListOf } from '../../../apimachinery/resource-list.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { describeEvents } from './events.ts';
import { describeLabels, describeName } from './head.ts';
import { boolText, dateAt, resourcesAt, sinceAt, stringsAt, textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';

const ROLE = 'node-role.kubernetes.io/';

function rolesOf(node: KubernetesObject): string {
  const roles = [...labelsOf(node)].flatMap(([key, value]) => {
    if (key.startsWith(ROLE)) return key.length > ROLE.length ? [key.slice(ROLE.length)] : [];
    return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
  });
  return roles.length === 0 ? '<none>' : [...new Set(roles)].sort(compareStrings).join(',');
}

function taintText(taint: JsonValue): string {
  const [key, value, effect] = ['key', 'value', 'effect'].map((field) => textAt(taint, field));
  const pair = value === '' ? key : `${key}=${value}`;
  return effect === '' && value === '' ? `${pair}` : `${pair}:${effect}`;
}

/** Source: describe.go `describeNode`, 1.36. */
export const describeNode: Describer = (w, node, context) => {
  describeName(w, node, false);
  w.field(0, 'Roles', rolesOf(node));
  describeLabels(w, node);
  w.field(0, 'CreationTimestamp', dateAt(node, 'metadata', 'creationTimestamp'));
  const order = (taint: JsonValue): string => `${textAt(taint, 'effect')},${textAt(taint, 'key')}`;
  const taints = arrayAt(node, 'spec', 'taints').toSorted((a, b) => compareStrings(order(a), order(b)));
  w.list('Taints', taints.map(taintText));
  w.field(0, 'Unschedulable', boolText(node, 'spec', 'unschedulable'));
  lease(w, nameOf(node), context);
  conditions(w, node);
  w.write(0, 'Addresses:\n');
  for (const address of arrayAt(node, 'status', 'addresses'))
    w.field(1, textAt(address, 'type'), textAt(address, 'address'));
  for (const [title, field] of [['Capacity', 'capacity'] as const, ['Allocatable', 'allocatable'] as const]) {
    const list = resourcesAt(node, 'status', field);
    if (list.length > 0) w.write(0, `${title}:\n`);
    for (const [name, quantity] of list) w.field(1, name, quantity);
  }
  resourceSlices(w, node, context);
  w.write(0, 'System Info:\n');
  for (const [title, field] of [
    ['Machine ID', 'machineID'],
    ['System UUID', 'systemUUID'],
    ['Boot ID', 'bootID'],
    ['Kernel Version', 'kernelVersion'],
    ['OS Image', 'osImage'],
    ['Operating System', 'operatingSystem'],
    ['Architecture', 'architecture'],
    ['Container Runtime Version', 'containerRuntimeVersion'],
    ['Kubelet Version', 'kubeletVersion'],
  ] as const)
    w.field(1, title, textAt(node, 'status', 'nodeInfo', field));
  const optional = (title: string, value: string): void => {
    if (value !== '') w.field(0, title, value);
  };
  optional('PodCIDR', textAt(node, 'spec', 'podCIDR'));
  optional('PodCIDRs', stringsAt(node, 'spec', 'podCIDRs').join(','));
  optional('ProviderID', textAt(node, 'spec', 'providerID'));
  pods(w, node, context);
  describeEvents(w, context);
};

function lease(w: DescribeWriter, name: string, { get }: DescribeContext): void {
  const found = get('leases.coordination.k8s.io', 'kube-node-lease', name);
  if ('error' in found) return w.field(0, 'Lease', `Failed to get lease: ${String(found.error)}`);
  w.write(0, 'Lease:\n');
  w.field(1, 'HolderIdentity', stringAt(found, 'spec', 'holderIdentity') ?? '<unset>');
  for (const [title, field] of [['AcquireTime', 'acquireTime'] as const, ['RenewTime', 'renewTime'] as const])
    w.field(1, title, stringAt(found, 'spec', field) === undefined ? '<unset>' : dateAt(found, 'spec', field));
}

function conditions(w: DescribeWriter, node: KubernetesObject): void {
  const own = arrayAt(node, 'status', 'conditions');
  if (own.length === 0) return;
  w.write(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n');
  w.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
  for (const one of own) {
    const times = `${dateAt(one, 'lastHeartbeatTime')} \t${dateAt(one, 'lastTransitionTime')}`;
    w.write(
      1,
      `${textAt(one, 'type')} \t${textAt(one, 'status')} \t${times} \t${textAt(one, 'reason')} \t${textAt(one, 'message')}\n`,
    );
  }
}

const MOST_POOLS = 10;

/** Source: `describeNodeResourceSlices`. */
function resourceSlices(w: DescribeWriter, node: KubernetesObject, { list }: DescribeContext): void {
  const slices = list({ resource: 'resourceslices.resource.k8s.io', fieldSelector: `spec.nodeName=${nameOf(node)}` });
  const pools = new Map<string, { readonly driver: string; readonly pool: string; slices: number; devices: number }>();
  for (const slice of slices) {
    const [driver, pool] = [textAt(slice, 'spec', 'driver'), textAt(slice, 'spec', 'pool', 'name')];
    const key = `${driver}/${pool}`;
    const known = pools.get(key) ?? { driver, pool, slices: 0, devices: 0 };
    known.slices++;
    known.devices += arrayAt(slice, 'spec', 'devices').length;
    pools.set(key, known);
  }
  if (pools.size === 0) return;
  w.write(0, 'Node-Local ResourceSlices:\n');
  w.write(1, 'Driver\tPool\tSlices\tDevices\n');
  w.write(1, '------\t----\t------\t-------\n');
  const sorted = [...pools].sort(([a], [b]) => compareStrings(a, b));
  for (const [, pool] of sorted.slice(0, MOST_POOLS))
    w.write(1, `${pool.driver}\t${pool.pool}\t${pool.slices}\t${pool.devices}\n`);
  if (sorted.length > MOST_POOLS) w.write(1, `...and ${sorted.length - MOST_POOLS} more pools\n`);
}

const text = (quantity: Quantity | undefined): string => (quantity === undefined ? '0' : canonicalQuantity(quantity));

/** Whole per cent, cut off; of nothing 0. */
function percent(part: Quantity | undefined, whole: Quantity | undefined, isCpu: boolean): string {
  const read = isCpu ? milliValueOf : valueOf;
  const all = whole === undefined ? 0n : read(whole);
  if (part === undefined || all === 0n) return '0';
  return String((read(part) * 100n) / all);
}

const STANDARD: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

/** What Pods of the Node ask for. Source: `describeNodeResource`. */
function pods(w: DescribeWriter, node: KubernetesObject, { list, nowMs }: DescribeContext): void {
  const fieldSelector = `spec.nodeName=${nameOf(node)},status.phase!=Succeeded,status.phase!=Failed`;
  const own = list({ resource: 'pods', fieldSelector });
  const kinds = objectAt(node, 'status', 'allocatable') === undefined ? 'capacity' : 'allocatable';
  const room = resourceListOf(valueAt(node, 'status', kinds));
  w.field(0, 'Non-terminated Pods', `(${own.length} in total)`);
  w.write(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n');
  w.write(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n');
  const cell = (resources: ResourceList, name: string): string =>
    `${text(resources.get(name))} (${percent(resources.get(name), room.get(name), name === 'cpu')}%)`;
  for (const pod of own) {
    const [requests, limits] = [
      podRequests(pod, { useStatusResources: true }),
      podLimits(pod, { useStatusResources: true }),
    ];
    const cells = [cell(requests, 'cpu'), cell(limits, 'cpu'), cell(requests, 'memory'), cell(limits, 'memory')];
    const name = `${textAt(pod, 'metadata', 'namespace')}\t${textAt(pod, 'metadata', 'name')}`;
    w.write(1, `${name}\t\t${cells.join('\t')}\t${sinceAt(nowMs, pod, 'metadata', 'creationTimestamp')}\n`);
  }
  w.write(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n');
  w.write(1, 'Resource\tRequests\tLimits\n');
  w.write(1, '--------\t--------\t------\n');
  const requests = addResources(...own.map((pod) => podRequests(pod)));
  const limits = addResources(...own.map((pod) => podLimits(pod)));
  const names = [...room.keys()].sort(compareStrings);
  const pages = names.filter((name) => name.startsWith('hugepages-'));
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...pages])
    w.write(1, `${name}\t${cell(requests, name)}\t${cell(limits, name)}\n`);
  for (const name of names)
    if (!STANDARD.has(name) && !pages.includes(name))
      w.write(1, `${name}\t${text(requests.get(name))}\t${text(limits.get(name))}\n`);
}
