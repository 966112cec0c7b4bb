import { sameItems } from '../base/same-items.ts';
import { valueAt } from '../base/json.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { NameTarget, Reference } from '../kinds/reference.ts';
import type { Edit } from '../manifest/edit.ts';
import type { CommandContext, CommandRefusal } from './commands/command.ts';
import { declaredReferences } from './declared-references.ts';
import type { Design, RecordId } from './design.ts';
import { isRefused } from './edit-segment.ts';
import { EditSet } from './edit-set.ts';

/** What an object that is pointed at is called from now on. */
export interface NewName {
  readonly name: string;
  /** '' for a cluster-scoped kind. */
  readonly namespace: string;
}

/** Says what the target of a reference is called from now on; undefined where it keeps its name. */
export type Renaming = (declaration: NamedReference) => NewName | undefined;

type NamedReference = Reference & { target: NameTarget };

export function isByName(declaration: Reference): declaration is NamedReference {
  return declaration.target.by === 'name';
}

/** The edits by which a reference keeps pointing at an object that has a new name or namespace. */
export function followEdits(object: KubernetesObject, declaration: NamedReference, to: NewName): readonly Edit[] {
  const { field, target, nameFormat = '{name}', namespaceField, inKey } = declaration;
  const edits: Edit[] = [];
  const [before, after] = [spell(nameFormat, target), spell(nameFormat, to)];
  if (before !== after) {
    edits.push(inKey ? { op: 'rename', path: field, key: after } : { op: 'set', path: field, value: after });
  }
  if (to.namespace === target.namespace || !namespaceField || sameItems(namespaceField, field)) return edits;
  // A namespace that is left out means that of the pointing object.
  if (valueAt(object, ...namespaceField) === undefined) return edits;
  return [...edits, { op: 'set', path: namespaceField, value: to.namespace }];
}

/** How a name stands in its field. Names may hold `$` and braces themselves, so each placeholder is filled once. */
export function spell(format: string, { name, namespace }: Pick<NewName, 'name' | 'namespace'>): string {
  return format.replaceAll(/\{(name|namespace)\}/g, (_, what) => (what === 'name' ? name : namespace));
}

/** Adds the edits of everything in `records` that points at what is renamed. */
export function follow(
  { design, registry }: Pick<CommandContext, 'design' | 'registry'>,
  edits: EditSet,
  records: Iterable<RecordId>,
  renaming: Renaming,
): void {
  for (const id of records) {
    const record = design.records.get(id);
    if (!record) continue;
    for (const declaration of declaredReferences(record, registry)) {
      if (!isByName(declaration)) continue;
      const to = renaming(declaration);
      if (to) for (const edit of followEdits(record.object, declaration, to)) edits.add(id, edit);
    }
  }
}

/** Names in one field, each written with the others around it, that can be renamed one after another. */
const MOST_NAMES_IN_A_FIELD = 32;

/**
 * Makes the edits. Where one field names several renamed objects (an annotation with a list of networks), each reference
 * only knows its own part: the others are asked again for what the text then says.
 */
export function applyFollowing(
  context: Pick<CommandContext, 'design' | 'registry'>,
  edits: EditSet,
  renaming: Renaming,
): Design | CommandRefusal {
  let design = edits.applyTo(context);
  let { contested } = edits;
  for (let round = 0; round < MOST_NAMES_IN_A_FIELD && contested.size > 0; round++) {
    if (isRefused(design)) return design;
    const again = new EditSet();
    const now = { design, registry: context.registry };
    follow(now, again, contested, renaming);
    design = again.applyTo(now);
    ({ contested } = again);
  }
  return design;
}
