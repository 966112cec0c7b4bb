import { humanDurationMs } from '../../../apimachinery/human-duration.ts';
import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import {
  formatLabelSelector,
  labelSelectorFromMap,
  labelSelectorString,
  parseLabelSelector,
} from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import { controllerOf } from '../../../apimachinery/owner-reference.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, numberAt, objectAt, stringAt, stringMapAt, valueAt } from '../../../base/json.ts';
import { byCreation, findNewSet } from '../../controllers/deployment/replica-sets.ts';
import { labelsAt, momentMs } from '../../apiserver/printers/cells.ts';
import { storageClassOf } from './claim.ts';
import type { DescribeContext, Describer } from './describer.ts';
import { describeEvents } from './events.ts';
import { describeLabels, describeName } from './head.ts';
import { describePodTemplate } from './pod.ts';
import {
  controllerText,
  dateAt,
  goList,
  numberText,
  orNone,
  printBool,
  quantityText,
  stringsAt,
  textAt,
} from './values.ts';
import type { DescribeWriter } from './writer.ts';

function conditions(w: DescribeWriter, object: KubernetesObject): void {
  const own = arrayAt(object, 'status', 'conditions');
  if (own.length === 0) return;
  w.write(0, 'Conditions:\n  Type\tStatus\tReason\n');
  w.write(1, '----\t------\t------\n');
  for (const condition of own)
    w.write(1, `${textAt(condition, 'type')} \t${textAt(condition, 'status')}\t${textAt(condition, 'reason')}\n`);
}

/** `2 Running / 1 Waiting / 0 Succeeded / 0 Failed`. Source: `getPodStatusForController`. */
function podsText(object: KubernetesObject, selector: LabelSelector, { list }: DescribeContext): string {
  const labelSelector = labelSelectorString(selector);
  const namespace = namespaceOf(object);
  const pods = list({ resource: 'pods', labelSelector, ...(namespace === undefined ? {} : { namespace }) });
  const uid = stringAt(object, 'metadata', 'uid') ?? '';
  const own = pods.filter((pod) => {
    const controller = controllerOf(pod);
    return controller !== undefined && controller.uid === uid;
  });
  const count = (phase: string): number => own.filter((pod) => stringAt(pod, 'status', 'phase') === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}

function selectorOf(object: KubernetesObject): LabelSelector {
  return parseLabelSelector(valueAt(object, 'spec', 'selector'));
}

export const describeReplicationController: Describer = (w, object, context) => {
  describeName(w, object);
  w.field(0, 'Selector', labelsAt(object, 'spec', 'selector'));
  describeLabels(w, object);
  replicas(w, object);
  w.field(0, 'Pods Status', podsText(object, labelSelectorFromMap(valueAt(object, 'spec', 'selector')), context));
  describePodTemplate(w, valueAt(object, 'spec', 'template'));
  conditions(w, object);
  describeEvents(w, context);
};

function replicas(w: DescribeWriter, object: KubernetesObject): void {
  w.field(
    0,
    'Replicas',
    `${numberText(object, 'status', 'replicas')} current / ${numberText(object, 'spec', 'replicas')} desired`,
  );
}

export const describeReplicaSet: Describer = (w, object, context) => {
  describeName(w, object);
  w.field(0, 'Selector', formatLabelSelector(selectorOf(object)));
  describeLabels(w, object);
  const controller = controllerText(object);
  if (controller !== '') w.field(0, 'Controlled By', controller);
  replicas(w, object);
  w.field(0, 'Pods Status', podsText(object, selectorOf(object), context));
  describePodTemplate(w, valueAt(object, 'spec', 'template') ?? {});
  conditions(w, object);
  describeEvents(w, context);
};

export const describeDeployment: Describer = (w, object, context) => {
  describeName(w, object);
  w.field(0, 'CreationTimestamp', dateAt(object, 'metadata', 'creationTimestamp'));
  describeLabels(w, object);
  w.field(0, 'Selector', labelSelectorString(selectorOf(object)));
  const status = (field: string): string => numberText(object, 'status', field);
  w.field(
    0,
    'Replicas',
    `${numberText(object, 'spec', 'replicas')} desired | ${status('updatedReplicas')} updated | ${status('replicas')} total | ${status('availableReplicas')} available | ${status('unavailableReplicas')} unavailable`,
  );
  w.field(0, 'StrategyType', textAt(object, 'spec', 'strategy', 'type'));
  w.field(0, 'MinReadySeconds', numberText(object, 'spec', 'minReadySeconds'));
  const rolling = objectAt(object, 'spec', 'strategy', 'rollingUpdate');
  if (rolling !== undefined) {
    const [unavailable, surge] = [numberText(rolling, 'maxUnavailable'), numberText(rolling, 'maxSurge')];
    w.field(0, 'RollingUpdateStrategy', `${unavailable} max unavailable, ${surge} max surge`);
  }
  describePodTemplate(w, valueAt(object, 'spec', 'template') ?? {});
  conditions(w, object);
  const own = replicaSetsOf(object, context);
  const current = findNewSet(object, own);
  const old = own.filter((one) => one !== current);
  if (own.length > 0) {
    w.field(0, 'OldReplicaSets', replicaSetsText(old));
    w.field(0, 'NewReplicaSet', replicaSetsText(current === undefined ? [] : [current]));
  }
  describeEvents(w, context);
};

/** ReplicaSets that the Deployment controls. Source: kubectl/pkg/util/deployment/deployment.go `GetAllReplicaSets`. */
function replicaSetsOf(object: KubernetesObject, { list }: DescribeContext): readonly KubernetesObject[] {
  const labelSelector = labelSelectorString(selectorOf(object));
  const namespace = namespaceOf(object);
  const uid = stringAt(object, 'metadata', 'uid') ?? '';
  const found = list({
    resource: 'replicasets.apps',
    labelSelector,
    ...(namespace === undefined ? {} : { namespace }),
  });
  return found.filter((replicaSet) => controllerOf(replicaSet)?.uid === uid).toSorted(byCreation);
}

function replicaSetsText(sets: readonly KubernetesObject[]): string {
  return orNone(
    sets
      .map(
        (one) =>
          `${textAt(one, 'metadata', 'name')} (${numberText(one, 'status', 'replicas')}/${numberText(one, 'spec', 'replicas')} replicas created)`,
      )
      .join(', '),
  );
}

export const describeDaemonSet: Describer = (w, object, context) => {
  describeName(w, object);
  w.field(0, 'Selector', labelSelectorString(selectorOf(object)));
  w.field(0, 'Node-Selector', labelsAt(object, 'spec', 'template', 'spec', 'nodeSelector'));
  describeLabels(w, object);
  for (const [title, field] of [
    ['Desired Number of Nodes Scheduled', 'desiredNumberScheduled'],
    ['Current Number of Nodes Scheduled', 'currentNumberScheduled'],
    ['Number of Nodes Scheduled with Up-to-date Pods', 'updatedNumberScheduled'],
    ['Number of Nodes Scheduled with Available Pods', 'numberAvailable'],
    ['Number of Nodes Misscheduled', 'numberMisscheduled'],
  ] as const)
    w.write(0, `${title}: ${numberText(object, 'status', field)}\n`);
  w.field(0, 'Pods Status', podsText(object, selectorOf(object), context));
  describePodTemplate(w, valueAt(object, 'spec', 'template') ?? {});
  describeEvents(w, context);
};

export const describeStatefulSet: Describer = (w, object, context) => {
  describeName(w, object);
  w.field(0, 'CreationTimestamp', dateAt(object, 'metadata', 'creationTimestamp'));
  w.field(0, 'Selector', labelSelectorString(selectorOf(object)));
  describeLabels(w, object);
  w.field(
    0,
    'Replicas',
    `${numberText(object, 'spec', 'replicas')} desired | ${numberText(object, 'status', 'replicas')} total`,
  );
  w.field(0, 'Update Strategy', textAt(object, 'spec', 'updateStrategy', 'type'));
  const rolling = objectAt(object, 'spec', 'updateStrategy', 'rollingUpdate');
  if (numberAt(rolling, 'partition') !== undefined) {
    w.field(1, 'Partition', numberText(rolling, 'partition'));
    if (valueAt(rolling, 'maxUnavailable') !== undefined)
      w.field(1, 'MaxUnavailable', textAt(rolling, 'maxUnavailable'));
  }
  w.field(0, 'Pods Status', podsText(object, selectorOf(object), context));
  describePodTemplate(w, valueAt(object, 'spec', 'template') ?? {});
  claimTemplates(w, arrayAt(object, 'spec', 'volumeClaimTemplates'));
  describeEvents(w, context);
};

function claimTemplates(w: DescribeWriter, templates: readonly JsonValue[]): void {
  if (templates.length === 0) return w.field(0, 'Volume Claims', '<none>');
  w.write(0, 'Volume Claims:\n');
  for (const template of templates) {
    w.field(1, 'Name', textAt(template, 'metadata', 'name'));
    w.field(1, 'StorageClass', storageClassOf(template));
    w.labels('Labels', stringMapAt(template, 'metadata', 'labels'), '  ');
    w.labels('Annotations', stringMapAt(template, 'metadata', 'annotations'), '  ');
    const storage = valueAt(template, 'spec', 'resources', 'requests', 'storage');
    w.field(1, 'Capacity', storage === undefined ? '<default>' : quantityText(storage));
    w.field(1, 'Access Modes', goList(stringsAt(template, 'spec', 'accessModes')));
  }
}

export const describeJob: Describer = (w, object, context) => {
  describeName(w, object);
  w.field(0, 'Selector', labelSelectorString(selectorOf(object)));
  describeLabels(w, object);
  const optional = (title: string, value: string): void => {
    if (value !== '') w.field(0, title, value);
  };
  const spec = (field: string): string => textAt(object, 'spec', field);
  const status = (field: string): string => numberText(object, 'status', field);
  optional('Controlled By', controllerText(object));
  optional('Parallelism', spec('parallelism'));
  w.field(0, 'Completions', spec('completions') || '<unset>');
  optional('Completion Mode', spec('completionMode'));
  optional('Suspend', spec('suspend'));
  optional('Backoff Limit', spec('backoffLimit'));
  optional('TTL Seconds After Finished', spec('ttlSecondsAfterFinished'));
  const [start, end] = ['startTime', 'completionTime'].map((field) => momentMs(valueAt(object, 'status', field)));
  if (start !== undefined) w.field(0, 'Start Time', dateAt(object, 'status', 'startTime'));
  if (end !== undefined) w.field(0, 'Completed At', dateAt(object, 'status', 'completionTime'));
  if (start !== undefined && end !== undefined) w.field(0, 'Duration', humanDurationMs(end - start));
  if (spec('activeDeadlineSeconds') !== '') w.field(0, 'Active Deadline Seconds', `${spec('activeDeadlineSeconds')}s`);
  const ready = textAt(object, 'status', 'ready');
  const active = `${status('active')} Active${ready === '' ? '' : ` (${ready} Ready)`}`;
  w.field(0, 'Pods Statuses', `${active} / ${status('succeeded')} Succeeded / ${status('failed')} Failed`);
  if (spec('completionMode') === 'Indexed')
    w.field(0, 'Completed Indexes', cappedIndexes(textAt(object, 'status', 'completedIndexes')));
  describePodTemplate(w, valueAt(object, 'spec', 'template') ?? {});
  describeEvents(w, context);
};

/** So many letters at least, up to the next comma. Source: `capIndexesListOrNone`. */
function cappedIndexes(indexes: string): string {
  const comma = indexes.indexOf(',', 50);
  return comma < 0 ? orNone(indexes) : `${indexes.slice(0, comma + 1)}...`;
}

export const describeCronJob: Describer = (w, object, context) => {
  describeName(w, object);
  describeLabels(w, object);
  const spec = (field: string): string => textAt(object, 'spec', field);
  w.field(0, 'Schedule', spec('schedule'));
  w.field(0, 'Concurrency Policy', spec('concurrencyPolicy'));
  w.field(0, 'Suspend', printBool(booleanAt(object, 'spec', 'suspend')));
  w.field(0, 'Time Zone', nameAt(object, 'spec', 'timeZone') ?? '<unset>');
  w.field(0, 'Successful Job History Limit', spec('successfulJobsHistoryLimit') || '<unset>');
  w.field(0, 'Failed Job History Limit', spec('failedJobsHistoryLimit') || '<unset>');
  const deadline = spec('startingDeadlineSeconds');
  w.field(0, 'Starting Deadline Seconds', deadline === '' ? '<unset>' : `${deadline}s`);
  const template = objectAt(object, 'spec', 'jobTemplate', 'spec');
  const selector = valueAt(template, 'selector');
  w.field(0, 'Selector', selector === undefined ? '<unset>' : labelSelectorString(parseLabelSelector(selector)));
  w.field(0, 'Parallelism', textAt(template, 'parallelism') || '<unset>');
  w.field(0, 'Completions', textAt(template, 'completions') || '<unset>');
  const active = textAt(template, 'activeDeadlineSeconds');
  if (active !== '') w.field(0, 'Active Deadline Seconds', `${active}s`);
  describePodTemplate(w, valueAt(template, 'template') ?? {});
  const last = stringAt(object, 'status', 'lastScheduleTime');
  w.field(0, 'Last Schedule Time', last === undefined ? '<unset>' : dateAt(object, 'status', 'lastScheduleTime'));
  const jobs = arrayAt(object, 'status', 'active').map((job) => textAt(job, 'name'));
  w.field(0, 'Active Jobs', orNone(jobs.join(', ')));
  describeEvents(w, context);
};
