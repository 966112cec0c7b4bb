import type { RecordId } from '../../design/design.ts';
import type { Point } from '../../scene/scene.ts';
import { assumedNodeObjects, assumedNodesOf } from '../../scene/cluster/assumed-nodes.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Text } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { runCommand } from '../run-command.ts';
import type { CardNode } from './flow-nodes.ts';
import { contains } from './geometry.ts';

/**
 * A workload was dropped onto a Node of the Cluster picture: the ways to lead its Pods there are offered, with their
 * lines. Nodes that are only drawn become part of the design first, or there would be nothing to name.
 */
export function dropOnNode(workspace: Workspace, card: CardNode, pointer: Point | undefined, t: Text): void {
  const { scene } = workspace.store.getState();
  const record = card.data.card.record;
  const frame = pointer && scene.frames.find(({ kind, ...box }) => kind === 'node' && contains(box, pointer));
  if (record === undefined || frame === undefined || frame.id === card.data.card.frame) return;
  const node = frame.record ?? keepNode(workspace, frame.title, t);
  if (node !== undefined) openDialog({ type: 'connect', source: record, target: node });
}

function keepNode(workspace: Workspace, name: string, t: Text): RecordId | undefined {
  const { design, registry } = workspace.store.getState();
  const objects = assumedNodeObjects(assumedNodesOf(design), registry);
  if (runCommand(workspace, COMMANDS.addObjects, { objects }, t)) return undefined;
  const now = workspace.store.getState();
  return [...now.selection].find((id) => {
    const object = now.design.records.get(id)?.object;
    return object !== undefined && nameOf(object) === name;
  });
}
