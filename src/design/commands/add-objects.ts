import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { objectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { appendObject } from '../append-object.ts';
import type { RecordId } from '../design.ts';
import { effectiveNamespace } from '../records.ts';
import type { Command } from './command.ts';
import { placeFor, takenBy } from './add-record.ts';

export interface AddObjectsArguments {
  readonly objects: readonly KubernetesObject[];
}

/** Puts finished objects into the design, all in one step. A name that is taken is a reason why not. */
export const addObjects: Command<AddObjectsArguments> = {
  id: 'records.add',
  canRun: (_context, { objects }) => (objects.length === 0 ? { refused: 'command.nothingSelected' } : undefined),
  run(context, { objects }) {
    let { design } = context;
    const select: RecordId[] = [];
    const place = placeFor(design);
    for (const object of objects) {
      const namespace = effectiveNamespace(object, context.registry);
      const identity = objectIdentity(groupVersionKindOf(object), namespace, nameOf(object));
      const taken = takenBy(design, identity);
      if (taken) return taken;
      const first = design.records.get(select[0] ?? '');
      const added = appendObject(design, context.registry, object, first ? { beside: first.file } : place);
      design = added.design;
      select.push(added.record);
    }
    return { design, description: { id: 'records.add', params: { count: objects.length } }, select };
  },
};
