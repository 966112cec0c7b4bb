import { nameOf } from '../../apimachinery/object.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import { identities } from '../view/keys.ts';
import type { DesignView } from '../view/design-view.ts';
import type { Check } from './check.ts';

/** A reference to one entry of a ConfigMap or Secret that is there, and does not hold the entry. */
export const missingKey: Check = {
  name: 'missing-key',
  look: (record, view) =>
    view.outgoing(record.id).flatMap(({ from, to, declaration }): readonly Problem[] => {
      const { key, optional } = declaration;
      if (key === undefined || optional === true || to === null) return [];
      const target = view.record(to);
      if (!target || holdsKey(target, key, view)) return [];
      return [
        {
          id: 'reference.keyMissing',
          severity: 'error',
          record: from,
          field: declaration.field,
          related: [target.id],
          params: { key, kind: target.object.kind, name: nameOf(target.object) },
        },
      ];
    }),
};

/** A folder may hold several versions of one object, each for another exercise: an entry of any of them will do. */
function holdsKey(target: DesignRecord, key: string, view: DesignView): boolean {
  const { keys } = view.registry.of(target.object);
  if (!keys) return true;
  if (keys(target.object).includes(key)) return true;
  return view.members(identities, target.identity).some(({ object }) => keys(object).includes(key));
}
