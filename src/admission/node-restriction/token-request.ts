import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { uidOf } from '../../apimachinery/owner-reference.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, objectAt, stringAt } from '../../base/json.ts';
import type { AdmissionRequest } from '../admission-request.ts';
import type { Answer } from '../answer.ts';
import { aggregateMessage, forbidden, notFound } from '../answer.ts';
import type { ClusterView } from '../cluster-view.ts';

const POD = { group: '', kind: 'Pod' };

/**
 * A kubelet gets tokens for Pods that run on it, and for audiences that they name.
 * Source: plugin/pkg/admission/noderestriction/admission.go `admitServiceAccount`, 1.36. Volumes of in-tree drivers are not
 * translated to CSI.
 */
export function admitTokenRequest(nodeName: string, request: AdmissionRequest, cluster: ClusterView): Answer {
  const { operation, subresource, object, namespace } = request;
  if (operation !== 'CREATE' || subresource !== 'token') return undefined;
  const bound = objectAt(object, 'spec', 'boundObjectRef');
  const name = nameAt(bound, 'name');
  if (stringAt(bound, 'apiVersion') !== 'v1' || stringAt(bound, 'kind') !== 'Pod' || name === undefined)
    return forbidden(request, 'node requested token not bound to a pod');
  const uid = nameAt(bound, 'uid');
  if (uid === undefined) return forbidden(request, 'node requested token with a pod binding without a uid');
  const pod = cluster.get(POD, namespace, name);
  if (pod === undefined) return notFound({ group: '', resource: 'pod' }, name);
  if (uid !== uidOf(pod)) {
    const words = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
    return forbidden(request, words);
  }
  if (stringAt(pod, 'spec', 'nodeName') !== nodeName)
    return forbidden(request, 'node requested token bound to a pod scheduled on a different node');
  return audienceRefusal(request, pod, cluster);
}

function audienceRefusal(request: AdmissionRequest, pod: KubernetesObject, cluster: ClusterView): Answer {
  const audiences = arrayAt(request.object, 'spec', 'audiences');
  if (audiences.length > 1) return forbidden(request, 'node may only request 0 or 1 audiences');
  const audience = String(audiences[0] ?? '');
  const found = arrayAt(pod, 'spec', 'volumes').map((volume) => namesAudience(volume, pod, audience, cluster));
  if (found.includes(true)) return undefined;
  const errors = found.filter((answer) => typeof answer === 'string');
  if (errors.length > 0)
    return forbidden(request, `error validating audience ${quoteString(audience)}: ${aggregateMessage(errors)}`);
  const { user, namespace, name } = request;
  const verb = 'request-serviceaccounts-token-audience';
  if (cluster.authorize(user, { verb, group: '', resource: audience, namespace, name })) return undefined;
  return forbidden(
    request,
    `audience ${quoteString(audience)} not found in pod spec volume, ${user.name} is not authorized to request tokens for this audience`,
  );
}

/** Whether a volume of the Pod takes tokens for the audience, itself or through its driver; the reason where nobody can tell. */
function namesAudience(
  volume: JsonValue,
  pod: KubernetesObject,
  audience: string,
  cluster: ClusterView,
): boolean | string {
  const isNamed = arrayAt(volume, 'projected', 'sources').some((source) => {
    const token = objectAt(source, 'serviceAccountToken');
    return token !== undefined && (stringAt(token, 'audience') ?? '') === audience;
  });
  if (isNamed) return true;
  const driver = driverOf(volume, pod, cluster);
  if ('error' in driver) return driver.error;
  if (driver.name === '') return false;
  const found = cluster.get({ group: 'storage.k8s.io', kind: 'CSIDriver' }, '', driver.name);
  if (found === undefined) return `csidriver.storage.k8s.io ${quoteString(driver.name)} not found`;
  return arrayAt(found, 'spec', 'tokenRequests').some((token) => (stringAt(token, 'audience') ?? '') === audience);
}

type Driver = { readonly name: string } | { readonly error: string };

function driverOf(volume: JsonValue, pod: KubernetesObject, cluster: ClusterView): Driver {
  const claimName =
    objectAt(volume, 'ephemeral', 'volumeClaimTemplate') === undefined
      ? nameAt(volume, 'persistentVolumeClaim', 'claimName')
      : `${nameOf(pod)}-${stringAt(volume, 'name') ?? ''}`;
  if (claimName === undefined) return { name: stringAt(volume, 'csi', 'driver') ?? '' };
  const namespace = nameAt(pod, 'metadata', 'namespace') ?? '';
  const claim = cluster.get({ group: '', kind: 'PersistentVolumeClaim' }, namespace, claimName);
  if (claim === undefined) return { error: `persistentvolumeclaim ${quoteString(claimName)} not found` };
  const volumeName = stringAt(claim, 'spec', 'volumeName') ?? '';
  const found = cluster.get({ group: '', kind: 'PersistentVolume' }, '', volumeName);
  if (found === undefined) return { error: `persistentvolume ${quoteString(volumeName)} not found` };
  return { name: stringAt(found, 'spec', 'csi', 'driver') ?? '' };
}
