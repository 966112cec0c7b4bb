import { COMPONENT_NAMES, componentKind } from '../../lessons/component-name.ts';
import type { Asked } from './picking-state.ts';

/** Processes of a Node that send and receive. */
const OF_A_NODE = ['kubelet', 'containerd', 'cni', 'kube-proxy', 'linux'];

/** Whom something on the picture of a cluster may stand for in an arrow; several where it is a box with parts. */
export function partiesOf(id: string): readonly string[] {
  if (id.startsWith('node/')) return OF_A_NODE;
  if (id === 'kube-controller-manager') return [id, ...COMPONENT_NAMES.filter((name) => name.endsWith('-controller'))];
  return [componentKind(id)];
}

/** What something on the picture is called among what is asked for; undefined where it is none of that. */
export function spotName(asked: Asked, id: string): string | undefined {
  if (asked.type === 'arrow') {
    if (asked.parties.length > 0) return asked.parties.includes(id) ? id : undefined;
    const parties = partiesOf(id);
    return parties.length > 1 || COMPONENT_NAMES.includes(parties[0]!) ? id.replace(/^node\//, '') : undefined;
  }
  const prefix = asked.kind === 'Node' ? 'node/' : `${asked.kind}/`;
  const name = id.startsWith(prefix) ? id.slice(prefix.length) : undefined;
  return name !== undefined && asked.names.includes(name) ? name : undefined;
}
