import { conditionsOf, hasCondition } from '../../../apimachinery/conditions.ts';
import { humanDurationMs } from '../../../apimachinery/human-duration.ts';
import { labelSelectorString, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf } from '../../../apimachinery/object.ts';
import { controllerOf } from '../../../apimachinery/owner-reference.ts';
import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { arrayAt, booleanAt, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { ageOf, containerCells, labelsAt, momentMs, selectorAt, since, textOf } from './cells.ts';
import type { Cell, PrintOptions, TablePrinter } from './printer.ts';

const TEMPLATE = ['template', 'spec'] as const;
const OF_CONTAINERS = ['+Containers', '+Images', '+Selector'];

function count(object: unknown, ...path: readonly string[]): number {
  return numberAt(object, ...path) ?? 0;
}

function templateCells(object: KubernetesObject): readonly [string, string] {
  return containerCells(objectAt(object, 'spec', ...TEMPLATE));
}

/** Source of all of these: pkg/printers/internalversion/printers.go, 1.36. */
const deployment: TablePrinter = {
  group: 'apps',
  kind: 'Deployment',
  columns: ['Name', 'Ready', 'Up-to-date', 'Available', 'Age', ...OF_CONTAINERS],
  cells(object, options) {
    const selector = parseLabelSelector(valueAt(object, 'spec', 'selector'));
    return [
      nameOf(object),
      `${count(object, 'status', 'readyReplicas')}/${count(object, 'spec', 'replicas')}`,
      count(object, 'status', 'updatedReplicas'),
      count(object, 'status', 'availableReplicas'),
      ageOf(object, options),
      ...templateCells(object),
      (selector.invalid ?? []).length > 0 ? '<invalid>' : labelSelectorString(selector),
    ];
  },
};

function replicaCells(object: KubernetesObject, options: PrintOptions): readonly Cell[] {
  return [
    nameOf(object),
    count(object, 'spec', 'replicas'),
    count(object, 'status', 'replicas'),
    count(object, 'status', 'readyReplicas'),
    ageOf(object, options),
    ...templateCells(object),
  ];
}

const replicaSet: TablePrinter = {
  group: 'apps',
  kind: 'ReplicaSet',
  columns: ['Name', 'Desired', 'Current', 'Ready', 'Age', ...OF_CONTAINERS],
  cells: (object, options) => [...replicaCells(object, options), selectorAt(object, 'spec', 'selector')],
};

const replicationController: TablePrinter = {
  group: '',
  kind: 'ReplicationController',
  columns: ['Name', 'Desired', 'Current', 'Ready', 'Age', ...OF_CONTAINERS],
  cells: (object, options) => [...replicaCells(object, options), labelsAt(object, 'spec', 'selector')],
};

const statefulSet: TablePrinter = {
  group: 'apps',
  kind: 'StatefulSet',
  columns: ['Name', 'Ready', 'Age', '+Containers', '+Images'],
  cells: (object, options) => [
    nameOf(object),
    `${count(object, 'status', 'readyReplicas')}/${count(object, 'spec', 'replicas')}`,
    ageOf(object, options),
    ...templateCells(object),
  ],
};

const daemonSet: TablePrinter = {
  group: 'apps',
  kind: 'DaemonSet',
  columns: ['Name', 'Desired', 'Current', 'Ready', 'Up-to-date', 'Available', 'Node Selector', 'Age', ...OF_CONTAINERS],
  cells: (object, options) => [
    nameOf(object),
    count(object, 'status', 'desiredNumberScheduled'),
    count(object, 'status', 'currentNumberScheduled'),
    count(object, 'status', 'numberReady'),
    count(object, 'status', 'updatedNumberScheduled'),
    count(object, 'status', 'numberAvailable'),
    labelsAt(object, 'spec', ...TEMPLATE, 'nodeSelector'),
    ageOf(object, options),
    ...templateCells(object),
    selectorAt(object, 'spec', 'selector'),
  ],
};

const JOB_STATES: readonly (readonly [type: string, status: string])[] = [
  ['Suspended', 'Suspended'],
  ['FailureTarget', 'FailureTarget'],
  ['SuccessCriteriaMet', 'SuccessCriteriaMet'],
];

function jobStatus(object: KubernetesObject): string {
  const conditions = conditionsOf(object);
  if (hasCondition(conditions, 'Complete', 'True')) return 'Complete';
  if (hasCondition(conditions, 'Failed', 'True')) return 'Failed';
  if (isBeingDeleted(object)) return 'Terminating';
  return JOB_STATES.find(([type]) => hasCondition(conditions, type, 'True'))?.[1] ?? 'Running';
}

function jobCompletions(object: KubernetesObject): string {
  const succeeded = count(object, 'status', 'succeeded');
  const completions = numberAt(object, 'spec', 'completions');
  if (completions !== undefined) return `${succeeded}/${completions}`;
  const parallelism = count(object, 'spec', 'parallelism');
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration(object: KubernetesObject, { nowMs }: PrintOptions): string {
  const startedMs = momentMs(valueAt(object, 'status', 'startTime'));
  if (startedMs === undefined) return '';
  return humanDurationMs((momentMs(valueAt(object, 'status', 'completionTime')) ?? nowMs) - startedMs);
}

const job: TablePrinter = {
  group: 'batch',
  kind: 'Job',
  columns: ['Name', 'Status', 'Completions', 'Duration', 'Age', ...OF_CONTAINERS],
  cells: (object, options) => [
    nameOf(object),
    jobStatus(object),
    jobCompletions(object),
    jobDuration(object, options),
    ageOf(object, options),
    ...templateCells(object),
    selectorAt(object, 'spec', 'selector'),
  ],
};

const cronJob: TablePrinter = {
  group: 'batch',
  kind: 'CronJob',
  columns: ['Name', 'Schedule', 'Timezone', 'Suspend', 'Active', 'Last Schedule', 'Age', ...OF_CONTAINERS],
  cells(object, options) {
    const last = valueAt(object, 'status', 'lastScheduleTime');
    const suspend = booleanAt(object, 'spec', 'suspend');
    return [
      nameOf(object),
      stringAt(object, 'spec', 'schedule') ?? '',
      stringAt(object, 'spec', 'timeZone') ?? '<none>',
      suspend === undefined ? '<unset>' : suspend ? 'True' : 'False',
      arrayAt(object, 'status', 'active').length,
      last === undefined || last === null ? '<none>' : since(last, options),
      ageOf(object, options),
      ...containerCells(objectAt(object, 'spec', 'jobTemplate', 'spec', ...TEMPLATE)),
      selectorAt(object, 'spec', 'jobTemplate', 'spec', 'selector'),
    ];
  },
};

const podDisruptionBudget: TablePrinter = {
  group: 'policy',
  kind: 'PodDisruptionBudget',
  columns: ['Name', 'Min Available', 'Max Unavailable', 'Allowed Disruptions', 'Age'],
  cells: (object, options) => [
    nameOf(object),
    textOf(valueAt(object, 'spec', 'minAvailable'), 'N/A'),
    textOf(valueAt(object, 'spec', 'maxUnavailable'), 'N/A'),
    count(object, 'status', 'disruptionsAllowed'),
    ageOf(object, options),
  ],
};

const controllerRevision: TablePrinter = {
  group: 'apps',
  kind: 'ControllerRevision',
  columns: ['Name', 'Controller', 'Revision', 'Age'],
  cells(object, options) {
    const controller = controllerOf(object);
    const { group } = parseApiVersion(controller?.apiVersion ?? '');
    const kind = `${controller?.kind.toLowerCase() ?? ''}${group === '' ? '' : `.${group}`}`;
    return [
      nameOf(object),
      controller === undefined ? '<none>' : `${kind}/${controller.name}`,
      count(object, 'revision'),
      ageOf(object, options),
    ];
  },
};

export const WORKLOADS: readonly TablePrinter[] = [
  deployment,
  replicaSet,
  replicationController,
  statefulSet,
  daemonSet,
  job,
  cronJob,
  podDisruptionBudget,
  controllerRevision,
];
