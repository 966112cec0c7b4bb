import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { SceneFrame } from '../../scene/scene.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { page } from '../page-state.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import type { FrameNode } from './flow-nodes.ts';
import { NodeFactsView } from './node-facts.tsx';

/** A box around cards. Its title chooses the object that it stands for. */
export const FrameView = memo(function FrameView({ data: { frame } }: NodeProps<FrameNode>) {
  const selected = useWorkspaceState(({ selection }) => frame.record !== undefined && selection.has(frame.record));
  return (
    <div className={`frame frame-${frame.kind}${selected ? ' frame-selected' : ''}`}>
      <div className="frame-title">
        <FrameChip frame={frame} />
        <FrameName frame={frame} />
      </div>
      {frame.node && <NodeFactsView facts={frame.node} />}
    </div>
  );
});

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
