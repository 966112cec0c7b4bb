import { nameOf } from '../../apimachinery/object.ts';
import type { Problem } from '../problem.ts';
import type { Check } from './check.ts';

/** A reference to one entry of a ConfigMap or Secret that is there, and does not hold the entry. */
export const missingKey: Check = {
  name: 'missing-key',
  find({ design, graph, registry }) {
    const problems: Problem[] = [];
    const keysOf = new Map<string, ReadonlySet<string>>();
    for (const { from, to, declaration } of graph.references) {
      const { key, optional } = declaration;
      const target = to === null ? undefined : design.records.get(to);
      const keys = target && registry.of(target.object).keys;
      if (key === undefined || optional === true || !target || !keys) continue;
      let known = keysOf.get(target.id);
      if (!known) keysOf.set(target.id, (known = new Set(keys(target.object))));
      if (known.has(key)) continue;
      problems.push({
        id: 'reference.keyMissing',
        severity: 'error',
        record: from,
        field: declaration.field,
        related: [target.id],
        params: { key, kind: target.object.kind, name: nameOf(target.object) },
      });
    }
    return problems;
  },
};
