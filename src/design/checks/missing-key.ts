import { nameOf } from '../../apimachinery/object.ts';
import type { Problem } from '../problem.ts';
import type { DesignRecord } from '../design.ts';
import type { Check, CheckContext } from './check.ts';

/** A reference to one entry of a ConfigMap or Secret that is there, and does not hold the entry. */
export const missingKey: Check = {
  name: 'missing-key',
  find(context) {
    const { design, graph, registry } = context;
    const problems: Problem[] = [];
    const keysOf = new Map<string, ReadonlySet<string>>();
    const versions = versionsOfKeyed(context);
    for (const { from, to, declaration } of graph.references) {
      const { key, optional } = declaration;
      const target = to === null ? undefined : design.records.get(to);
      const keys = target && registry.of(target.object).keys;
      if (key === undefined || optional === true || !target || !keys) continue;
      let known = keysOf.get(target.id);
      if (!known) {
        const records = versions.get(target.identity) ?? [target];
        keysOf.set(target.id, (known = new Set(records.flatMap(({ object }) => keys(object)))));
      }
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

/** A folder may hold several versions of one object, each for another exercise: an entry of any of them will do. */
function versionsOfKeyed({ design, registry }: CheckContext): ReadonlyMap<string, readonly DesignRecord[]> {
  const versions = new Map<string, DesignRecord[]>();
  for (const record of design.records.values()) {
    if (!registry.of(record.object).keys) continue;
    const list = versions.get(record.identity);
    if (list) list.push(record);
    else versions.set(record.identity, [record]);
  }
  return versions;
}
