import { falseWire } from '../../design/wires.ts';
import type { FalseWire } from '../../design/wires.ts';
import { contains } from '../canvas/geometry.ts';
import { drawArrow } from '../canvas/drawn/use-draw.ts';
import { showToast } from '../../kit/toasts.ts';
import type { Point } from '../../scene/scene.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Text } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { refusalText } from '../run-command.ts';

/** Draws an arrow that stands in no manifest; one that no cluster has is refused, with the reason. */
export function drawWire(workspace: Workspace, from: string, to: string, t: Text): void {
  const { design, picture } = workspace.store.getState();
  const refusal = falseWire(design, picture, from, to);
  if (refusal) refuse(refusal, t);
  else drawArrow(workspace, from, to, t);
}

/** Says why an arrow cannot end at a Node of the Cluster picture, which is a frame and takes no arrows. */
export function refuseWireToNode(workspace: Workspace, from: string, at: Point, t: Text): void {
  const { design, picture, scene } = workspace.store.getState();
  const node = scene.frames.find((frame) => frame.kind === 'node' && contains(frame, at));
  const refusal = node && falseWire(design, picture, from, node.id);
  if (refusal) refuse(refusal, t);
}

function refuse(refusal: FalseWire, t: Text): void {
  const { correction } = refusal;
  showToast({
    text: refusalText(t, refusal),
    tone: 'bad',
    ...(correction !== undefined && {
      action: {
        label: `${t('glossary:notes')} ${correction}`,
        run: () => openDialog({ type: 'glossary', at: { tab: 'notes', correction } }),
      },
    }),
  });
}
