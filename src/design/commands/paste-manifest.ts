import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { objectIdentity } from '../../apimachinery/object-identity.ts';
import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import { stripLayout } from '../../manifest/layout-comment.ts';
import { readManifest } from '../../manifest/read.ts';
import { appendObject, appendText } from '../append-object.ts';
import type { Design, RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import { applyFollowing, follow } from '../follow-references.ts';
import type { NewName, Renaming } from '../follow-references.ts';
import type { Command, CommandContext, CommandRefusal } from './command.ts';
import { placeFor } from './add-record.ts';
import { copyEdits, copyName } from './duplicate-records.ts';

export interface PasteManifestArguments {
  /** YAML or JSON of one or several objects, from this editor or any other. */
  readonly text: string;
}

/**
 * Puts what was copied into the design, comments included. Names that are taken get another, and what was pasted with
 * them follows: a copy of a workload and its ConfigMap belong together, apart from their originals.
 */
export const pasteManifest: Command<PasteManifestArguments> = {
  id: 'records.paste',
  canRun: () => undefined,
  run(context, { text }) {
    const added = appendAll(context, text);
    if (isRefused(added)) return added;
    const next = withOwnNames(context, added);
    if (isRefused(next)) return next;
    const { records } = added;
    return { design: next, description: { id: 'records.paste', params: { count: records.length } }, select: records };
  },
};

interface Added {
  readonly design: Design;
  readonly records: readonly RecordId[];
}

function appendAll({ design, registry }: CommandContext, text: string): Added | CommandRefusal {
  const records: RecordId[] = [];
  let next = design;
  let place = placeFor(design);
  for (const segment of readManifest('pasted.yaml', stripLayout(text)).segments) {
    if (segment.type === 'raw') continue;
    for (const { object, path } of segment.objects) {
      const whole = segment.format === 'yaml' && path.length === 0 && segment.objects.length === 1;
      const added = whole
        ? appendText(next, registry, segment.text, place, 'pasted.yaml')
        : appendObject(next, registry, object, place);
      next = added.design;
      records.push(added.record);
      const file = next.records.get(added.record)?.file;
      if (file !== undefined) place = { beside: file };
    }
  }
  return records.length === 0 ? { refused: 'command.nothingToPaste' } : { design: next, records };
}

function withOwnNames(context: CommandContext, { design, records }: Added): Design | CommandRefusal {
  const { registry } = context;
  const taken = new Set<ObjectIdentity>();
  for (const { identity } of context.design.records.values()) taken.add(identity);
  const renamed = new Map<ObjectIdentity, NewName>();
  const edits = new EditSet();
  for (const id of records) {
    const record = design.records.get(id);
    if (!record) return { refused: 'command.noSuchRecord' };
    if (!taken.has(record.identity)) {
      taken.add(record.identity);
      continue;
    }
    const name = copyName(registry, record, taken);
    renamed.set(record.identity, { name, namespace: record.namespace });
    taken.add(objectIdentity(groupVersionKindOf(record.object), record.namespace, name));
    for (const edit of copyEdits(record, name)) edits.add(id, edit);
  }
  const renaming: Renaming = ({ target }) => renamed.get(objectIdentity(target, target.namespace, target.name));
  follow({ design, registry }, edits, records, renaming);
  return applyFollowing({ design, registry }, edits, renaming);
}
