import type { Frame } from '../../workspace/simulation/frame.ts';
import type { Box, ControlPlaneLayout } from './control-plane-layout.ts';
import {
  MORE_NODES,
  apiServersOf,
  balancerOf,
  managersOf,
  schedulersOf,
  serverOf,
  whereItStands,
} from './control-plane-layout.ts';

const MARGIN = 16;
const OUTSIDE_WIDTH = 150;
/** Room for messages between what is outside and what is inside. */
const WAY = 96;
const TILE_WIDTH = 172;
const GAP = 8;
/** Boxes outside that have to be small, so that all have room. */
const MANY = 9;
/** Where what is inside begins, below its name. */
const TOP = 44;
const PART_HEIGHT = 44;

/** Parts of a Node, in the order in which a Pod comes to meet them. */
export const NODE_PARTS = ['kubelet', 'containerd', 'cni', 'csi', 'kube-proxy', 'linux'] as const;

export interface InsideLayout extends ControlPlaneLayout {
  /** Where things may stand that are no ends of messages. */
  readonly room: { readonly x: number; readonly y: number; readonly width: number };
  readonly height: number;
}

/** One component of the control plane, or one Node, as large as there is room; everything else small beside it. */
export function layoutInside(frame: Frame, inside: string, width: number, height: number): InsideLayout {
  const boxes = new Map<string, Box>();
  const outside = outsideOf(frame, inside);
  const gap = outside.length > MANY ? GAP / 2 : GAP;
  const each = Math.max(outside.length > MANY ? 18 : 26, Math.min(46, (height - MARGIN) / outside.length - gap));
  outside.forEach(([id, role], at) => {
    boxes.set(id, { id, role, x: MARGIN, y: MARGIN / 2 + at * (each + gap), width: OUTSIDE_WIDTH, height: each });
  });
  const x = MARGIN + OUTSIDE_WIDTH + WAY;
  const room = Math.max(TILE_WIDTH, width - x - MARGIN);
  const node = inside.startsWith('node/') ? inside.slice('node/'.length) : undefined;
  const ids = node === undefined ? controllersIn(frame, inside) : NODE_PARTS.map((part) => `${part}/${node}`);
  const columns =
    node === undefined ? Math.max(1, Math.floor((room + GAP) / (TILE_WIDTH + GAP))) : Math.min(ids.length, 6);
  const rows = Math.ceil(ids.length / columns);
  const tall = node === undefined ? Math.max(36, Math.min(52, (height - TOP - MARGIN) / rows - GAP)) : PART_HEIGHT;
  const wide = (room - GAP * (columns - 1)) / columns;
  ids.forEach((id, at) => {
    boxes.set(id, {
      id,
      role: node === undefined ? 'controller' : 'part',
      x: x + (at % columns) * (wide + GAP),
      y: TOP + Math.floor(at / columns) * (tall + GAP),
      width: wide,
      height: tall,
    });
  });
  const below = TOP + rows * (tall + GAP);
  return {
    boxes,
    boxOf: (component, other) => boxes.get(boxId(frame, boxes, whereItStands(frame, component, other), inside)),
    room: { x, y: below, width: room },
    height: Math.max(height, node === undefined ? below + MARGIN : height),
  };
}

/** The controllers of one controller manager. */
function controllersIn({ controllers }: Frame, manager: string): readonly string[] {
  return controllers.filter(({ process }) => process === manager).map(({ id }) => id);
}

function outsideOf(frame: Frame, inside: string): readonly (readonly [string, Box['role']])[] {
  const etcd = frame.components.filter(({ kind }) => kind.startsWith('etcd'));
  const balancer = balancerOf(frame);
  return [
    ['kubectl', 'person'],
    ...(balancer === undefined ? [] : [[balancer, 'balancer'] as const]),
    ...apiServersOf(frame).map((id) => [id, 'apiserver'] as const),
    ...etcd.map(({ id }) => [id, 'etcd'] as const),
    ...schedulersOf(frame).map((id) => [id, 'scheduler'] as const),
    ...managersOf(frame).flatMap((id) => (id === inside ? [] : [[id, 'controllers'] as const])),
    [MORE_NODES, 'more'],
  ];
}

function boxId(frame: Frame, boxes: ReadonlyMap<string, Box>, component: string, inside: string): string {
  if (boxes.has(component)) return component;
  if (component.startsWith('kube-apiserver')) return serverOf(component);
  const found = frame.components.find(({ id }) => id === component);
  // The shared informers hear for all controllers; they stand where the first of them does.
  if (found !== undefined && found.process === inside) return controllersIn(frame, inside)[0] ?? '';
  if (found !== undefined && boxes.has(found.process)) return found.process;
  return component.includes('/') ? MORE_NODES : component;
}
