import type { KubernetesObject } from '../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, booleanAt, nameAt, stringAt, valueAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { isFor } from './admission-request.ts';
import type { Answer, Refusal } from './answer.ts';
import { forbidden, isRefusal, plainError } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';
import { SERVICE_ACCOUNT } from './cluster-view.ts';
import { withFields } from './edit-object.ts';
import { forbiddenSecret } from './mountable-secrets.ts';
import { referencesSecret } from './pod-objects.ts';
import { withTokenVolume } from './token-volume.ts';

/**
 * Gives a Pod its ServiceAccount, what that account brings along, and the token with which it speaks to the API server.
 * Source: plugin/pkg/admission/serviceaccount/admission.go, 1.36.
 */
export const serviceAccount: AdmissionPlugin = {
  name: 'ServiceAccount',
  operations: ['CREATE', 'UPDATE'],
  admit(request, cluster) {
    const { object } = request;
    if (!isOfPod(request) || object === undefined || request.operation !== 'CREATE') return undefined;
    if (isMirrorPod(object)) return validateMirrorPod(request, object);
    const name = nameAt(object, 'spec', 'serviceAccountName') ?? 'default';
    const account = accountOf(request, cluster, name);
    if (isRefusal(account)) return account;
    let pod = withFields(object, ['spec'], { serviceAccountName: name, serviceAccount: name });
    if (mountsToken(account, pod)) pod = withTokenVolume(pod, request.generateName);
    pod = withPullSecrets(pod, account);
    return validatePod({ ...request, object: pod }, cluster, pod) ?? { object: pod };
  },
  validate(request, cluster) {
    const { object } = request;
    if (!isOfPod(request) || object === undefined) return undefined;
    if (request.operation === 'UPDATE') {
      return request.subresource === 'ephemeralcontainers' ? validatePod(request, cluster, object) : undefined;
    }
    return isMirrorPod(object) ? validateMirrorPod(request, object) : validatePod(request, cluster, object);
  },
};

function isOfPod(request: AdmissionRequest): boolean {
  return isFor(request, 'pods', '', 'ephemeralcontainers');
}

export const MIRROR_POD_ANNOTATION = 'kubernetes.io/config.mirror';

function isMirrorPod(pod: KubernetesObject): boolean {
  return annotationsOf(pod).has(MIRROR_POD_ANNOTATION);
}

/** A Pod that the kubelet shows on behalf of a file can have nothing of what only the API server gives. */
function validateMirrorPod(request: AdmissionRequest, pod: KubernetesObject): Answer {
  if (nameAt(pod, 'spec', 'serviceAccountName') !== undefined)
    return forbidden(request, 'a mirror pod may not reference service accounts', {
      field: ['spec', 'serviceAccountName'],
    });
  if (referencesSecret(pod)) return forbidden(request, 'a mirror pod may not reference secrets');
  const takesToken = arrayAt(pod, 'spec', 'volumes').some((volume) =>
    arrayAt(volume, 'projected', 'sources').some((source) => valueAt(source, 'serviceAccountToken') !== undefined),
  );
  return takesToken ? forbidden(request, 'a mirror pod may not use ServiceAccountToken volume projections') : undefined;
}

function validatePod(request: AdmissionRequest, cluster: ClusterView, pod: KubernetesObject): Answer {
  const name = nameAt(pod, 'spec', 'serviceAccountName');
  if (name === undefined)
    return forbidden(request, `no service account specified for pod ${request.namespace}/${nameOf(pod)}`);
  const account = accountOf(request, cluster, name);
  if (isRefusal(account)) return account;
  if (!enforcesMountableSecrets(account)) return undefined;
  const lists =
    request.subresource === '' ? (['initContainers', 'containers'] as const) : (['ephemeralContainers'] as const);
  const found = forbiddenSecret(pod, account, lists, request.subresource === '');
  if (found === undefined) return undefined;
  const because = { field: found.field, objects: [accountKey(request, name)] };
  return request.subresource === '' ? forbidden(request, found.message, because) : plainError(found.message, because);
}

function accountOf(request: AdmissionRequest, cluster: ClusterView, name: string): KubernetesObject | Refusal {
  const found = cluster.get(SERVICE_ACCOUNT, request.namespace, name);
  if (found) return found;
  const message = `error looking up service account ${request.namespace}/${name}: serviceaccount "${name}" not found`;
  return forbidden(request, message, {
    field: ['spec', 'serviceAccountName'],
    missing: accountKey(request, name),
  });
}

function accountKey({ namespace }: AdmissionRequest, name: string) {
  return { ...SERVICE_ACCOUNT, namespace, name };
}

/** The Pod's wish comes before the account's. */
function mountsToken(account: KubernetesObject, pod: KubernetesObject): boolean {
  return (
    booleanAt(pod, 'spec', 'automountServiceAccountToken') ?? booleanAt(account, 'automountServiceAccountToken') ?? true
  );
}

function withPullSecrets(pod: KubernetesObject, account: KubernetesObject): KubernetesObject {
  const secrets = arrayAt(account, 'imagePullSecrets');
  if (secrets.length === 0 || arrayAt(pod, 'spec', 'imagePullSecrets').length > 0) return pod;
  const imagePullSecrets = secrets.map((secret): JsonObject => ({ name: stringAt(secret, 'name') ?? '' }));
  return withFields(pod, ['spec'], { imagePullSecrets });
}

/** Go's `strconv.ParseBool`. */
const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

function enforcesMountableSecrets(account: KubernetesObject): boolean {
  return TRUE.has(annotationsOf(account).get('kubernetes.io/enforce-mountable-secrets') ?? '');
}
