import { arrayAt, asString } from '../../base/json.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { DesignRecord, RecordId } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { DesignView } from '../view/design-view.ts';
import type { Check } from './check.ts';

/** A claim that one Node at a time may mount, in the hands of several Pods: they must all land on that Node. */
export const sharedClaim: Check = {
  name: 'shared-claim',
  look(record, view) {
    const asked = new Set<RecordId>();
    return view.outgoing(record.id).flatMap(({ to, declaration }): readonly Problem[] => {
      if (declaration.type !== 'claim' || to === null || asked.has(to)) return [];
      asked.add(to);
      const users = usersOf(to, view);
      // Told once, of the first that uses it.
      return users[0] === record.id ? problemOf(record, declaration.field, to, users, view) : [];
    });
  },
};

function usersOf(claim: RecordId, view: DesignView): readonly RecordId[] {
  return [
    ...new Set(view.incoming(claim).flatMap(({ from, declaration }) => (declaration.type === 'claim' ? [from] : []))),
  ];
}

function problemOf(
  { id }: DesignRecord,
  field: Problem['field'],
  claimId: RecordId,
  users: readonly RecordId[],
  view: DesignView,
): readonly Problem[] {
  const claim = view.record(claimId);
  const modes = arrayAt(claim?.object, 'spec', 'accessModes').map(asString);
  const single = modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
  if (!claim || !single) return [];
  const pods = users.reduce((sum, user) => sum + podsOf(view.record(user), view), 0);
  if (pods < 2) return [];
  const certain = modes.every((mode) => mode === 'ReadWriteOncePod');
  return [
    {
      id: 'claim.usedByMany',
      severity: certain ? 'error' : 'warning',
      record: id,
      field,
      related: [claimId, ...users.slice(1)],
      params: { claim: nameOf(claim.object), mode: modes.join(', '), pods },
    },
  ];
}

function podsOf(user: DesignRecord | undefined, { registry }: DesignView): number {
  return user === undefined ? 0 : (registry.of(user.object).summary?.(user.object).pods ?? 1);
}
