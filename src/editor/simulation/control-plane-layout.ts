import type { Frame } from '../../workspace/simulation/frame.ts';

export interface Box extends Place {
  readonly id: string;
  readonly role:
    | 'person'
    | 'balancer'
    | 'apiserver'
    | 'etcd'
    | 'scheduler'
    | 'controllers'
    | 'node'
    | 'more'
    | 'controller'
    | 'part';
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ControlPlaneLayout {
  readonly boxes: ReadonlyMap<string, Box>;
  /** The box in which a component stands that talks with another. */
  boxOf(component: string, other: string): Box | undefined;
}

const MARGIN = 20;
/** With a balancer between kubectl and the API servers everything is closer. */
const KUBECTL = { y: 14, height: 46 };
const KUBECTL_ABOVE = { y: 8, height: 40 };
const SERVERS = { y: 112, height: 84 };
const SERVERS_BELOW = { y: 130, height: 68 };
/** Schedulers and controller managers: where the first begins, what stays free below the last, and between two. */
const LOOSE = { first: 64, below: 4, gap: 14 };
const CLOSE = { first: 10, below: 10, gap: 6 };
/** How many of them have room below each other. */
const MOST_BELOW = 6;
const LEAST_NODE = 172;
const LEAST_BRIEF_NODE = 128;
const MOST_ROWS = 2;

/** Where everything stands on a canvas of so many pixels: the control plane above, the Nodes below. */
export function layoutControlPlane(
  frame: Frame,
  width: number,
  height: number,
  /** Nodes have a name and their Pods only, so that more of them stand in one row. */
  isBrief = false,
): ControlPlaneLayout {
  const boxes = new Map<string, Box>();
  const put = (box: Box): void => void boxes.set(box.id, box);
  const upper = Math.max(236, Math.min(height * 0.5, 300));
  // “controller manager” in one line, beside its sign and the button that opens it.
  const side = Math.min(236, Math.max(148, width * 0.25));
  const centre = width / 2;
  const balancer = balancerOf(frame);
  put({ id: 'kubectl', role: 'person', x: centre - 70, ...(balancer ? KUBECTL_ABOVE : KUBECTL), width: 140 });
  if (balancer !== undefined) put({ id: balancer, role: 'balancer', x: centre - 85, y: 66, width: 170, height: 34 });
  const servers = apiServersOf(frame);
  const middle = Math.min(
    Math.max(Math.min(300, width * 0.28), servers.length * 132),
    width - 2 * side - 4 * MARGIN - 80,
  );
  const room = isBrief ? Math.min(middle, 50 + 100 * servers.length) : middle;
  const share = (room - (servers.length - 1) * 8) / servers.length;
  servers.forEach((id, at) => {
    const x = centre - room / 2 + at * (share + 8);
    put({ id, role: 'apiserver', x, ...(balancer ? SERVERS_BELOW : SERVERS), width: share });
  });
  const members = frame.components.filter(({ kind }) => kind.startsWith('etcd'));
  const step = Math.min(60, (upper - 70) / Math.max(1, members.length));
  const top = 154 - (members.length * step) / 2;
  members.forEach(({ id }, at) => {
    put({ id, role: 'etcd', x: MARGIN, y: top + at * step, width: side, height: Math.min(50, step - 8) });
  });
  const right = width - MARGIN - side;
  const workers = [
    ...schedulersOf(frame).map((id) => ({ id, role: 'scheduler' }) as const),
    ...managersOf(frame).map((id) => ({ id, role: 'controllers' }) as const),
  ];
  const columns = workers.length > MOST_BELOW ? 2 : 1;
  const rows = Math.ceil(workers.length / columns);
  const { first, below, gap } = workers.length > 2 ? CLOSE : LOOSE;
  const each = Math.min(84, (upper - first - below) / rows);
  const wide = (side - (columns - 1) * 6) / columns;
  workers.forEach(({ id, role }, at) => {
    const x = right + Math.floor(at / rows) * (wide + 6);
    put({ id, role, x, y: first + (at % rows) * each, width: wide, height: each - gap });
  });
  placeNodes(frame, width, height, upper, isBrief, put);
  return { boxes, boxOf: (component, other) => boxes.get(boxId(frame, boxes, whereItStands(frame, component, other))) };
}

function placeNodes(
  frame: Frame,
  width: number,
  height: number,
  top: number,
  isBrief: boolean,
  put: (box: Box) => void,
): void {
  const least = isBrief ? LEAST_BRIEF_NODE : LEAST_NODE;
  const { nodes } = frame;
  if (nodes.length === 0) return;
  const columns = Math.max(1, Math.min(nodes.length, Math.floor((width - MARGIN) / (least + 12))));
  const rows = Math.min(isBrief ? 1 : MOST_ROWS, Math.ceil(nodes.length / columns));
  const shown = Math.min(nodes.length, rows * columns);
  const hasMore = shown < nodes.length;
  const cell = (width - 2 * MARGIN - (columns - 1) * 12) / columns;
  const tall = Math.max(86, (height - top - 16 - (rows - 1) * 12) / rows);
  for (let at = 0; at < shown; at++) {
    const isMore = hasMore && at === shown - 1;
    put({
      id: isMore ? MORE_NODES : `node/${nodes[at]!.name}`,
      role: isMore ? 'more' : 'node',
      x: MARGIN + (at % columns) * (cell + 12),
      y: top + Math.floor(at / columns) * (tall + 12),
      width: cell,
      height: tall,
    });
  }
}

export const MORE_NODES = 'node/…';

/** Every API server of the cluster. */
export function apiServersOf(frame: Frame): readonly string[] {
  return idsOf(frame, 'kube-apiserver');
}

function idsOf({ components }: Frame, kind: string): readonly string[] {
  return components.filter((one) => one.kind === kind).map(({ id }) => id);
}

/** Schedulers of the cluster: one, or one on each machine of the control plane, of which one leads. */
export function schedulersOf(frame: Frame): readonly string[] {
  return idsOf(frame, 'kube-scheduler');
}

export function managersOf(frame: Frame): readonly string[] {
  return idsOf(frame, 'kube-controller-manager');
}

/** What stands before several API servers; undefined where there is one. */
export function balancerOf(frame: Frame): string | undefined {
  return idsOf(frame, 'load-balancer')[0];
}

/** To whom a component speaks: the balancer, or on a machine of the control plane the API server beside it. */
export function hubOf(frame: Frame, { id, role }: Pick<Box, 'id' | 'role'>): string | undefined {
  const servers = apiServersOf(frame);
  if (role === 'apiserver') return undefined;
  const balancer = balancerOf(frame);
  if (balancer === undefined || role === 'balancer') return servers[0];
  if (role === 'person' || role === 'node' || role === 'more') return balancer;
  const machine = frame.components.find((one) => one.id === id)?.machine;
  return frame.components.find((one) => one.kind === 'kube-apiserver' && one.machine === machine)?.id ?? servers[0];
}

/** `kube-apiserver-0` of one of its own controllers, `kube-apiserver-0/crd-…`. */
export function serverOf(component: string): string {
  return component.split('/')[0]!;
}

/**
 * The component in whose place another stands that has none of its own: who sends requests stands where they begin, in
 * the kernel of a Node or outside; what runs once in a cluster, as CoreDNS and the controller of a storage driver do, on
 * its Node.
 */
export function whereItStands({ components, nodes }: Frame, component: string, other: string): string {
  const isNode = (machine: string): boolean => nodes.some(({ name }) => name === machine);
  const kernelOf = (machine: string | undefined): string | undefined =>
    machine !== undefined && isNode(machine) ? `linux/${machine}` : undefined;
  if (component === 'client' || component === 'faults') return 'kubectl';
  if (component === 'traffic') return kernelOf(/^linux\/(.+)$/.exec(other)?.[1]) ?? 'kubectl';
  if (component.startsWith('linux/')) return kernelOf(component.slice('linux/'.length)) ?? 'kubectl';
  const found = components.find(({ id }) => id === component);
  if (found === undefined || component.includes('/') || HAS_A_BOX.test(found.process)) return component;
  if (isNode(found.machine) && component.startsWith('csi-')) return `csi/${found.machine}`;
  return kernelOf(found.machine) ?? component;
}

/** Processes of the control plane. */
const HAS_A_BOX = /^(?:kube-|etcd|load-balancer)/;

function boxId(frame: Frame, boxes: ReadonlyMap<string, Box>, component: string): string {
  if (boxes.has(component)) return component;
  if (component.startsWith('kube-apiserver')) return serverOf(component);
  const found = frame.components.find(({ id }) => id === component);
  if (found !== undefined && boxes.has(found.process)) return found.process;
  const at = component.indexOf('/');
  if (at < 0) return component;
  const node = `node/${component.slice(at + 1)}`;
  return boxes.has(node) ? node : MORE_NODES;
}

/** The point at which the straight way from one box to another leaves the first. */
export function edgePoint(from: Place, to: Place): { readonly x: number; readonly y: number } {
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  const [dx, dy] = [to.x + to.width / 2 - x, to.y + to.height / 2 - y];
  const scale = Math.min(
    dx === 0 ? Infinity : from.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : from.height / 2 / Math.abs(dy),
  );
  return scale >= 1 ? { x, y } : { x: x + dx * scale, y: y + dy * scale };
}
