import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { Refusal } from '../../field-edit.ts';
import type { Connection, ConnectionEdits, ConnectionId, PodTemplateView } from '../../kind.ts';
import { CONFIG_MAP, NODE, PERSISTENT_VOLUME_CLAIM, SECRET, SERVICE_ACCOUNT } from '../core-kinds.ts';
import { refuseOtherNamespace } from '../same-namespace.ts';
import { connectEnv, connectEnvFrom, connectPullSecret } from './configuration.connections.ts';
import { claimDevice } from './device.connections.ts';
import { placeOnNode, setPriorityClass, setRuntimeClass, setServiceAccount } from './field.connections.ts';
import { mountClaim, mountConfigMap, mountSecret } from './mount.connections.ts';

/** What a meaning does to the template of Pods. */
type ConnectTemplate = (template: PodTemplateView, target: KubernetesObject) => ConnectionEdits | Refusal;

/** What an arrow from a kind with a Pod template at a path can mean, best first. */
export function podTemplateConnections(
  templateOf: (object: KubernetesObject) => PodTemplateView | undefined,
): readonly Connection[] {
  return MEANINGS.map(({ id, to, clusterScoped, connect }) => ({
    id,
    to,
    connect(source, target) {
      const refusal = clusterScoped ? undefined : refuseOtherNamespace(source, target);
      if (refusal) return refusal;
      const template = templateOf(source);
      if (!template) return { refused: 'connect.noPodTemplate' };
      return nameOf(target) === '' ? { refused: 'connect.noMeaning' } : connect(template, target);
    },
  }));
}

interface Meaning {
  readonly id: ConnectionId;
  readonly to: { readonly group: string; readonly kind: string };
  readonly clusterScoped?: true;
  readonly connect: ConnectTemplate;
}

const RESOURCE = 'resource.k8s.io';

const MEANINGS: readonly Meaning[] = [
  { id: 'envFrom', to: CONFIG_MAP, connect: connectEnvFrom('configMapRef') },
  { id: 'mount', to: CONFIG_MAP, connect: mountConfigMap },
  { id: 'env', to: CONFIG_MAP, connect: connectEnv('configMapKeyRef') },
  { id: 'pullSecret', to: SECRET, connect: connectPullSecret },
  { id: 'envFrom', to: SECRET, connect: connectEnvFrom('secretRef') },
  { id: 'mount', to: SECRET, connect: mountSecret },
  { id: 'env', to: SECRET, connect: connectEnv('secretKeyRef') },
  { id: 'mount', to: PERSISTENT_VOLUME_CLAIM, connect: mountClaim },
  { id: 'runAs', to: SERVICE_ACCOUNT, connect: setServiceAccount },
  {
    id: 'priority',
    to: { group: 'scheduling.k8s.io', kind: 'PriorityClass' },
    clusterScoped: true,
    connect: setPriorityClass,
  },
  { id: 'runtime', to: { group: 'node.k8s.io', kind: 'RuntimeClass' }, clusterScoped: true, connect: setRuntimeClass },
  { id: 'place', to: NODE, clusterScoped: true, connect: placeOnNode },
  { id: 'claimDevice', to: { group: RESOURCE, kind: 'ResourceClaim' }, connect: claimDevice('resourceClaimName') },
  {
    id: 'claimDevice',
    to: { group: RESOURCE, kind: 'ResourceClaimTemplate' },
    connect: claimDevice('resourceClaimTemplateName'),
  },
];
