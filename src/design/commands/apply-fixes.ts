import { jsonEqual } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Edit } from '../../manifest/edit.ts';
import { appendObject } from '../append-object.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import type { ApplyFixArguments } from './apply-fix.ts';
import type { Command } from './command.ts';

export interface ApplyFixesArguments {
  /** What `fixesFor` gave for problems of this design; where two would write one field, the first does. */
  readonly fixes: readonly ApplyFixArguments[];
}

/** Makes many problems go away, all of them in one step. */
export const applyFixes: Command<ApplyFixesArguments> = {
  id: 'records.fix',
  canRun: ({ design }, { fixes }) =>
    fixes.every(({ record }) => design.records.has(record)) ? undefined : { refused: 'command.noSuchRecord' },
  run(context, { fixes }) {
    const all = fixes.flatMap(({ fix }) =>
      fix.edits.flatMap(({ record, edits }) => edits.map((edit) => ({ record, edit }))),
    );
    const edits = new EditSet();
    for (const { record, edit } of all.filter((one) => !takesItem(one.edit))) edits.add(record, edit);
    // From the end: an item that goes moves those behind it.
    const going = all.filter((one) => takesItem(one.edit)).sort((a, b) => comparePaths(b.edit.path, a.edit.path));
    for (const { record, edit } of going) edits.add(record, edit);
    const edited = edits.applyTo(context);
    if (isRefused(edited)) return edited;
    let design = edited;
    const added: KubernetesObject[] = [];
    for (const { record: id, fix } of fixes) {
      const beside = context.design.records.get(id)!.file;
      for (const object of fix.adds ?? []) {
        if (added.some((before) => jsonEqual(before, object))) continue;
        added.push(object);
        design = appendObject(design, context.registry, object, { beside }).design;
      }
    }
    if (design === context.design) return { refused: 'command.noChange' };
    return { design, description: { id: 'records.fix', params: { count: fixes.length } } };
  },
};

function takesItem({ op, path }: Edit): boolean {
  return op === 'delete' && typeof path.at(-1) === 'number';
}

function comparePaths(a: Path, b: Path): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [left, right] = [a[at]!, b[at]!];
    if (left === right) continue;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return a.length - b.length;
}
