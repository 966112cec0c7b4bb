import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import { arrayAt, objectAt, stringMapAt, valueAt } from '../../base/json.ts';
import type { Edit } from '../../manifest/edit.ts';
import type { Fixer } from './fix.ts';
import { fixOf } from './one-edit.ts';

/** A workload without a selector, or one whose selector and template disagree: each can be read from the other. */
export const templateLabels: Fixer = {
  problems: ['object.invalid', 'selector.doesNotMatchTemplate'],
  fixes({ id, record, field, params }, { design, registry }) {
    const object = design.records.get(record)?.object;
    const template = object && registry.of(object).podTemplate?.(object);
    if (!object || !template || valueAt(template.spec) === object['spec']) return [];
    const labels = Object.fromEntries(template.labels);
    const selector = valueAt(object, 'spec', 'selector');
    if (id === 'object.invalid' && params['reason'] === 'FieldValueRequired' && field.join('.') === 'spec.selector') {
      if (template.labels.size === 0 || objectAt(object, 'spec', 'selector', 'matchLabels')) return [];
      return [
        fixOf('selectorFromLabels', {}, record, {
          op: 'set',
          path: ['spec', 'selector', 'matchLabels'],
          value: labels,
        }),
      ];
    }
    if (id === 'object.invalid' && !String(params['message']).includes('`selector` does not match template `labels`'))
      return [];
    if (arrayAt(selector, 'matchExpressions').length > 0) return [];
    const wanted = stringMapAt(selector, 'matchLabels');
    const after = new Map([...template.labels, ...wanted]);
    if (wanted.size === 0 || !matchesLabels(parseLabelSelector(selector), after)) return [];
    const edits = [...wanted]
      .filter(([key, value]) => template.labels.get(key) !== value)
      .map(([key, value]): Edit => ({ op: 'set', path: [...template.labelsPath, key], value }));
    return edits.length === 0 ? [] : [fixOf('labelsFromSelector', {}, record, ...edits)];
  },
};
