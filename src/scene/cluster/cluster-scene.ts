import { nameOf } from '../../apimachinery/object.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { Design, Placement, PlacementKey } from '../../design/design.ts';
import type { Problem } from '../../design/problem.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { CARD_HEIGHT, CARD_WIDTH, FRAME_HEADER, FRAME_PADDING, PODS_HEIGHT } from '../metrics.ts';
import { problemCounts } from '../scene-cards.ts';
import type { UnplacedCard } from '../scene-cards.ts';
import type { Scene, SceneCard, SceneFrame } from '../scene.ts';
import type { ClusterPlan, PlannedNode, PlannedPods, UnplacedPods } from './cluster-plan.ts';
import { placeNodes } from './node-places.ts';
import type { NodeBox } from './node-places.ts';

/** Facts of a Node and its three bars. */
export const NODE_HEADER = 116;
export const TRAY = 'tray:';
const TRAY_CARD = { width: 344, height: 96 } as const;
const GAP = 12;
const PADDING = 16;
/** Cards above each other before a Node gets another column. */
const TALL = 7;
const MOST_COLUMNS = 4;

/** Parts of the control plane that are on every control-plane Node, as their Pods are called. */
export const CONTROL_PLANE = ['kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager'] as const;

interface Told {
  readonly design: Design;
  readonly registry: KindRegistry;
  readonly problems: readonly Problem[];
}

/**
 * The Cluster picture: Nodes as frames, in them the Pods that would run there, one card for those of one object. Places
 * of Nodes are people's where they gave any; cards lie in their Node's columns.
 */
export function clusterScene(plan: ClusterPlan, told: Told, placements: ReadonlyMap<PlacementKey, Placement>): Scene {
  const cardOf = cardMaker(told);
  const columns = columnsFor(plan.nodes.map((node) => node.pods.length));
  const boxes = plan.nodes.map((node): NodeBox => {
    const cards = stacked([...componentCards(node), ...node.pods.map((pods) => cardOf(frameOf(node), pods))], columns);
    return { node, id: frameOf(node), cards, ...sizeOf(cards, columns) };
  });
  const { places, zones } = placeNodes(boxes, placements);
  const frames: SceneFrame[] = [...zones];
  const cards: SceneCard[] = [];
  for (const box of boxes) {
    const at = places.get(box.id) ?? { x: 0, y: 0 };
    frames.push(nodeFrame(box, at));
    cards.push(...box.cards);
  }
  if (plan.unplaced.length > 0) {
    const tray = trayOf(plan.unplaced, cardOf, frames);
    frames.push(tray.frame);
    cards.push(...tray.cards);
  }
  return { frames, cards, edges: [] };
}

function frameOf({ record, name }: PlannedNode): string {
  return record ?? `node:${name}`;
}

function nodeFrame({ node, id, width, height }: NodeBox, { x, y }: Placement): SceneFrame {
  const { record, name, roles, isControlPlane, zone, taints, isCordoned, room } = node;
  return {
    id,
    kind: 'node',
    ...(record === undefined ? {} : { record }),
    title: name,
    node: { roles, isControlPlane, zone, taints, isCordoned, room },
    x,
    y,
    width,
    height,
  };
}

type CardMaker = (frame: string, pods: PlannedPods) => UnplacedCard;

function cardMaker({ design, registry, problems }: Told): CardMaker {
  const counts = problemCounts(problems);
  return (frame, { record: id, count }) => {
    const record = design.records.get(id);
    const object = record?.object ?? { apiVersion: 'v1', kind: 'Pod' };
    const { group, kind } = groupVersionKindOf(object);
    const found = counts.get(id);
    return {
      id: `${id}@${frame}`,
      record: id,
      ghost: false,
      frame,
      group,
      kind,
      kindWord: kind,
      category: registry.of(object).category,
      name: nameOf(object),
      ...(record === undefined || record.namespace === '' ? {} : { fact: record.namespace }),
      pods: count,
      errors: found?.errors ?? 0,
      warnings: found?.warnings ?? 0,
      width: CARD_WIDTH,
      height: CARD_HEIGHT + PODS_HEIGHT,
    };
  };
}

function componentCards(node: PlannedNode): readonly UnplacedCard[] {
  if (!node.isControlPlane) return [];
  return CONTROL_PLANE.map((name) => ({
    id: `component:${name}@${node.name}`,
    ghost: false,
    component: true,
    frame: frameOf(node),
    group: 'component',
    kind: name,
    kindWord: '',
    category: 'cluster',
    name,
    errors: 0,
    warnings: 0,
    width: CARD_WIDTH,
    height: COMPONENT_HEIGHT,
  }));
}

const COMPONENT_HEIGHT = 48;

/** All Nodes are equally wide: as many columns as the fullest needs. */
function columnsFor(counts: readonly number[]): number {
  return Math.min(MOST_COLUMNS, Math.max(1, Math.ceil(Math.max(0, ...counts) / TALL)));
}

/** Each card in the shortest column. */
function stacked(cards: readonly UnplacedCard[], columns: number): readonly SceneCard[] {
  const heights = Array.from({ length: columns }, () => NODE_HEADER);
  return cards.map((card) => {
    const column = heights.indexOf(Math.min(...heights));
    const y = heights[column] ?? NODE_HEADER;
    heights[column] = y + card.height + GAP;
    return { ...card, x: PADDING + column * (CARD_WIDTH + GAP), y };
  });
}

function sizeOf(cards: readonly SceneCard[], columns: number): { readonly width: number; readonly height: number } {
  const bottom = Math.max(NODE_HEADER + CARD_HEIGHT, ...cards.map(({ y, height }) => y + height));
  return { width: 2 * PADDING + columns * CARD_WIDTH + (columns - 1) * GAP, height: bottom + PADDING };
}

/** Pods that fit nowhere lie above the Nodes, so that no Node moves when they come and go. */
function trayOf(
  unplaced: readonly UnplacedPods[],
  cardOf: CardMaker,
  frames: readonly SceneFrame[],
): { readonly frame: SceneFrame; readonly cards: readonly SceneCard[] } {
  const [left, right, top] = frames.reduce(
    ([least, most, first], { x, y, width }) => [Math.min(least, x), Math.max(most, x + width), Math.min(first, y)],
    [0, 0, 0],
  );
  const perRow = Math.max(1, Math.floor((right - left - 2 * FRAME_PADDING + GAP) / (TRAY_CARD.width + GAP)));
  const cards = unplaced.map((pods, index): SceneCard => ({
    ...cardOf(TRAY, pods),
    id: `${pods.record}@${TRAY}${index}`,
    reason: pods.reason,
    ...TRAY_CARD,
    x: FRAME_PADDING + (index % perRow) * (TRAY_CARD.width + GAP),
    y: FRAME_HEADER + 8 + Math.floor(index / perRow) * (TRAY_CARD.height + GAP),
  }));
  const rows = Math.ceil(unplaced.length / perRow);
  const height = FRAME_HEADER + 8 + rows * (TRAY_CARD.height + GAP) - GAP + PADDING;
  const wide = Math.min(perRow, unplaced.length) * (TRAY_CARD.width + GAP) - GAP + 2 * FRAME_PADDING;
  const place = { x: left, y: top - height - TRAY_GAP, width: Math.max(wide, right - left), height };
  return { frame: { id: TRAY, kind: 'tray', title: '', ...place }, cards };
}

const TRAY_GAP = 40;
