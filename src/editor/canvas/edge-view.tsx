import { useInternalNode } from '@xyflow/react';
import type { Edge, EdgeProps, InternalNode } from '@xyflow/react';
import { memo, use } from 'react';
import { CAPTION_HEIGHT, CAPTION_MAX, captionWidth } from '../../scene/metrics.ts';
import type { SceneEdge } from '../../scene/scene.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { usePage } from '../page-state.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { DetailContext } from './card-node.tsx';
import { liveRoute } from './edge-routes.ts';
import type { Route } from './edge-routes.ts';
import type { Box } from './geometry.ts';
import { useHover } from './hover.ts';

export type CanvasEdge = Edge<{ readonly edge: SceneEdge; readonly route: Route }, 'reference'>;

/** One edge in the grammar of the picture: reference solid, selector dashed, owner dotted, traffic coloured. */
export const EdgeView = memo(function EdgeView({ id, data, source, target }: EdgeProps<CanvasEdge>) {
  const detail = use(DetailContext);
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  const chosen = usePage((page) => page.edge === id);
  const hovered = useHover((hover) => hover.edge === id);
  const lit = useWorkspaceState(
    ({ selection }) => selection.size > 0 && (selection.has(source) || selection.has(target)),
  );
  if (!data || !from || !to) return null;
  const { edge } = data;
  const route = isAt(from, data.route.from) && isAt(to, data.route.to) ? data.route : liveRoute(boxOf(from), boxOf(to));
  const active = chosen || hovered;
  const look = `edge edge-${edge.line}${edge.resolved ? '' : ' edge-missing'}${chosen || lit || hovered ? ' edge-lit' : ''}`;
  const label = shortened(visibleText(edge.label));
  const showLabel = label !== '' && detail === 'near' && (!route.labelHidden || active);
  const width = captionWidth(label);
  return (
    <g className={look}>
      <path className="edge-line" d={route.path} fill="none" />
      <path className="edge-head" d={route.head} />
      <path className="react-flow__edge-interaction edge-reach" d={route.path} fill="none" />
      {showLabel && (
        <g transform={`translate(${route.label.x},${route.label.y})`} className="edge-label">
          <rect x={-width / 2} y={-CAPTION_HEIGHT / 2} width={width} height={CAPTION_HEIGHT} rx={4} />
          <text textAnchor="middle" dominantBaseline="central">
            {label}
          </text>
        </g>
      )}
    </g>
  );
});

function shortened(text: string): string {
  return text.length > CAPTION_MAX ? `${text.slice(0, CAPTION_MAX - 1)}…` : text;
}

function boxOf(node: InternalNode): Box {
  const { x, y } = node.internals.positionAbsolute;
  return { x, y, width: node.measured.width ?? 0, height: node.measured.height ?? 0 };
}

function isAt(node: InternalNode, box: Box): boolean {
  const { x, y } = node.internals.positionAbsolute;
  return Math.abs(x - box.x) < 0.5 && Math.abs(y - box.y) < 0.5;
}
