import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { stringAt, valueAt } from '../../../base/json.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import type { ConnectionEdits, PodTemplateView } from '../../kind.ts';
import { serviceAccountNameOf } from './service-account.ts';

/** Pods run as a ServiceAccount; the older field is kept in step where it is written. */
export function setServiceAccount(
  { spec, specPath }: PodTemplateView,
  target: KubernetesObject,
): ConnectionEdits | Refusal {
  const value = nameOf(target);
  if (serviceAccountNameOf(spec) === value) return { refused: 'connect.already' };
  const edits: FieldEdit[] = [{ op: 'set', path: [...specPath, 'serviceAccountName'], value }];
  if (valueAt(spec, 'serviceAccount') !== undefined) {
    edits.push({ op: 'set', path: [...specPath, 'serviceAccount'], value });
  }
  return { source: edits };
}

/** The class decides priority and preemption: numbers that admission wrote for another class would be refused. */
export const setPriorityClass = setClass('priorityClassName', ['priority', 'preemptionPolicy']);

/** The class decides the overhead: one that admission wrote for another class would be refused. */
export const setRuntimeClass = setClass('runtimeClassName', ['overhead']);

function setClass(field: string, decided: readonly string[]) {
  return ({ spec, specPath }: PodTemplateView, target: KubernetesObject): ConnectionEdits | Refusal => {
    const value = nameOf(target);
    if (stringAt(spec, field) === value) return { refused: 'connect.already' };
    const stale = decided.filter((name) => valueAt(spec, name) !== undefined);
    return {
      source: [
        { op: 'set', path: [...specPath, field], value },
        ...stale.map((name): FieldEdit => ({ op: 'delete', path: [...specPath, name] })),
      ],
    };
  };
}

const HOSTNAME_LABEL = 'kubernetes.io/hostname';

/**
 * Pods go to one Node by its host name label, so that the scheduler still checks whether they fit; `nodeName` would
 * go past it. The kubelet labels its Node; a Node of a file may have to be labelled first.
 */
export function placeOnNode({ spec, specPath }: PodTemplateView, target: KubernetesObject): ConnectionEdits | Refusal {
  const name = nameOf(target);
  const label = labelsOf(target).get(HOSTNAME_LABEL);
  const hostname = label ?? name;
  if (stringAt(spec, 'nodeName') === name || stringAt(spec, 'nodeSelector', HOSTNAME_LABEL) === hostname) {
    return { refused: 'connect.already' };
  }
  const source: FieldEdit[] = [{ op: 'set', path: [...specPath, 'nodeSelector', HOSTNAME_LABEL], value: hostname }];
  if (label !== undefined) return { source };
  return { source, target: [{ op: 'set', path: ['metadata', 'labels', HOSTNAME_LABEL], value: hostname }] };
}
