import { arrayAt, asString } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Problem } from '../problem.ts';
import type { Check } from './check.ts';

/** A claim that one Node at a time may mount, in the hands of several Pods: they must all land on that Node. */
export const sharedClaim: Check = {
  name: 'shared-claim',
  find({ design, graph, registry }) {
    const users = new Map<
      string,
      { readonly records: Set<string>; pods: number; readonly field: readonly (string | number)[] }
    >();
    for (const { from, to, declaration } of graph.references) {
      if (declaration.type !== 'claim' || to === null) continue;
      const user = users.get(to) ?? { records: new Set(), pods: 0, field: declaration.field };
      users.set(to, user);
      if (user.records.has(from)) continue;
      user.records.add(from);
      const { object } = design.records.get(from)!;
      user.pods += registry.of(object).summary?.(object).pods ?? 1;
    }
    return [...users].flatMap(([claim, user]): Problem[] => {
      const record = design.records.get(claim)!;
      const modes = arrayAt(record.object, 'spec', 'accessModes').map(asString);
      const single = modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
      if (!single || user.pods < 2) return [];
      const certain = modes.every((mode) => mode === 'ReadWriteOncePod');
      const [first, ...others] = user.records;
      return [
        {
          id: 'claim.usedByMany',
          severity: certain ? 'error' : 'warning',
          record: first!,
          field: user.field,
          related: [claim, ...others],
          params: { claim: nameOf(record.object), mode: modes.join(', '), pods: user.pods },
        },
      ];
    });
  },
};
