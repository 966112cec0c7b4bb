import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { OwnerReference } from '../../../apimachinery/owner-reference.ts';
import { controllerOf, uidOf } from '../../../apimachinery/owner-reference.ts';
import { numberAt } from '../../../base/json.ts';
import { BUILT_IN } from '../../apiserver/served-resources.ts';
import type { ResourceName } from '../../messages.ts';
import type { ReconcileContext } from '../controller.ts';
import { DEPLOYMENTS, REPLICATION_CONTROLLERS, REPLICA_SETS, STATEFUL_SETS } from '../resources.ts';

/** How many Pods the owners of some Pods want in all, or why that is not known. */
export type ExpectedScale = { readonly count: number; readonly isUnmanaged: boolean } | { readonly failure: string };

interface Scale {
  readonly uid: string;
  readonly replicas: number;
}

/** Source: pkg/controller/disruption/disruption.go `getExpectedScale`, 1.36. */
export function expectedScale(context: ReconcileContext, pods: readonly KubernetesObject[]): ExpectedScale {
  const scales = new Map<string, number>();
  let isUnmanaged = false;
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (owner === undefined) isUnmanaged = true;
    if (owner === undefined || scales.has(owner.uid)) continue;
    const scale = scaleOf(context, owner, namespaceOf(pod) ?? '');
    if (typeof scale === 'string') return { failure: scale };
    if (scale === undefined) return { failure: `found no controllers for pod "${nameOf(pod)}"` };
    scales.set(scale.uid, scale.replicas);
  }
  return { count: [...scales.values()].reduce((sum, replicas) => sum + replicas, 0), isUnmanaged };
}

const APPS = ['apps', 'extensions'];

/** What an owner wants: of a ReplicaSet its Deployment, if it has one. Undefined where there is none such; a text is why not. */
function scaleOf(context: ReconcileContext, owner: OwnerReference, namespace: string): Scale | string | undefined {
  const { group } = parseApiVersion(owner.apiVersion);
  if (owner.kind === 'ReplicationController' && group === '')
    return known(context, REPLICATION_CONTROLLERS, owner, namespace) ?? scaleByServer(context, owner, namespace);
  if (owner.kind === 'StatefulSet' && group === 'apps')
    return known(context, STATEFUL_SETS, owner, namespace) ?? scaleByServer(context, owner, namespace);
  if (owner.kind === 'ReplicaSet' && APPS.includes(group)) {
    const set = context.view(REPLICA_SETS).get(namespace, owner.name);
    const parent = set === undefined || uidOf(set) !== owner.uid ? undefined : controllerOf(set);
    const found =
      parent?.kind === 'Deployment'
        ? known(context, DEPLOYMENTS, parent, namespace)
        : known(context, REPLICA_SETS, owner, namespace);
    return found ?? scaleByServer(context, owner, namespace);
  }
  return scaleByServer(context, owner, namespace);
}

function known(
  context: ReconcileContext,
  resource: ResourceName,
  { name, uid }: OwnerReference,
  namespace: string,
): Scale | undefined {
  const object = context.view(resource).get(namespace, name);
  return object === undefined || uidOf(object) !== uid
    ? undefined
    : { uid, replicas: numberAt(object, 'spec', 'replicas') ?? 1 };
}

/** What the server says about the size of an object of another kind. Source: `getScaleController`, 1.36. */
function scaleByServer(
  context: ReconcileContext,
  owner: OwnerReference,
  namespace: string,
): Scale | string | undefined {
  const { group, version } = parseApiVersion(owner.apiVersion);
  const resource = BUILT_IN.find((served) => served.kind === owner.kind && served.group === group);
  if (resource === undefined) return `no matches for kind "${owner.kind}" in version "${owner.apiVersion}"`;
  const { plural, qualified, subresources } = resource;
  const answer = context.api.call({
    verb: 'get',
    resource: { group, version, plural },
    namespace,
    name: owner.name,
    subresource: 'scale',
  });
  if (!answer.ok) {
    if (answer.code !== 404) return answer.message;
    return subresources.includes('scale') ? undefined : `${qualified} does not implement the scale subresource`;
  }
  const { object } = answer;
  return uidOf(object) === owner.uid
    ? { uid: owner.uid, replicas: numberAt(object, 'spec', 'replicas') ?? 0 }
    : undefined;
}
