import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { LEGEND_KEY } from '../../../design/drawn.ts';
import { visibleText } from '../../../kit/visible-text.ts';
import { useText } from '../../i18n.ts';
import type { DrawnNode } from '../flow-nodes.ts';
import { ActorIcon } from './actor-icon.tsx';
import { DrawnText } from './drawn-text.tsx';
import { drawnState, useDrawnState } from './drawn-state.ts';
import { Legend } from './legend.tsx';

/** A note, an actor, the title or the legend. A double-click writes its text. */
export const DrawnView = memo(function DrawnView({ id, data: { drawn } }: NodeProps<DrawnNode>) {
  const t = useText();
  const chosen = useDrawnState((state) => state.chosen.has(id));
  const editing = useDrawnState((state) => state.editing === id);
  const { drawn: what } = drawn;
  const text = what.type === 'legend' ? '' : what.text;
  return (
    <div
      className={`drawn drawn-${what.type}${chosen ? ' drawn-chosen' : ''}`}
      onDoubleClick={() => id !== LEGEND_KEY && drawnState.setState({ editing: id })}
    >
      {what.type === 'actor' && <ActorIcon what={what.what} />}
      {what.type === 'legend' ? (
        <Legend />
      ) : editing ? (
        <DrawnText id={id} drawn={drawn} text={text} />
      ) : (
        <p className={text === '' ? 'quiet' : ''}>{text === '' ? t('canvas:emptyText') : visibleLines(text)}</p>
      )}
      <Handle type="target" position={Position.Left} className="card-target" isConnectableStart={false} />
      {(what.type === 'actor' || what.type === 'note') && (
        <Handle type="source" position={Position.Right} className="card-source" title={t('canvas:arrowHint')} />
      )}
    </div>
  );
});

/** Ends of lines are meant; whatever else is invisible is shown. */
function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}
