import { useMemo } from 'react';
import type { RefObject } from 'react';
import { visibleText } from '../../kit/visible-text.ts';
import { useText } from '../i18n.ts';
import { ReferenceLines } from '../reference-lines.tsx';
import { useShownScene } from './view/view-store.ts';
import { hover, useHover } from './hover.ts';

const WIDTH = 360;
const MOST_REFERENCES = 4;

/** What an edge stands for: both ends, its types, and the lines of YAML it comes from. */
export function EdgePopover({ root }: { readonly root: RefObject<HTMLElement | null> }) {
  const { edge: id, x, y } = useHover((state) => state);
  const scene = useShownScene();
  const t = useText();
  const edge = useMemo(() => scene.edges.find((candidate) => candidate.id === id), [scene, id]);
  const bounds = root.current?.getBoundingClientRect();
  if (!edge || !bounds) return null;
  const from = scene.cards.find((card) => card.id === edge.from);
  const to = scene.cards.find((card) => card.id === edge.to);
  const left = Math.max(8, Math.min(x - bounds.left + 12, bounds.width - WIDTH - 8));
  const below = y - bounds.top < bounds.height * 0.6;
  const place = below ? { top: y - bounds.top + 12 } : { bottom: bounds.bottom - y + 12 };
  return (
    <div
      className="popover edge-popover"
      role="tooltip"
      style={{ left, width: WIDTH, ...place }}
      onPointerLeave={() => hover.setState({ edge: undefined })}
    >
      <p className="edge-ends">
        <b>{visibleText(from?.name ?? '')}</b> <span>{from?.kind}</span>
        <span aria-hidden> → </span>
        <b>{visibleText(to?.name ?? '')}</b> <span>{to?.kind}</span>
      </p>
      {edge.references.slice(0, MOST_REFERENCES).map((index) => (
        <ReferenceLines key={index} index={index} />
      ))}
      {edge.references.length > MOST_REFERENCES && (
        <p className="quiet">{t('canvas:moreReferences', { count: edge.references.length - MOST_REFERENCES })}</p>
      )}
    </div>
  );
}
