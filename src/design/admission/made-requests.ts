import type { AdmissionRequest } from '../../admission/admission-request.ts';
import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { arrayAt, objectAt, valueAt } from '../../base/json.ts';
import type { KindDefinition } from '../../kinds/kind.ts';
import { strategyOf } from '../../kinds/strategies.ts';
import type { DesignRecord } from '../design.ts';

/** One or more alike requests that applying a record brings about. */
export interface MadeRequest {
  readonly request: AdmissionRequest;
  /** How many times it is made: a Pod for each replica. */
  readonly count: number;
  /** Where the spec of the request's object stands in the record; `['spec']` for the record's own object. */
  readonly specPath: Path;
}

const ADMIN = { name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] };
const CONTROLLERS = { name: 'system:kube-controller-manager', groups: ['system:authenticated'] };
const POD: GroupVersionKind = { group: '', version: 'v1', kind: 'Pod' };
const CLAIM: GroupVersionKind = { group: '', version: 'v1', kind: 'PersistentVolumeClaim' };

/** Kinds of what controllers make of others' templates; their strategies fill in what the server fills in. */
export const MADE_KINDS: readonly GroupVersionKind[] = [POD, CLAIM];

/** The request that creates the object of a record, and those that its controller sends for what it makes of it. */
export function madeRequests(
  { namespace, object: written }: DesignRecord,
  object: KubernetesObject,
  definition: KindDefinition,
): readonly MadeRequest[] {
  const request = requestOf(object, definition.resource, definition.scope === 'Cluster' ? '' : namespace, ADMIN);
  const own: MadeRequest = {
    // What is stored may be of another version than what was written, which is what the request was sent in.
    request: { ...request, version: groupVersionKindOf(written).version },
    count: 1,
    specPath: ['spec'],
  };
  const template = definition.podTemplate?.(object);
  // A Pod is its own template, and a template at the top of an object is only kept there: neither makes a Pod.
  if (template === undefined || template.specPath[0] !== 'spec' || template.specPath.length === 1) return [own];
  const count = definition.summary?.(object).pods ?? 1;
  if (count === 0) return [own];
  const metadata = objectAt(object, ...template.specPath.slice(0, -1), 'metadata');
  const pod = madeObject(POD, object, namespace, metadata, template.spec);
  return [
    own,
    { request: requestOf(pod, 'pods', namespace, CONTROLLERS), count, specPath: template.specPath },
    ...claimRequests(object, namespace, count, ['spec', 'volumeClaimTemplates'], []),
    ...claimRequests(object, namespace, count, [...template.specPath, 'volumes'], ['ephemeral', 'volumeClaimTemplate']),
  ];
}

/** Claims that are made together with each Pod. */
function claimRequests(
  object: KubernetesObject,
  namespace: string,
  count: number,
  list: Path,
  inside: Path,
): readonly MadeRequest[] {
  return arrayAt(object, ...list).flatMap((item, index) => {
    const template = objectAt(item, ...inside);
    const spec = objectAt(template, 'spec');
    if (template === undefined || spec === undefined) return [];
    const claim = madeObject(CLAIM, object, namespace, objectAt(template, 'metadata'), spec);
    const request = requestOf(claim, 'persistentvolumeclaims', namespace, CONTROLLERS);
    return [{ request, count, specPath: [...list, index, ...inside, 'spec'] }];
  });
}

/** An object as a controller makes it, named after the one that asks for it. */
function madeObject(
  kind: GroupVersionKind,
  owner: KubernetesObject,
  namespace: string,
  metadata: JsonObject | undefined,
  spec: JsonObject,
): KubernetesObject {
  const made = {
    apiVersion: kind.version,
    kind: kind.kind,
    metadata: {
      generateName: `${nameOf(owner)}-`,
      namespace,
      labels: valueAt(metadata, 'labels'),
      annotations: valueAt(metadata, 'annotations'),
    },
    spec,
  };
  return strategyOf(kind)?.setDefaults(made) ?? made;
}

function requestOf(
  object: KubernetesObject,
  resource: string,
  namespace: string,
  user: AdmissionRequest['user'],
): AdmissionRequest {
  const kind = groupVersionKindOf(object);
  // A Namespace is in itself, as far as its URL goes.
  const isNamespace = kind.group === '' && kind.kind === 'Namespace';
  return {
    operation: 'CREATE',
    kind,
    resource: { group: kind.group, resource },
    subresource: '',
    namespace: isNamespace ? nameOf(object) : namespace,
    name: nameOf(object),
    object,
    user,
    dryRun: false,
    generateName: (prefix) => `${prefix}xxxxx`,
  };
}
