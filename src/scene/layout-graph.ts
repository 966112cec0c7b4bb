import { connectedGroups } from './connected-groups.ts';
import { CAPTION_HEIGHT, FRAME_GAP, captionWidth } from './metrics.ts';
import type { UnplacedCard } from './scene-cards.ts';
import type { UnroutedEdge } from './scene-edges.ts';
import type { Point } from './scene.ts';

/**
 * A graph in the form that the Eclipse Layout Kernel reads and writes back, as far as it is used here.
 * The kernel itself runs elsewhere: in a worker of the page, or directly on the command line.
 */
export interface ElkNode {
  readonly id: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  layoutOptions?: Record<string, string>;
  children?: ElkNode[];
  edges?: ElkEdge[];
}

export interface ElkEdge {
  readonly id: string;
  readonly sources: string[];
  readonly targets: string[];
  labels?: { text: string; width: number; height: number; x?: number; y?: number }[];
  sections?: { startPoint: Point; endPoint: Point; bendPoints?: Point[] }[];
}

/** Runs the layout kernel; gives the same graph with positions. */
export type LayoutKernel = (graph: ElkNode) => Promise<ElkNode>;

/** From left to right as requests flow: entry, Service, workload, configuration. */
const INSIDE_A_GROUP: Record<string, string> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '20',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '2',
  'elk.layered.spacing.nodeNodeBetweenLayers': '40',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.edgeLabels.inline': 'true',
  'elk.separateConnectedComponents': 'false',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

const packed = (gap: number): Record<string, string> => ({
  'elk.algorithm': 'rectpacking',
  'elk.spacing.nodeNode': String(gap),
  'elk.aspectRatio': '1.6',
  'elk.rectpacking.widthApproximation.strategy': 'GREEDY',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
});

/** Gap between groups of connected cards in one frame. */
const GROUP_GAP = 32;

/** The cards of one frame with the edges among them: each connected group laid out by itself, large ones first. */
export function frameGraph(id: string, cards: readonly UnplacedCard[], edges: readonly UnroutedEdge[]): ElkNode {
  const inside = new Set(cards.map((card) => card.id));
  const inner = edges.filter(({ from, to }) => inside.has(from) && inside.has(to));
  const groups = connectedGroups(cards, inner);
  const groupOf = new Map(groups.flatMap((group, index) => group.map((card) => [card.id, index] as const)));
  const edgesOf = groups.map((): UnroutedEdge[] => []);
  for (const edge of inner) edgesOf[groupOf.get(edge.from)!]!.push(edge);
  const children = groups.map((group, index) => groupGraph(`${id}#${index}`, group, edgesOf[index]!));
  return { id, layoutOptions: packed(GROUP_GAP), children };
}

function groupGraph(id: string, cards: readonly UnplacedCard[], edges: readonly UnroutedEdge[]): ElkNode {
  return {
    id,
    layoutOptions: INSIDE_A_GROUP,
    children: cards.map(({ id: card, width, height }) => ({ id: card, width, height })),
    edges: edges.map(({ id: edge, from, to, label }) => ({
      id: edge,
      sources: [from],
      targets: [to],
      ...(label === '' ? {} : { labels: [{ text: label, width: captionWidth(label), height: CAPTION_HEIGHT }] }),
    })),
  };
}

export function framesGraph(
  frames: readonly { readonly id: string; readonly width: number; readonly height: number }[],
): ElkNode {
  return { id: 'root', layoutOptions: packed(FRAME_GAP), children: frames.map((frame) => ({ ...frame })) };
}

/** Where the kernel put cards and how it routed edges, relative to the frame. */
export function readFrameGraph(laid: ElkNode): {
  readonly cards: ReadonlyMap<string, Point>;
  readonly edges: ReadonlyMap<string, readonly Point[]>;
} {
  const cards = new Map<string, Point>();
  const edges = new Map<string, readonly Point[]>();
  for (const { x: left = 0, y: top = 0, children, edges: inner } of laid.children ?? []) {
    const moved = ({ x, y }: Point): Point => ({ x: Math.round(x + left), y: Math.round(y + top) });
    for (const { id, x = 0, y = 0 } of children ?? []) cards.set(id, moved({ x, y }));
    for (const edge of inner ?? []) edges.set(edge.id, routeOf(edge).map(moved));
  }
  return { cards, edges };
}

/** The bends of an edge as the kernel routed it, relative to the frame; empty when it did not. */
function routeOf(edge: ElkEdge): readonly Point[] {
  return (edge.sections ?? []).flatMap(({ startPoint, bendPoints, endPoint }) => [
    startPoint,
    ...(bendPoints ?? []),
    endPoint,
  ]);
}
