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

/** From left to right as requests flow: entry, Service, workload, configuration; small groups side by side. */
const INSIDE_A_FRAME: Record<string, string> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.componentComponent': '32',
  'elk.layered.spacing.nodeNodeBetweenLayers': '56',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.separateConnectedComponents': 'true',
  'elk.aspectRatio': '1.6',
  'elk.edgeLabels.inline': 'true',
  'elk.layered.edgeLabels.sideSelection': 'ALWAYS_UP',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

const AMONG_FRAMES: Record<string, string> = {
  'elk.algorithm': 'rectpacking',
  'elk.spacing.nodeNode': String(FRAME_GAP),
  'elk.aspectRatio': '1.6',
  'elk.rectpacking.widthApproximation.strategy': 'GREEDY',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

/** The cards of one frame with the edges among them. */
export function frameGraph(id: string, cards: readonly UnplacedCard[], edges: readonly UnroutedEdge[]): ElkNode {
  const inside = new Set(cards.map((card) => card.id));
  return {
    id,
    layoutOptions: INSIDE_A_FRAME,
    children: cards.map(({ id: card, width, height }) => ({ id: card, width, height })),
    edges: edges
      .filter(({ from, to }) => inside.has(from) && inside.has(to))
      .map(({ id: edge, from, to, label }) => ({
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
  return { id: 'root', layoutOptions: AMONG_FRAMES, children: frames.map((frame) => ({ ...frame })) };
}

/** The bends of an edge as the kernel routed it, relative to the frame; empty when it did not. */
export function routeOf(edge: ElkEdge): readonly Point[] {
  return (edge.sections ?? []).flatMap(({ startPoint, bendPoints, endPoint }) => [
    startPoint,
    ...(bendPoints ?? []),
    endPoint,
  ]);
}
