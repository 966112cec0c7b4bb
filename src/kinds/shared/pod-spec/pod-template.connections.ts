import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { Refusal } from '../../field-edit.ts';
import type {
  Connection,
  ConnectionChosen,
  ConnectionEdits,
  ConnectionId,
  ConnectionOption,
  PodTemplateView,
} from '../../kind.ts';
import { CONFIG_MAP, NODE, PERSISTENT_VOLUME_CLAIM, SECRET, SERVICE_ACCOUNT } from '../core-kinds.ts';
import { refuseOtherNamespace } from '../same-namespace.ts';
import { connectEnv, connectEnvFrom, connectPullSecret, envOptions } from './configuration.connections.ts';
import { containerOptions } from './container-choice.ts';
import { claimDevice } from './device.connections.ts';
import { setPriorityClass, setRuntimeClass, setServiceAccount } from './field.connections.ts';
import { claimMount, configMapMount, secretMount } from './mount.connections.ts';
import { labelOptions, placeOnNode, preferNode, requireNode, tolerateNode } from './node.connections.ts';
import { mountOptions, mountVolume } from './volume-mounts.ts';
import type { MountPlan } from './volume-mounts.ts';

/** What a meaning does to the template of Pods. */
type ConnectTemplate = (
  template: PodTemplateView,
  target: KubernetesObject,
  chosen?: ConnectionChosen,
) => ConnectionEdits | Refusal;

type TemplateOptions = (template: PodTemplateView, target: KubernetesObject) => readonly ConnectionOption[];

/** What an arrow from a kind with a Pod template at a path can mean, best first. */
export function podTemplateConnections(
  templateOf: (object: KubernetesObject) => PodTemplateView | undefined,
): readonly Connection[] {
  return MEANINGS.map(({ id, to, clusterScoped, connect, options }) => ({
    id,
    to,
    ...(options && {
      options(source, target) {
        const template = templateOf(source);
        return template === undefined ? [] : options(template, target);
      },
    }),
    connect(source, target, _template, chosen) {
      const refusal = clusterScoped ? undefined : refuseOtherNamespace(source, target);
      if (refusal) return refusal;
      const template = templateOf(source);
      if (!template) return { refused: 'connect.noPodTemplate' };
      return nameOf(target) === '' ? { refused: 'connect.noMeaning' } : connect(template, target, chosen);
    },
  }));
}

interface Meaning {
  readonly id: ConnectionId;
  readonly to: { readonly group: string; readonly kind: string };
  readonly clusterScoped?: true;
  readonly connect: ConnectTemplate;
  readonly options?: TemplateOptions;
}

const RESOURCE = 'resource.k8s.io';

/** Mounts what a target stands for, at a path that can be chosen. */
function mounting(planOf: (target: KubernetesObject) => MountPlan): Required<Pick<Meaning, 'connect' | 'options'>> {
  return {
    connect: (template, target, chosen) => mountVolume(template, planOf(target), chosen),
    options: (template, target) => mountOptions(template, planOf(target)),
  };
}

const MEANINGS: readonly Meaning[] = [
  { id: 'envFrom', to: CONFIG_MAP, connect: connectEnvFrom('configMapRef'), options: containerOptions },
  { id: 'mount', to: CONFIG_MAP, ...mounting(configMapMount) },
  { id: 'env', to: CONFIG_MAP, connect: connectEnv('configMapKeyRef'), options: envOptions('configMapKeyRef') },
  { id: 'pullSecret', to: SECRET, connect: connectPullSecret },
  { id: 'envFrom', to: SECRET, connect: connectEnvFrom('secretRef'), options: containerOptions },
  { id: 'mount', to: SECRET, ...mounting(secretMount) },
  { id: 'env', to: SECRET, connect: connectEnv('secretKeyRef'), options: envOptions('secretKeyRef') },
  { id: 'mount', to: PERSISTENT_VOLUME_CLAIM, ...mounting(claimMount) },
  { id: 'runAs', to: SERVICE_ACCOUNT, connect: setServiceAccount },
  {
    id: 'priority',
    to: { group: 'scheduling.k8s.io', kind: 'PriorityClass' },
    clusterScoped: true,
    connect: setPriorityClass,
  },
  { id: 'runtime', to: { group: 'node.k8s.io', kind: 'RuntimeClass' }, clusterScoped: true, connect: setRuntimeClass },
  { id: 'place', to: NODE, clusterScoped: true, connect: placeOnNode, options: labelOptions },
  { id: 'require', to: NODE, clusterScoped: true, connect: requireNode, options: labelOptions },
  { id: 'prefer', to: NODE, clusterScoped: true, connect: preferNode, options: labelOptions },
  { id: 'tolerate', to: NODE, clusterScoped: true, connect: tolerateNode },
  { id: 'claimDevice', to: { group: RESOURCE, kind: 'ResourceClaim' }, connect: claimDevice('resourceClaimName') },
  {
    id: 'claimDevice',
    to: { group: RESOURCE, kind: 'ResourceClaimTemplate' },
    connect: claimDevice('resourceClaimTemplateName'),
  },
];
