import { selectsObject } from '../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../apimachinery/label-selector.ts';
import { parseLabelSelectorString } from '../../apimachinery/label-selector-string.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
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
  if (labelSelector !== undefined && labelSelector !== '' && !selectsObject(labelsRead(labelSelector), object))
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

/** One comparison of a field selector; undefined where a part of it is none: such a selector selects nothing. */
interface FieldTerm {
  readonly path: readonly string[];
  readonly wanted: string;
  readonly isEqual: boolean;
}

const parsedFields = new Map<string, readonly (FieldTerm | undefined)[]>();

function fieldsMatch(object: KubernetesObject, text: string): boolean {
  let terms = parsedFields.get(text);
  if (terms === undefined) parsedFields.set(text, (terms = fieldTermsOf(text)));
  for (const term of terms)
    if (term === undefined || (fieldValue(object, term.path) === term.wanted) !== term.isEqual) return false;
  return true;
}

function fieldTermsOf(text: string): readonly (FieldTerm | undefined)[] {
  return text
    .split(',')
    .filter((term) => term !== '')
    .map((term) => {
      const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(term);
      if (match === null) return undefined;
      const [, field = '', operator, wanted = ''] = match;
      return { path: field.split('.'), wanted, isEqual: operator !== '!=' };
    });
}

function fieldValue(object: KubernetesObject, path: readonly string[]): string {
  if (path.length === 2 && path[0] === 'metadata') {
    if (path[1] === 'name') return nameOf(object);
    if (path[1] === 'namespace') return namespaceOf(object) ?? '';
  }
  return stringAt(object, ...path) ?? '';
}
