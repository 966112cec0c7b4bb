import type { Path } from '../base/json.ts';
import type { Edit } from '../manifest/edit.ts';
import { DesignBuilder } from './design-builder.ts';
import { editFieldsIn } from './edit-segment.ts';
import type { CommandContext, CommandRefusal } from './commands/command.ts';
import type { Design, RecordId } from './design.ts';

/** Edits of several records that are made together, all or none. A field that is edited twice alike is edited once. */
export class EditSet {
  private readonly edits = new Map<RecordId, Edit[]>();
  private readonly known = new Map<string, Edit>();
  /** Records in which one field was to become two different things; the first edit stands. */
  readonly contested = new Set<RecordId>();

  add(id: RecordId, edit: Edit): void {
    const key = `${id} ${JSON.stringify(edit.path)}`;
    const before = this.known.get(key);
    if (before !== undefined) {
      if (JSON.stringify(before) !== JSON.stringify(edit)) this.contested.add(id);
      return;
    }
    this.known.set(key, edit);
    const list = this.edits.get(id);
    if (list) list.push(edit);
    else this.edits.set(id, [edit]);
  }

  /** How many records are edited. */
  get size(): number {
    return this.edits.size;
  }

  /** Whether a field of a record is edited already. */
  has(id: RecordId, path: Path): boolean {
    return this.known.has(`${id} ${JSON.stringify(path)}`);
  }

  /** The design with all edits made; the same design where no text changed. */
  applyTo({ design, registry }: Pick<CommandContext, 'design' | 'registry'>): Design | CommandRefusal {
    const builder = new DesignBuilder(design, registry);
    let changed = false;
    for (const [id, edits] of this.edits) {
      const record = builder.design.records.get(id);
      if (!record) return { refused: 'command.noSuchRecord' };
      const refusal = editFieldsIn(builder, record, edits);
      if (refusal === undefined) changed = true;
      else if (refusal.refused !== 'command.noChange') return refusal;
    }
    return changed ? builder.design : design;
  }
}
