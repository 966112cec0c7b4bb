import { asName, valueAt } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { Check } from './check.ts';

/** Two Ingress rules for one host and path in one class: which of them answers depends on the controller. */
export const sameRoute: Check = {
  name: 'same-route',
  find({ design, graph }) {
    const first = new Map<string, DesignRecord>();
    const seen = new Set<string>();
    return graph.references.flatMap(({ from, declaration: { type, field } }): Problem[] => {
      const at = field.indexOf('paths');
      if (type !== 'backend' || at < 0 || field[1] !== 'rules') return [];
      const record = design.records.get(from)!;
      const place = `${from} ${field.slice(0, at + 2).join('/')}`;
      if (seen.has(place)) return [];
      seen.add(place);
      const host = asName(valueAt(record.object, 'spec', 'rules', field[2]!, 'host')) ?? '*';
      const entry = valueAt(record.object, ...field.slice(0, at + 2));
      const path = asName(valueAt(entry, 'path')) ?? '/';
      const ingressClass = asName(valueAt(record.object, 'spec', 'ingressClassName')) ?? '';
      const key = [ingressClass, host, path, asName(valueAt(entry, 'pathType')) ?? ''].join(' ');
      const before = first.get(key);
      if (!before) {
        first.set(key, record);
        return [];
      }
      return [
        {
          id: 'ingress.sameRoute',
          severity: 'warning',
          record: from,
          field: field.slice(0, at + 2),
          related: [before.id],
          params: { host, path, other: nameOf(before.object) },
        },
      ];
    });
  },
};
