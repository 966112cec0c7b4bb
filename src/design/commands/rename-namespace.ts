import { nameOf } from '../../apimachinery/object.ts';
import { declaredReferences } from '../declared-references.ts';
import { PICTURES } from '../design.ts';
import type { Design, DesignRecord } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import { applyFollowing, follow, isByName } from '../follow-references.ts';
import type { Renaming } from '../follow-references.ts';
import { namespaceChoiceEdits } from '../namespace-names.ts';
import type { CommandContext, CommandRefusal } from './command.ts';
import { TakenIdentities, namespaceEdit } from './namespace-edit.ts';
import type { Renamed } from './rename-record.ts';

/**
 * Renames a Namespace: everything that lives in it goes along, and whatever writes its name follows, in names,
 * `namespace` fields and selectors on the name label.
 */
export function renameNamespace(context: CommandContext, record: DesignRecord, to: string): Renamed | CommandRefusal {
  const { design, registry } = context;
  const from = nameOf(record.object);
  const renaming: Renaming = ({ target }) => {
    if (target.namespace === from) return { name: target.name, namespace: to };
    const isMeant = target.name === from && target.kind === 'Namespace' && target.group === '';
    return isMeant ? { name: to, namespace: '' } : undefined;
  };
  const edits = new EditSet();
  edits.add(record.id, { op: 'set', path: ['metadata', 'name'], value: to });
  const taken = new TakenIdentities(design);
  let followed = 0;
  for (const other of design.records.values()) {
    const choices = namespaceChoiceEdits(other, registry, from, to);
    for (const edit of choices) edits.add(other.id, edit);
    follow(context, edits, [other.id], renaming);
    if (other.namespace === from) {
      const identity = taken.take(other, to);
      if (identity !== undefined) return { refused: 'command.name.taken', params: { identity } };
      edits.add(other.id, namespaceEdit(other, to));
    } else {
      const named = declaredReferences(other, registry).filter((one) => isByName(one) && renaming(one));
      followed += choices.length + named.length;
    }
  }
  const next = applyFollowing(context, edits, renaming);
  return isRefused(next) ? next : { design: withFrame(next, from, to), followed };
}

/** The frame keeps its place under its new name. */
function withFrame(design: Design, from: string, to: string): Design {
  let { placements } = design;
  for (const picture of PICTURES) {
    const at = placements[picture].get(`frame:${from}`);
    if (!at) continue;
    const next = new Map(placements[picture]);
    next.delete(`frame:${from}`);
    placements = { ...placements, [picture]: next.set(`frame:${to}`, at) };
  }
  return placements === design.placements ? design : { ...design, placements };
}
