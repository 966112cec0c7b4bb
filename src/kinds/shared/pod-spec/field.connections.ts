import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
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
