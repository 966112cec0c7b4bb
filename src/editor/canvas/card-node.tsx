import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { CircleAlert, Lock, TriangleAlert } from 'lucide-react';
import { createContext, memo, use } from 'react';
import type { SceneCard } from '../../scene/scene.ts';
import { MAX_POD_MARKS } from '../../scene/metrics.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { useConnecting } from '../connecting/connecting.ts';
import { sentence, useText } from '../i18n.ts';
import type { Text } from '../i18n.ts';
import { KindIcon } from '../icons/kind-icon.tsx';
import { later } from '../later.tsx';
import { lifeFigure, lifeLine, lifeLook } from '../simulation/card-life-view.ts';
import { useCardLife } from '../simulation/card-life.ts';
import { GhostActions } from './ghost-actions.tsx';
import { ComponentIcon } from './component-icon.tsx';
import type { CardNode } from './flow-nodes.ts';

/** Only a run has one, which nobody sees before the first picture. */
const CardTray = later(() => import('../simulation/card-tray.tsx'));

/** How much a card shows: below `far` it is a block with a name, above `near` edges carry their labels. */
export type Detail = 'far' | 'middle' | 'near';
export const DetailContext = createContext<Detail>('near');

/** A card. Its handles are always there: React Flow draws no edge to a mounted card without them. */
export const CardView = memo(function CardView({ data: { card }, selected }: NodeProps<CardNode>) {
  const far = use(DetailContext) === 'far';
  const arrow = useConnecting(({ source, legal }) =>
    source === undefined || source === card.record ? '' : legal.has(card.id) ? ' card-legal' : ' card-illegal',
  );
  const t = useText();
  const life = useCardLife(card.record);
  const name = visibleText(card.name);
  const look = `card category-${card.category}${selected ? ' card-selected' : ''}${card.ghost ? ' card-ghost' : ''}${card.reason === undefined ? '' : ' card-unplaced'}${card.component ? ' card-component' : ''}${life ? lifeLook(life) : ''}${arrow}`;
  if (far) {
    return (
      <div className={`${look} card-far${card.errors > 0 ? ' card-far-bad' : ''}`}>
        <span>
          {name} {life && lifeFigure(life)}
        </span>
        <Handle type="target" position={Position.Left} className="card-target" isConnectable={false} />
        <Handle type="source" position={Position.Right} className="card-source" isConnectable={false} />
      </div>
    );
  }
  const fact = card.fact === undefined ? '' : visibleText(card.fact);
  // In the Cluster picture a card stands for Pods: edges are drawn between what makes them.
  const takesArrows = card.id === card.record || card.component === true;
  const marked = card.errors + card.warnings > 0 ? ' card-marked' : '';
  const drawn = (
    <div className={`${look}${marked}`} title={[name, card.kind, fact, card.reason].filter(Boolean).join('\n')}>
      <div className="card-head">
        {card.members !== undefined ? (
          <ComponentIcon name="app" />
        ) : card.component ? (
          <ComponentIcon name={card.name} />
        ) : (
          <KindIcon kind={card} category={card.category} size="large" />
        )}
        <div className="card-words">
          <div className="card-name">{name}</div>
          <div className="card-kind">
            {life?.counts ? lifeLine(t, life) : kindLine(t, card, (life && lifeLine(t, life)) || fact)}
          </div>
        </div>
        {card.locked && <Lock size={12} className="card-lock" aria-label={t('canvas:locked')} />}
        <Marks errors={card.errors} warnings={card.warnings} />
      </div>
      {card.ghost && <GhostActions card={card} />}
      {card.detail !== undefined && <div className="card-detail">{visibleText(card.detail)}</div>}
      {life
        ? null
        : card.reason === undefined
          ? card.pods !== undefined && <Pods count={card.pods} />
          : card.pods !== undefined && <p className="card-reason">{card.reason}</p>}
      <Handle
        type="target"
        position={Position.Left}
        className="card-target"
        isConnectable={takesArrows}
        isConnectableStart={false}
      />
      {takesArrows && (
        <Handle type="source" position={Position.Right} className="card-source" title={t('canvas:connectHint')} />
      )}
    </div>
  );
  if (life === undefined) return drawn;
  return (
    <>
      {drawn}
      <CardTray life={life} hasRow={card.pods !== undefined} />
    </>
  );
});

/** The kind and the one fact that matters; of Pods that fit nowhere, how many they are. */
function kindLine(t: Text, card: SceneCard, fact: string): string {
  if (card.ghost) return t('canvas:ghost', { kind: card.kind });
  if (card.component) return sentence(t, 'canvas', `component.${card.name}`);
  if (card.members !== undefined) return t('canvas:application', { count: card.members });
  const count = card.reason === undefined ? '' : t('canvas:podCount', { count: card.pods ?? 0 });
  return [card.kindWord, fact, count].filter(Boolean).join(' · ');
}

/** The worst of its problems, and how many there are of them. */
function Marks({ errors, warnings }: { readonly errors: number; readonly warnings: number }) {
  if (errors === 0 && warnings === 0) return null;
  return (
    <span className={`card-mark ${errors > 0 ? 'tone-bad' : 'tone-warn'}`} aria-hidden>
      {errors > 0 ? <CircleAlert size={14} /> : <TriangleAlert size={14} />}
      {errors > 0 ? errors : warnings}
    </span>
  );
}

function Pods({ count }: { readonly count: number }) {
  const shown = Math.min(count, MAX_POD_MARKS);
  return (
    <div className="card-pods" aria-hidden>
      {Array.from({ length: shown }, (_, at) => (
        <i key={at} className="pod-mark" />
      ))}
      {count > shown && <span>+{count - shown}</span>}
      {count === 0 && <span>0</span>}
    </div>
  );
}
