import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import { semanticEqual } from '../../kinds/shared/validation/semantic-equal.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import { forbidden, notFound } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';
import { NODE } from '../cluster-view.ts';
import { apiObjectReferenced } from '../pod-objects.ts';
import { MIRROR_POD_ANNOTATION } from '../service-account.ts';

const POD = { group: '', kind: 'Pod' };
/** As the cache of the server names it. */
const PODS = { group: '', resource: 'pod' };

/**
 * What a kubelet may do with Pods: show those out of its files, tell how its own are, evict and delete them.
 * Source: plugin/pkg/admission/noderestriction/admission.go `admitPod`, `admitPodStatus`, `admitPodEviction`, 1.36.
 */
export function admitPod(nodeName: string, request: AdmissionRequest, cluster: ClusterView): Answer {
  switch (request.subresource) {
    case '':
      return admitWhole(nodeName, request, cluster);
    case 'status':
      return admitStatus(nodeName, request);
    case 'eviction':
      return admitEviction(nodeName, request, cluster);
    default:
      return forbidden(
        request,
        `unexpected pod subresource ${quoteString(request.subresource)}, only 'status' and 'eviction' are allowed`,
      );
  }
}

function admitWhole(nodeName: string, request: AdmissionRequest, cluster: ClusterView): Answer {
  const node = quoteString(nodeName);
  if (request.operation === 'CREATE') return admitCreate(nodeName, request, cluster);
  if (request.operation !== 'DELETE') {
    const words = `unexpected operation ${quoteString(request.operation)}, node ${node} can only create and delete mirror pods`;
    return forbidden(request, words);
  }
  const existing = cluster.get(POD, request.namespace, request.name);
  if (existing === undefined) return notFound(PODS, request.name);
  return isOn(existing, nodeName)
    ? undefined
    : forbidden(request, `node ${node} can only delete pods with spec.nodeName set to itself`);
}

function isOn(pod: KubernetesObject | undefined, nodeName: string): boolean {
  return stringAt(pod, 'spec', 'nodeName') === nodeName;
}

function admitCreate(nodeName: string, request: AdmissionRequest, cluster: ClusterView): Answer {
  const { object: pod } = request;
  const node = quoteString(nodeName);
  const refuse = (words: string): Answer => forbidden(request, words);
  if (pod === undefined) return undefined;
  if (!annotationsOf(pod).has(MIRROR_POD_ANNOTATION))
    return refuse(
      `pod does not have ${quoteString(MIRROR_POD_ANNOTATION)} annotation, node ${node} can only create mirror pods`,
    );
  if (!isOn(pod, nodeName)) return refuse(`node ${node} can only create pods with spec.nodeName set to itself`);
  const owners = arrayAt(pod, 'metadata', 'ownerReferences');
  if (owners.length > 1) return refuse(`node ${node} can only create pods with a single owner reference set to itself`);
  const [owner] = owners;
  const isSelf =
    stringAt(owner, 'apiVersion') === 'v1' &&
    stringAt(owner, 'kind') === 'Node' &&
    stringAt(owner, 'name') === nodeName;
  if (!isSelf) return refuse(`node ${node} can only create pods with an owner reference set to itself`);
  if (booleanAt(owner, 'controller') !== true)
    return refuse(`node ${node} can only create pods with a controller owner reference set to itself`);
  if (booleanAt(owner, 'blockOwnerDeletion') === true)
    return refuse(`node ${node} must not set blockOwnerDeletion on an owner reference`);
  const found = cluster.get(NODE, '', nodeName);
  if (found === undefined) return notFound({ group: '', resource: 'node' }, nodeName);
  const uid = stringAt(owner, 'uid') ?? '';
  if (uid !== uidOf(found)) return refuse(`node ${nodeName} UID mismatch: expected ${uid} got ${uidOf(found)}`);
  const referenced = apiObjectReferenced(pod);
  return referenced === undefined ? undefined : refuse(`node ${node} can not create pods that reference ${referenced}`);
}

function admitStatus(nodeName: string, request: AdmissionRequest): Answer {
  const { operation, object, oldObject } = request;
  const node = quoteString(nodeName);
  if (operation !== 'UPDATE') return forbidden(request, `unexpected operation ${quoteString(operation)}`);
  if (!isOn(oldObject, nodeName))
    return forbidden(request, `node ${node} can only update pod status for pods with spec.nodeName set to itself`);
  if (!semanticEqual(objectAt(object, 'metadata', 'labels'), objectAt(oldObject, 'metadata', 'labels'), 'labels'))
    return forbidden(request, `node ${node} cannot update labels through pod status`);
  if (!semanticEqual(arrayAt(object, ...CLAIMS), arrayAt(oldObject, ...CLAIMS)))
    return forbidden(request, `node ${node} cannot update resource claim statues`);
  if (!semanticEqual(valueAt(object, ...EXTENDED_CLAIM), valueAt(oldObject, ...EXTENDED_CLAIM)))
    return forbidden(request, `node ${node} cannot update extended resource claim status`);
  return undefined;
}

const CLAIMS = ['status', 'resourceClaimStatuses'];
const EXTENDED_CLAIM = ['status', 'extendedResourceClaimStatus'];

function admitEviction(nodeName: string, request: AdmissionRequest, cluster: ClusterView): Answer {
  const { operation, object, namespace } = request;
  if (operation !== 'CREATE') return forbidden(request, `unexpected operation ${operation}`);
  const name = request.name || (object === undefined ? '' : nameOf(object));
  if (name === '') return forbidden(request, 'could not determine pod from request data');
  const existing = cluster.get(POD, namespace, name);
  if (existing === undefined) return notFound(PODS, name);
  return nameAt(existing, 'spec', 'nodeName') === nodeName
    ? undefined
    : forbidden(request, `node ${nodeName} can only evict pods with spec.nodeName set to itself`);
}
