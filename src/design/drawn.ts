import type { JsonObject } from '../base/json.ts';
import { numberAt, stringAt } from '../base/json.ts';
import type { Placement, PlacementKey, RecordId } from './design.ts';

/**
 * What people draw that is no object of a cluster. It stands among the placements, under a key of its own, with what it
 * says in `Placement.drawn`: so it is moved, undone, saved and merged as every place is.
 */
export type Drawn =
  | ({ readonly type: 'note'; readonly text: string } & Layered)
  | ({ readonly type: 'actor'; readonly what: ActorKind; readonly text: string } & Layered)
  | { readonly type: 'arrow'; readonly from: PlacementKey; readonly to: PlacementKey; readonly text: string }
  | ({ readonly type: 'title'; readonly text: string } & Layered)
  | ({ readonly type: 'legend' } & Layered)
  /** Nodes that the Cluster picture draws where the design holds none. */
  | { readonly type: 'nodes'; readonly workers: number; readonly cpu: number; readonly memoryGi: number };

interface Layered {
  /** What lies above what: 0 where it is left out, below the cards where it is less. */
  readonly order?: number;
}

/** Who stands outside of the cluster. */
export const OUTSIDERS = ['user', 'database', 'saas', 'queue', 'device'] as const;
/** Parts of a cluster that are drawn to be wired, by the names of their programs. */
export const CLUSTER_PARTS = [
  'kubectl',
  'kube-apiserver',
  'etcd',
  'kube-scheduler',
  'kube-controller-manager',
  'kubelet',
  'kube-proxy',
  'containerd',
] as const;
export type ClusterPart = (typeof CLUSTER_PARTS)[number];
const ACTOR_KINDS = [...OUTSIDERS, ...CLUSTER_PARTS] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

const KEY = /^(?:note|actor|arrow|title|legend|nodes):/;

/** The one key of what exists once in a picture. */
export const TITLE_KEY = 'title:';
export const LEGEND_KEY = 'legend:';
export const NODES_KEY = 'nodes:';

export function isDrawnKey(key: PlacementKey): boolean {
  return KEY.test(key);
}

/** The part of the control plane whose card of the Cluster picture has this key: `component:etcd@cp-1`. */
export function componentOf(key: PlacementKey): string | undefined {
  return /^component:(.+)@/.exec(key)?.[1];
}

/** What stands at a key; undefined for what a later version may have drawn. */
export function drawnOf(key: PlacementKey, { drawn }: Placement): Drawn | undefined {
  const text = stringAt(drawn, 'text') ?? '';
  const order = Math.round(numberAt(drawn, 'order') ?? 0);
  const layered = order === 0 ? {} : { order };
  switch (key.slice(0, key.indexOf(':'))) {
    case 'note':
      return { type: 'note', text, ...layered };
    case 'title':
      return { type: 'title', text, ...layered };
    case 'legend':
      return { type: 'legend', ...layered };
    case 'actor': {
      const word = stringAt(drawn, 'what');
      return { type: 'actor', what: ACTOR_KINDS.find((kind) => kind === word) ?? 'user', text, ...layered };
    }
    case 'arrow': {
      const [from, to] = [stringAt(drawn, 'from'), stringAt(drawn, 'to')];
      return from === undefined || to === undefined ? undefined : { type: 'arrow', from, to, text };
    }
    case 'nodes': {
      const whole = (name: string, most: number, usual: number): number =>
        Math.min(most, Math.max(1, Math.round(numberAt(drawn, name) ?? usual)));
      return {
        type: 'nodes',
        workers: whole('workers', 200, 3),
        cpu: whole('cpu', 1024, 4),
        memoryGi: whole('memoryGi', 65_536, 16),
      };
    }
    default:
      return undefined;
  }
}

/** As `Placement.drawn` holds it: the key says the type. */
export function drawnData({ type: _type, ...data }: Drawn): JsonObject {
  return data;
}

/** A placement whose arrow names its ends otherwise: records by id while the design is open, by identity in a file. */
export function withArrowEnds(
  placement: Placement,
  nameOf: (end: RecordId | string) => string | undefined,
): Placement | undefined {
  const { drawn } = placement;
  const [from, to] = [stringAt(drawn, 'from'), stringAt(drawn, 'to')];
  if (drawn === undefined || from === undefined || to === undefined) return placement;
  const ends = [from, to].map((end) => (isDrawnKey(end) || componentOf(end) !== undefined ? end : nameOf(end)));
  const [start, end] = ends;
  return start === undefined || end === undefined
    ? undefined
    : { ...placement, drawn: { ...drawn, from: start, to: end } };
}
