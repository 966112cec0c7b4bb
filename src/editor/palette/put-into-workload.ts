import type { Point } from '../../scene/scene.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { writeObject } from '../../manifest/write.ts';
import { workloadAt } from '../connecting/put-into.ts';
import { openDialog } from '../page-state.ts';
import type { PaletteItem } from './palette-items.ts';

/**
 * A Pod or a pattern with Pods that is let go over a workload: asks what is to become of it. False where it is let go
 * elsewhere, or is nothing that a workload could take in.
 */
export async function putIntoWorkload(workspace: Workspace, item: PaletteItem, at: Point): Promise<boolean> {
  const { makes, title } = item;
  const workload = workloadAt(workspace.store.getState(), at);
  if (workload === undefined) return false;
  if ('pattern' in makes) {
    if (item.group !== 'pattern') return false;
    const { stem } = makes.pattern;
    openDialog({
      type: 'putInto',
      source: { text: await makes.pattern.text(), title, ...(stem && { stem }) },
      workload,
    });
    return true;
  }
  const object = makes.kind.newObject('container');
  if (makes.kind.podTemplate?.(object)?.specPath.length !== 1) return false;
  openDialog({ type: 'putInto', source: { text: writeObject(object), title, stem: 'container' }, workload });
  return true;
}
