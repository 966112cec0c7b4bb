import { isForbiddenLabel } from '../../admission/node-restriction/node.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { objectAt } from '../../base/json.ts';
import { apiClient, sendCall } from '../client/api-client.ts';
import type { Context } from '../component.ts';
import type { KubeletState } from './state.ts';

const NODES = { group: '', version: 'v1', plural: 'nodes' } as const;
const ADMIN = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

/** Name of the timer with which what kubeadm could not write is written again. */
export const MARK = 'mark-node';
const RETRY_MS = 500;

/** The Node as its kubelet registers it: without the labels that the server lets no kubelet set. */
export function withOwnLabels({ settings }: KubeletState): KubernetesObject {
  const { node } = settings;
  const all = [...labelsOf(node)];
  const own = all.filter(([key]) => !isForbiddenLabel(key));
  if (own.length === all.length) return node;
  return { ...node, metadata: { ...objectAt(node, 'metadata'), labels: Object.fromEntries(own) } };
}

/**
 * Roles and the like are written by whoever sets the Node up, as an administrator from the same machine.
 * Source: cmd/kubeadm/app/phases/markcontrolplane/markcontrolplane.go, 1.36.
 */
export function markNode(state: KubeletState, context: Context): void {
  const { node, server } = state.settings;
  const others = [...labelsOf(node)].filter(([key]) => isForbiddenLabel(key));
  if (others.length === 0) return;
  const metadata = { labels: Object.fromEntries(others) };
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Node', metadata };
  const call = { verb: 'patch', resource: NODES, name: nameOf(node), body } as const;
  const id = sendCall(apiClient(server, ADMIN, 'kubeadm'), { ...call, options: { patchType: 'strategic' } }, context);
  state.requests.set(id, { type: 'mark' });
}

export function nodeMarked(code: number, context: Context): void {
  if (code < 200 || code >= 300) context.timer(RETRY_MS, MARK);
}
