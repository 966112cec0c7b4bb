import { matchesLabels } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import { parseLabelSelectorString } from '../../apimachinery/label-selector-string.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { stringAt } from '../../base/json.ts';

/** What a list or watch wants to see. */
export interface Selection {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

const parsed = new Map<string, LabelSelector>();

/** Whether an object is wanted. Field selectors compare with `=`, `==` and `!=`. */
export function isSelected(object: KubernetesObject, { namespace, labelSelector, fieldSelector }: Selection): boolean {
  if (namespace !== undefined && namespaceOf(object) !== namespace) return false;
  if (
    labelSelector !== undefined &&
    labelSelector !== '' &&
    !matchesLabels(labelsRead(labelSelector), labelsOf(object))
  )
    return false;
  return fieldSelector === undefined || fieldsMatch(object, fieldSelector);
}

function labelsRead(text: string): LabelSelector {
  let selector = parsed.get(text);
  if (selector === undefined) {
    const result = parseLabelSelectorString(text);
    selector = result;
    parsed.set(text, selector);
  }
  return selector;
}

function fieldsMatch(object: KubernetesObject, text: string): boolean {
  return text
    .split(',')
    .filter((term) => term !== '')
    .every((term) => {
      const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(term);
      if (match === null) return false;
      const [, field, operator, wanted] = match;
      return (fieldValue(object, field!) === wanted) !== (operator === '!=');
    });
}

function fieldValue(object: KubernetesObject, field: string): string {
  if (field === 'metadata.name') return nameOf(object);
  if (field === 'metadata.namespace') return namespaceOf(object) ?? '';
  return stringAt(object, ...field.split('.')) ?? '';
}
