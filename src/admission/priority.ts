import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { JsonValue } from '../base/json.ts';
import { booleanAt, nameAt, numberAt, stringAt, valueAt } from '../base/json.ts';
import { withFields } from './edit-object.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { isFor } from './admission-request.ts';
import type { Answer, Refusal } from './answer.ts';
import { forbidden } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';

/**
 * Gives a Pod the number that its PriorityClass stands for; sees to it that one class at most is the default.
 * Source: plugin/pkg/admission/priority/admission.go, 1.36.
 */
export const priority: AdmissionPlugin = {
  name: 'Priority',
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  admit(request, cluster) {
    if (!isFor(request, 'pods') || request.object === undefined) return undefined;
    if (request.operation === 'CREATE') return admitPod(request, request.object, cluster);
    return request.operation === 'UPDATE' ? keepPriority(request.object, request.oldObject) : undefined;
  },
  validate(request, cluster) {
    return isFor(request, 'priorityclasses.scheduling.k8s.io') ? validatePriorityClass(request, cluster) : undefined;
  },
};

const PRIORITY_CLASS: GroupKind = { group: 'scheduling.k8s.io', kind: 'PriorityClass' };

interface ComputedPriority {
  readonly className: string;
  readonly value: number;
  readonly preemptionPolicy: JsonValue | undefined;
}

function admitPod(request: AdmissionRequest, pod: KubernetesObject, cluster: ClusterView): Answer {
  const computed = computedPriority(request, pod, cluster);
  if ('code' in computed) return computed;
  const { className, value, preemptionPolicy } = computed;
  const objects = className === '' ? [] : [classKey(className)];
  const given = numberAt(pod, 'spec', 'priority');
  if (given !== undefined && given !== value) {
    return forbidden(
      request,
      `the integer value of priority (${given}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
      { field: ['spec', 'priority'], objects },
    );
  }
  const givenPolicy = stringAt(pod, 'spec', 'preemptionPolicy');
  if (typeof preemptionPolicy === 'string' && givenPolicy !== undefined && givenPolicy !== preemptionPolicy) {
    return forbidden(
      request,
      `the string value of PreemptionPolicy (${givenPolicy}) must not be provided in pod spec; priority admission controller computed ${preemptionPolicy} from the given PriorityClass name`,
      { field: ['spec', 'preemptionPolicy'], objects },
    );
  }
  return {
    object: withFields(pod, ['spec'], {
      ...(className === '' ? {} : { priorityClassName: className }),
      priority: value,
      ...(typeof preemptionPolicy === 'string' ? { preemptionPolicy } : {}),
    }),
  };
}

function computedPriority(
  request: AdmissionRequest,
  pod: KubernetesObject,
  cluster: ClusterView,
): ComputedPriority | Refusal {
  const className = nameAt(pod, 'spec', 'priorityClassName');
  if (className === undefined) {
    const found = defaultClass(cluster);
    return found ? priorityOf(found) : { className: '', value: 0, preemptionPolicy: 'PreemptLowerPriority' };
  }
  const found = cluster.get(PRIORITY_CLASS, '', className);
  if (found) return priorityOf(found);
  return forbidden(request, `no PriorityClass with name ${className} was found`, {
    field: ['spec', 'priorityClassName'],
    missing: classKey(className),
  });
}

function priorityOf(found: KubernetesObject): ComputedPriority {
  return {
    className: nameOf(found),
    value: numberAt(found, 'value') ?? 0,
    preemptionPolicy: valueAt(found, 'preemptionPolicy'),
  };
}

/** Of several the one of the lowest value. */
function defaultClass(cluster: ClusterView): KubernetesObject | undefined {
  let lowest: KubernetesObject | undefined;
  for (const found of cluster.list(PRIORITY_CLASS, '')) {
    if (booleanAt(found, 'globalDefault') !== true) continue;
    if (lowest === undefined || (numberAt(lowest, 'value') ?? 0) > (numberAt(found, 'value') ?? 0)) lowest = found;
  }
  return lowest;
}

/** A client that knows nothing of priorities does not take them away. */
function keepPriority(pod: KubernetesObject, old: KubernetesObject | undefined): Answer {
  const kept: Record<string, JsonValue> = {};
  for (const field of ['priority', 'preemptionPolicy']) {
    const before = valueAt(old, 'spec', field) ?? null;
    if ((valueAt(pod, 'spec', field) ?? null) === null && before !== null) kept[field] = before;
  }
  return Object.keys(kept).length === 0 ? undefined : { object: withFields(pod, ['spec'], kept) };
}

function validatePriorityClass(request: AdmissionRequest, cluster: ClusterView): Answer {
  const { operation, object } = request;
  if (object === undefined || (operation !== 'CREATE' && operation !== 'UPDATE')) return undefined;
  if (booleanAt(object, 'globalDefault') !== true) return undefined;
  const found = defaultClass(cluster);
  if (found === undefined || (operation === 'UPDATE' && nameOf(found) === nameOf(object))) return undefined;
  return forbidden(request, `PriorityClass ${nameOf(found)} is already marked as default. Only one default can exist`, {
    field: ['globalDefault'],
    objects: [classKey(nameOf(found))],
  });
}

function classKey(name: string) {
  return { ...PRIORITY_CLASS, namespace: '', name };
}
