import { compareStrings } from '../../base/compare.ts';
import type { Placement, PlacementKey } from '../../design/design.ts';
import { FRAME_HEADER } from '../metrics.ts';
import type { Point, SceneCard, SceneFrame } from '../scene.ts';
import type { PlannedNode } from './cluster-plan.ts';

/** A Node with its cards, before it has a place. */
export interface NodeBox {
  readonly node: PlannedNode;
  /** Of its frame. */
  readonly id: string;
  readonly cards: readonly SceneCard[];
  readonly width: number;
  readonly height: number;
}

const GAP = 24;
const ZONE_GAP = 40;
const ZONE_PADDING = 20;
/** Workers beside each other in a picture without zones, while there are few. */
const WIDE = 4;

interface NodePlaces {
  readonly places: ReadonlyMap<string, Point>;
  /** Drawn around the Nodes of each zone. */
  readonly zones: readonly SceneFrame[];
}

/**
 * The control plane in a column on the left, workers beside it, those of one zone together. Where people placed Nodes,
 * these stay; a zone is drawn around its Nodes wherever they are.
 */
export function placeNodes(boxes: readonly NodeBox[], placements: ReadonlyMap<PlacementKey, Placement>): NodePlaces {
  const places = new Map<string, Point>();
  const masters = boxes.filter(({ node }) => node.isControlPlane);
  const workers = boxes.filter(({ node }) => !node.isControlPlane);
  const zoneNames = [...new Set(workers.map(({ node }) => node.zone))].sort(zoneOrder);
  const hasZones = zoneNames.some((zone) => zone !== '');
  const top = hasZones ? FRAME_HEADER + ZONE_PADDING : 0;
  let y = top;
  for (const { id, height } of masters) {
    places.set(id, { x: 0, y });
    y += height + GAP;
  }
  let x = masters.length === 0 ? 0 : Math.max(...masters.map(({ width }) => width)) + ZONE_GAP;
  for (const zone of zoneNames) {
    const members = workers.filter(({ node }) => node.zone === zone);
    const left = x + (zone === '' ? 0 : ZONE_PADDING);
    const right = inRows(members, { x: left, y: top }, perRow(members.length, zoneNames.length), places);
    x = right + (zone === '' ? 0 : ZONE_PADDING) + ZONE_GAP;
  }
  for (const { id } of boxes) {
    const placed = placements.get(id);
    if (placed) places.set(id, { x: placed.x, y: placed.y });
  }
  const zones = zoneNames.flatMap((zone) =>
    zone === ''
      ? []
      : [
          zoneFrame(
            zone,
            workers.filter(({ node }) => node.zone === zone),
            places,
          ),
        ],
  );
  return { places, zones };
}

/** Nodes without a zone come last. */
function zoneOrder(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  return compareStrings(a, b);
}

function perRow(count: number, zones: number): number {
  if (zones > 1) return Math.max(1, Math.ceil(Math.sqrt(count / zones)));
  return count <= WIDE ? count : Math.max(WIDE, Math.ceil(Math.sqrt(count * 1.4)));
}

/** Gives places row by row; gives the right end of the widest row. */
function inRows(members: readonly NodeBox[], start: Point, columns: number, places: Map<string, Point>): number {
  let [y, right] = [start.y, start.x];
  for (let first = 0; first < members.length; first += columns) {
    const row = members.slice(first, first + columns);
    let { x } = start;
    for (const { id, width } of row) {
      places.set(id, { x, y });
      x += width + GAP;
    }
    right = Math.max(right, x - GAP);
    y += Math.max(...row.map(({ height }) => height)) + GAP;
  }
  return right;
}

function zoneFrame(zone: string, members: readonly NodeBox[], places: ReadonlyMap<string, Point>): SceneFrame {
  const at = members.map(({ id, width, height }) => ({ width, height, ...(places.get(id) ?? { x: 0, y: 0 }) }));
  const left = Math.min(...at.map(({ x }) => x)) - ZONE_PADDING;
  const top = Math.min(...at.map(({ y }) => y)) - ZONE_PADDING - FRAME_HEADER + 8;
  const right = Math.max(...at.map(({ x, width }) => x + width)) + ZONE_PADDING;
  const bottom = Math.max(...at.map(({ y, height }) => y + height)) + ZONE_PADDING;
  return { id: `zone:${zone}`, kind: 'zone', title: zone, x: left, y: top, width: right - left, height: bottom - top };
}
