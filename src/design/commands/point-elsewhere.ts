import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import { applyFollowing, follow, isByName } from '../follow-references.ts';
import type { Renaming } from '../follow-references.ts';
import type { Command } from './command.ts';

export interface PointElsewhereArguments {
  /** What is pointed at now. */
  readonly identity: ObjectIdentity;
  /** What shall be pointed at: an object of the same kind. */
  readonly target: RecordId;
}

/** Everything that names one object names another from now on. */
export const pointElsewhere: Command<PointElsewhereArguments> = {
  id: 'record.pointElsewhere',
  canRun: ({ design }, { target }) => (design.records.has(target) ? undefined : { refused: 'command.noSuchRecord' }),
  run(context, { identity, target }) {
    const record = context.design.records.get(target);
    if (!record) return { refused: 'command.noSuchRecord' };
    const before = parseObjectIdentity(identity);
    const kind = context.registry.canonical(before);
    if (context.registry.canonical(groupVersionKindOf(record.object)) !== kind) return { refused: 'connect.noMeaning' };
    const to = { name: nameOf(record.object), namespace: record.namespace };
    const pointing = context.graph.references.filter(
      ({ toIdentity, declaration }) => toIdentity === identity && isByName(declaration),
    );
    const renaming: Renaming = ({ target: named }) =>
      named.name === before.name && named.namespace === before.namespace && context.registry.canonical(named) === kind
        ? to
        : undefined;
    const edits = new EditSet();
    follow(context, edits, new Set(pointing.map(({ from }) => from)), renaming);
    const next = applyFollowing(context, edits, renaming);
    if (isRefused(next)) return next;
    if (next === context.design) return { refused: 'command.noChange' };
    return {
      design: next,
      description: { id: 'record.pointElsewhere', params: { from: before.name, to: to.name } },
      select: [target],
    };
  },
};
