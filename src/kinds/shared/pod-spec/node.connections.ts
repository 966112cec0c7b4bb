import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { taintsOf, tolerationsTolerate } from '../../../apimachinery/taints.ts';
import { arrayAt, nameAt, stringAt } from '../../../base/json.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import type { ConnectionChosen, ConnectionEdits, ConnectionOption, PodTemplateView } from '../../kind.ts';

const HOSTNAME_LABEL = 'kubernetes.io/hostname';
const REQUIRED = ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'];
const PREFERRED = ['affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution'];
/** Of 1 to 100: a preference that others outweigh only together. */
const PREFERENCE_WEIGHT = 50;

/**
 * Pods go only to Nodes with a label of this one, by its host name unless another is chosen, so that the scheduler still
 * checks whether they fit; `nodeName` would go past it.
 */
export function placeOnNode(
  { spec, specPath }: PodTemplateView,
  target: KubernetesObject,
  chosen?: ConnectionChosen,
): ConnectionEdits | Refusal {
  const { key, value, label } = chosenLabel(target, chosen);
  if (stringAt(spec, 'nodeName') === nameOf(target) || stringAt(spec, 'nodeSelector', key) === value)
    return { refused: 'connect.already' };
  return { source: [{ op: 'set', path: [...specPath, 'nodeSelector', key], value }], ...label };
}

/** The same as required affinity: it can be widened to several values later. */
export function requireNode(
  { spec, specPath }: PodTemplateView,
  target: KubernetesObject,
  chosen?: ConnectionChosen,
): ConnectionEdits | Refusal {
  const { key, value, label } = chosenLabel(target, chosen);
  const expression = { key, operator: 'In', values: [value] };
  const terms = arrayAt(spec, ...REQUIRED);
  if (terms.some((term) => arrayAt(term, 'matchExpressions').some((known) => isSame(known, key, value))))
    return { refused: 'connect.already' };
  const path = [...specPath, ...REQUIRED];
  // Terms are alternatives: each of them has to ask for the label.
  const source: readonly FieldEdit[] =
    terms.length === 0
      ? [{ op: 'append', path, value: { matchExpressions: [expression] } }]
      : terms.flatMap((term, index) =>
          // A term that asks for nothing matches no Node, and stays so.
          isEmptyTerm(term) ? [] : [{ op: 'append', path: [...path, index, 'matchExpressions'], value: expression }],
        );
  return { source, ...label };
}

/** Nodes with the label score higher; where they are full, Pods go elsewhere. */
export function preferNode(
  { spec, specPath }: PodTemplateView,
  target: KubernetesObject,
  chosen?: ConnectionChosen,
): ConnectionEdits | Refusal {
  const { key, value, label } = chosenLabel(target, chosen);
  const known = arrayAt(spec, ...PREFERRED).some((entry) =>
    arrayAt(entry, 'preference', 'matchExpressions').some((expression) => isSame(expression, key, value)),
  );
  if (known) return { refused: 'connect.already' };
  const preference = { matchExpressions: [{ key, operator: 'In', values: [value] }] };
  const entry = { weight: PREFERENCE_WEIGHT, preference };
  return { source: [{ op: 'append', path: [...specPath, ...PREFERRED], value: entry }], ...label };
}

/** Which label of the Node is meant. */
export function labelOptions(_template: PodTemplateView, target: KubernetesObject): readonly ConnectionOption[] {
  const labels = new Map([[HOSTNAME_LABEL, nameOf(target)], ...labelsOf(target)]);
  const values = [...labels].map(([key, value]) => `${key}=${value}`);
  const [value] = values;
  return value === undefined || values.length < 2 ? [] : [{ id: 'label', value, values }];
}

/** Lets Pods onto a Node in spite of its taints; it does not lead them there. */
export function tolerateNode({ spec, specPath }: PodTemplateView, target: KubernetesObject): ConnectionEdits | Refusal {
  const taints = taintsOf(target).filter((taint) => nameAt(taint, 'effect') !== 'PreferNoSchedule');
  if (taints.length === 0) return { refused: 'connect.noTaint' };
  const known = arrayAt(spec, 'tolerations');
  const open = taints.filter((taint) => !tolerationsTolerate(known, taint));
  if (open.length === 0) return { refused: 'connect.already' };
  return {
    source: open.map((taint): FieldEdit => {
      const [value, effect] = [nameAt(taint, 'value'), nameAt(taint, 'effect')];
      const toleration: JsonObject = {
        key: nameAt(taint, 'key') ?? '',
        ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
        ...(effect === undefined ? {} : { effect }),
      };
      return { op: 'append', path: [...specPath, 'tolerations'], value: toleration };
    }),
  };
}

interface ChosenLabel {
  readonly key: string;
  readonly value: string;
  /** The kubelet labels its Node with its host name; a Node of a file may have to be labelled first. */
  readonly label: Pick<ConnectionEdits, 'target'>;
}

function chosenLabel(node: KubernetesObject, chosen: ConnectionChosen | undefined): ChosenLabel {
  const labels = labelsOf(node);
  const text = chosen?.label ?? '';
  const key = text.slice(0, Math.max(0, text.indexOf('='))) || HOSTNAME_LABEL;
  const value = labels.get(key);
  if (value !== undefined) return { key, value, label: {} };
  const hostname = nameOf(node);
  return {
    key: HOSTNAME_LABEL,
    value: labels.get(HOSTNAME_LABEL) ?? hostname,
    label: labels.has(HOSTNAME_LABEL)
      ? {}
      : { target: [{ op: 'set', path: ['metadata', 'labels', HOSTNAME_LABEL], value: hostname }] },
  };
}

function isEmptyTerm(term: unknown): boolean {
  return arrayAt(term, 'matchExpressions').length + arrayAt(term, 'matchFields').length === 0;
}

function isSame(expression: unknown, key: string, value: string): boolean {
  const values = arrayAt(expression, 'values');
  return (
    stringAt(expression, 'key') === key &&
    stringAt(expression, 'operator') === 'In' &&
    values.length === 1 &&
    values[0] === value
  );
}
