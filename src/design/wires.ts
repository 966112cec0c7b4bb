import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import type { CommandRefusal } from './commands/command.ts';
import type { Design, Picture, PlacementKey } from './design.ts';
import { CLUSTER_PARTS, componentOf, drawnOf } from './drawn.ts';
import type { ClusterPart } from './drawn.ts';

/**
 * What an arrow that is drawn by hand may not say: that parts of a cluster talk to each other that never do. Source:
 * kubernetes.io/docs/concepts/architecture/control-plane-node-communication; who opens a connection is where it begins.
 */
type WireEnd = ClusterPart | 'user' | 'node';

/** Why parts of a cluster are not wired so, and the correction of the notes that says more: `X33`. */
export interface FalseWire extends CommandRefusal {
  readonly refused: WireRefusalId;
  readonly correction?: string;
}

export type WireRefusalId =
  | 'wire.onlyApiServerStores'
  | 'wire.etcdAnswers'
  | 'wire.usersAskApiServer' // from, to
  | 'wire.schedulerOnlyBinds'
  | 'wire.watcherOpens' // to
  | 'wire.kubeletReports'
  | 'wire.kubeletRuns'
  | 'wire.throughApiServer'; // from, to

/** Why an arrow from one thing of a picture to another would be false; undefined where there is nothing against it. */
export function falseWire(
  design: Design,
  picture: Picture,
  from: PlacementKey,
  to: PlacementKey,
): FalseWire | undefined {
  const [start, end] = [wireEnd(design, picture, from), wireEnd(design, picture, to)];
  return start === undefined || end === undefined ? undefined : wireRefusal(start, end);
}

/** What a false wire between two parts is refused with. */
export function wireRefusal(from: WireEnd, to: WireEnd): FalseWire | undefined {
  if (to === 'etcd') {
    if (from === 'kube-apiserver' || from === 'etcd') return undefined;
    const correction = from === 'kubelet' || from === 'node' ? { correction: 'X33' } : { correction: 'X17' };
    return { refused: 'wire.onlyApiServerStores', ...correction };
  }
  const params = { from: nameOf(from), to: nameOf(to) };
  switch (from) {
    case 'etcd':
      return { refused: 'wire.etcdAnswers', correction: 'X18' };
    case 'user':
      return to === 'kubectl' || to === 'kube-apiserver' || to === 'user'
        ? undefined
        : { refused: 'wire.usersAskApiServer', params };
    case 'kubectl':
      return to === 'kube-apiserver' ? undefined : { refused: 'wire.usersAskApiServer', params };
    case 'kube-apiserver':
      // To the kubelet for logs, exec and port-forward.
      if (to === 'kubelet' || to === 'node' || to === 'kube-apiserver') return undefined;
      return to === 'containerd'
        ? { refused: 'wire.kubeletRuns' }
        : { refused: 'wire.watcherOpens', params, correction: 'X51' };
    case 'kube-scheduler':
      if (to === 'kube-apiserver') return undefined;
      return to === 'kubelet' || to === 'node' || to === 'containerd'
        ? { refused: 'wire.schedulerOnlyBinds', correction: 'X52' }
        : { refused: 'wire.throughApiServer', params, correction: 'X17' };
    case 'containerd':
      return { refused: 'wire.kubeletReports' };
    case 'kubelet':
      if (to === 'containerd') return undefined;
      break;
    case 'node':
      if (to === 'kubelet' || to === 'containerd' || to === 'kube-proxy' || to === 'node') return undefined;
      break;
    default:
  }
  return to === 'kube-apiserver' ? undefined : { refused: 'wire.throughApiServer', params, correction: 'X17' };
}

function nameOf(end: WireEnd): string {
  return end === 'user' ? 'User' : end === 'node' ? 'Node' : end;
}

/** What stands at an end of an arrow, where it is a part of a cluster, a person or a machine. */
function wireEnd(design: Design, picture: Picture, key: PlacementKey): WireEnd | undefined {
  const component = componentOf(key);
  if (component !== undefined) return CLUSTER_PARTS.find((part) => part === component);
  // Frames of the Cluster picture: Nodes that the design does not hold.
  if (key.startsWith('node:')) return 'node';
  const record = design.records.get(key);
  if (record !== undefined) {
    const { group, kind } = groupVersionKindOf(record.object);
    return group === '' && kind === 'Node' ? 'node' : undefined;
  }
  const placement = design.placements[picture].get(key);
  const drawn = placement && drawnOf(key, placement);
  if (drawn?.type !== 'actor') return undefined;
  if (drawn.what === 'user' || drawn.what === 'device') return 'user';
  return CLUSTER_PARTS.find((part) => part === drawn.what);
}
