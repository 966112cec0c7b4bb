import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { compareStrings } from '../../../base/compare.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { ageOf, since, textOf } from './cells.ts';
import type { Cell, TablePrinter } from './printer.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

/** Source: pkg/printers/internalversion/printers.go `findNodeRoles`, 1.36. */
export function nodeRoles(node: KubernetesObject): readonly string[] {
  const roles = new Set<string>();
  for (const [key, value] of labelsOf(node)) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return [...roles].sort(compareStrings);
}

function nodeAddress(node: KubernetesObject, type: string): string {
  const found = arrayAt(node, 'status', 'addresses').find((address) => stringAt(address, 'type') === type);
  return found === undefined ? '<none>' : (stringAt(found, 'address') ?? '');
}

const node: TablePrinter = {
  group: '',
  kind: 'Node',
  columns: [
    'Name',
    'Status',
    'Roles',
    'Age',
    'Version',
    '+Internal-IP',
    '+External-IP',
    '+OS-Image',
    '+Kernel-Version',
    '+Container-Runtime',
  ],
  cells(object, options) {
    const ready = findCondition(conditionsOf(object), 'Ready');
    const state = ready === undefined ? 'Unknown' : stringAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
    const isCordoned = booleanAt(object, 'spec', 'unschedulable') === true;
    const roles = nodeRoles(object).join(',');
    const info = objectAt(object, 'status', 'nodeInfo');
    const architecture = nameAt(info, 'architecture');
    const kernel = nameAt(info, 'kernelVersion') ?? '<unknown>';
    return [
      nameOf(object),
      isCordoned ? `${state},SchedulingDisabled` : state,
      roles === '' ? '<none>' : roles,
      ageOf(object, options),
      stringAt(info, 'kubeletVersion') ?? '',
      nodeAddress(object, 'InternalIP'),
      nodeAddress(object, 'ExternalIP'),
      nameAt(info, 'osImage') ?? '<unknown>',
      architecture === undefined ? kernel : `${kernel} (${architecture})`,
      nameAt(info, 'containerRuntimeVersion') ?? '<unknown>',
    ];
  },
};

/** Source: pkg/printers/internalversion/printers.go `printEvent`, 1.36. */
const event: TablePrinter = {
  group: '',
  kind: 'Event',
  columns: [
    'Last Seen',
    'Type',
    'Reason',
    'Object',
    '+Subobject',
    '+Source',
    'Message',
    '+First Seen',
    '+Count',
    '+Name',
  ],
  cells(object, options) {
    const series = objectAt(object, 'series');
    const firstSeen = valueAt(object, 'firstTimestamp') ?? valueAt(object, 'eventTime');
    const lastSeen = series === undefined ? valueAt(object, 'lastTimestamp') : valueAt(series, 'lastObservedTime');
    const count = numberAt(object, 'count') ?? 0;
    const kind = (stringAt(object, 'involvedObject', 'kind') ?? '').toLowerCase();
    const name = nameAt(object, 'involvedObject', 'name');
    const component = nameAt(object, 'source', 'component') ?? stringAt(object, 'reportingComponent') ?? '';
    const host = nameAt(object, 'source', 'host') ?? nameAt(object, 'reportingInstance');
    return [
      since(lastSeen ?? (series === undefined ? firstSeen : undefined), options),
      stringAt(object, 'type') ?? '',
      stringAt(object, 'reason') ?? '',
      name === undefined ? kind : `${kind}/${name}`,
      stringAt(object, 'involvedObject', 'fieldPath') ?? '',
      host === undefined ? component : `${component}, ${host}`,
      (stringAt(object, 'message') ?? '').trim(),
      since(firstSeen, options),
      series === undefined ? (count === 0 ? 1 : count) : (numberAt(series, 'count') ?? 0),
      nameOf(object),
    ];
  },
};

const namespace: TablePrinter = {
  group: '',
  kind: 'Namespace',
  columns: ['Name', 'Status', 'Age'],
  cells: (object, options) => [nameOf(object), stringAt(object, 'status', 'phase') ?? '', ageOf(object, options)],
};

function size(object: KubernetesObject, field: string): number {
  return Object.keys(objectAt(object, field) ?? {}).length;
}

const secret: TablePrinter = {
  group: '',
  kind: 'Secret',
  columns: ['Name', 'Type', 'Data', 'Age'],
  cells: (object, options) => [
    nameOf(object),
    stringAt(object, 'type') ?? '',
    size(object, 'data'),
    ageOf(object, options),
  ],
};

const configMap: TablePrinter = {
  group: '',
  kind: 'ConfigMap',
  columns: ['Name', 'Data', 'Age'],
  cells: (object, options) => [
    nameOf(object),
    size(object, 'data') + size(object, 'binaryData'),
    ageOf(object, options),
  ],
};

const lease: TablePrinter = {
  group: 'coordination.k8s.io',
  kind: 'Lease',
  columns: ['Name', 'Holder', 'Age'],
  cells: (object, options) => [
    nameOf(object),
    stringAt(object, 'spec', 'holderIdentity') ?? '',
    ageOf(object, options),
  ],
};

const priorityClass: TablePrinter = {
  group: 'scheduling.k8s.io',
  kind: 'PriorityClass',
  columns: ['Name', 'Value', 'Global-Default', 'Age', '+PreemptionPolicy'],
  cells: (object, options) => [
    nameOf(object),
    numberAt(object, 'value') ?? 0,
    booleanAt(object, 'globalDefault') ?? false,
    ageOf(object, options),
    stringAt(object, 'preemptionPolicy') ?? '',
  ],
};

const runtimeClass: TablePrinter = {
  group: 'node.k8s.io',
  kind: 'RuntimeClass',
  columns: ['Name', 'Handler', 'Age'],
  cells: (object, options) => [nameOf(object), stringAt(object, 'handler') ?? '', ageOf(object, options)],
};

const resourceQuota: TablePrinter = {
  group: '',
  kind: 'ResourceQuota',
  columns: ['Name', 'Request', 'Limit', 'Age'],
  cells(object, options) {
    const hard = objectAt(object, 'status', 'hard') ?? {};
    const used = objectAt(object, 'status', 'used') ?? {};
    const names = Object.keys(hard).sort(compareStrings);
    const column = (isLimit: boolean): string =>
      names
        .filter((name) => name.startsWith('limits.') === isLimit)
        .map((name) => `${name}: ${textOf(used[name], '0')}/${textOf(hard[name], '0')}`)
        .join(', ');
    return [nameOf(object), column(false), column(true), ageOf(object, options)];
  },
};

function subjects(object: KubernetesObject, kind: string): string {
  return arrayAt(object, 'subjects')
    .filter((subject) => stringAt(subject, 'kind') === kind)
    .map((subject) => {
      const name = stringAt(subject, 'name') ?? '';
      return kind === 'ServiceAccount' ? `${stringAt(subject, 'namespace') ?? ''}/${name}` : name;
    })
    .join(', ');
}

function binding(kind: string): TablePrinter {
  return {
    group: 'rbac.authorization.k8s.io',
    kind,
    columns: ['Name', 'Role', 'Age', '+Users', '+Groups', '+ServiceAccounts'],
    cells: (object, options): readonly Cell[] => [
      nameOf(object),
      `${stringAt(object, 'roleRef', 'kind') ?? ''}/${stringAt(object, 'roleRef', 'name') ?? ''}`,
      ageOf(object, options),
      subjects(object, 'User'),
      subjects(object, 'Group'),
      subjects(object, 'ServiceAccount'),
    ],
  };
}

const horizontalPodAutoscaler: TablePrinter = {
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  columns: ['Name', 'Reference', 'Targets', 'MinPods', 'MaxPods', 'Replicas', 'Age'],
  cells: (object, options) => [
    nameOf(object),
    `${stringAt(object, 'spec', 'scaleTargetRef', 'kind') ?? ''}/${stringAt(object, 'spec', 'scaleTargetRef', 'name') ?? ''}`,
    scaleTargets(object),
    textOf(valueAt(object, 'spec', 'minReplicas'), '<unset>'),
    numberAt(object, 'spec', 'maxReplicas') ?? 0,
    numberAt(object, 'status', 'currentReplicas') ?? 0,
    ageOf(object, options),
  ],
};

/** Metrics that an autoscaler looks at: `cpu: 40%/80%`. Source: printers.go `formatHPAMetrics`, 1.36. */
function scaleTargets(object: KubernetesObject): string {
  const specs = arrayAt(object, 'spec', 'metrics');
  if (specs.length === 0) return '<none>';
  const statuses = arrayAt(object, 'status', 'currentMetrics');
  const list = specs.slice(0, MOST_METRICS).map((spec, index) => {
    const type = stringAt(spec, 'type') ?? '';
    const source = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
    const metric = objectAt(spec, source);
    if (metric === undefined) return '<unknown type>';
    const current = objectAt(statuses[index], source, 'current');
    const average = valueAt(metric, 'target', 'averageValue');
    const name = source === 'resource' || source === 'containerResource' ? `${stringAt(metric, 'name') ?? ''}: ` : '';
    if (average !== undefined && average !== null) {
      const mark = source === 'external' || source === 'object' ? ' (avg)' : '';
      return `${name}${textOf(valueAt(current, 'averageValue'), '<unknown>')}/${textOf(average, '')}${mark}`;
    }
    if (name === '')
      return `${textOf(valueAt(current, 'value'), '<unknown>')}/${textOf(valueAt(metric, 'target', 'value'), '0')}`;
    const [now, aim] = [numberAt(current, 'averageUtilization'), numberAt(metric, 'target', 'averageUtilization')];
    return `${name}${now === undefined ? '<unknown>' : `${now}%`}/${aim === undefined ? '<auto>' : `${aim}%`}`;
  });
  const more = specs.length - MOST_METRICS;
  return more > 0 ? `${list.join(', ')} + ${more} more...` : list.join(', ');
}

const MOST_METRICS = 2;

export const CLUSTER: readonly TablePrinter[] = [
  node,
  event,
  namespace,
  secret,
  configMap,
  lease,
  priorityClass,
  runtimeClass,
  resourceQuota,
  binding('RoleBinding'),
  binding('ClusterRoleBinding'),
  horizontalPodAutoscaler,
];
