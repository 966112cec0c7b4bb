import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { FoldedCounts, SceneFrame } from '../../scene/scene.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { page } from '../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import type { FrameNode } from './flow-nodes.ts';
import { put } from './drawn/use-draw.ts';
import { NodeFactsView } from './node-facts.tsx';

/** A box around cards. Its title chooses the object that it stands for. */
export const FrameView = memo(function FrameView({ data: { frame } }: NodeProps<FrameNode>) {
  const t = useText();
  const selected = useWorkspaceState(({ selection }) => frame.record !== undefined && selection.has(frame.record));
  return (
    <div className={`frame frame-${frame.kind}${selected ? ' frame-selected' : ''}`}>
      <div className="frame-title">
        <FoldButton frame={frame} />
        <FrameChip frame={frame} />
        <FrameName frame={frame} />
      </div>
      {frame.folded ? (
        <p className="frame-folded">{foldedText(t, frame.folded)}</p>
      ) : (
        frame.node && <NodeFactsView facts={frame.node} />
      )}
      {frame.folded && (
        <>
          <Handle type="target" position={Position.Left} className="card-target" isConnectable={false} />
          <Handle type="source" position={Position.Right} className="card-source" isConnectable={false} />
        </>
      )}
    </div>
  );
});

/** Folds the cards of a frame away, or shows them again; kept with the design, as places are. */
function FoldButton({ frame }: { readonly frame: SceneFrame }) {
  const t = useText();
  const workspace = useWorkspace();
  if (frame.kind === 'zone' || frame.kind === 'tray') return null;
  const isFolded = frame.folded !== undefined;
  const Icon = isFolded ? ChevronRight : ChevronDown;
  return (
    <button
      type="button"
      className="frame-fold nodrag"
      aria-expanded={!isFolded}
      aria-label={t(isFolded ? 'canvas:unfold' : 'canvas:fold', { name: visibleText(frame.title) })}
      onClick={() => put(workspace, frame.id, { x: frame.x, y: frame.y, drawn: isFolded ? {} : { folded: true } }, t)}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

function foldedText(t: Text, { cards, pods, errors }: FoldedCounts): string {
  return [
    t('canvas:cardCount', { count: cards }),
    pods > 0 ? t('canvas:podCount', { count: pods }) : '',
    errors > 0 ? t('canvas:errors', { count: errors }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function FrameChip({ frame }: { readonly frame: SceneFrame }) {
  const t = useText();
  return <span className={`chip${frame.kind === 'tray' ? ' chip-bad' : ''}`}>{frameWord(t, frame)}</span>;
}

/** What kind of box it is, in one word. */
export function frameWord(t: Text, { kind, node }: SceneFrame): string {
  if (kind === 'node') return t(node?.isControlPlane ? 'canvas:controlPlane' : 'canvas:worker');
  return t(`canvas:${kind}`);
}

function FrameName({ frame }: { readonly frame: SceneFrame }) {
  const t = useText();
  const workspace = useWorkspace();
  const { record, kind } = frame;
  if (kind === 'tray') return <b>{t('canvas:trayTitle')}</b>;
  if (kind === 'cluster') return null;
  const title = visibleText(frame.title);
  if (record === undefined) return <b>{title}</b>;
  return (
    <button
      type="button"
      className="frame-name nodrag"
      onClick={(event) => {
        const { selection } = workspace.store.getState();
        page.setState({ edge: undefined });
        workspace.select(event.shiftKey ? [...selection, record] : [record]);
      }}
    >
      {title}
    </button>
  );
}
