import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, internalError } from '../../apimachinery/field-error.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, namespaceOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import type { ClusterView } from '../cluster-view.ts';
import { NAMESPACE } from '../cluster-view.ts';

const LABEL = 'resource.kubernetes.io/admin-access';
const REQUESTS = ValidationPath.of('spec').child('devices', 'requests');
const RESULTS = ValidationPath.of('status').child('allocation', 'devices', 'results');

/** Where the requests for devices stand, by kind. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  ResourceClaim: ['spec'],
  ResourceClaimTemplate: ['spec', 'spec'],
};

/**
 * What a new claim, or template of claims, is refused for because it wants an administrator's access to devices: only
 * namespaces with a label may have that. Source: pkg/registry/resource/utils.go `AuthorizedForAdmin`, 1.36.2.
 */
export function deviceAdminErrors(object: KubernetesObject, cluster: Pick<ClusterView, 'get'>): readonly FieldError[] {
  const holder = groupVersionKindOf(object).group === 'resource.k8s.io' ? HOLDERS[object.kind] : undefined;
  if (holder === undefined) return [];
  const asked = arrayAt(object, ...holder, 'devices', 'requests').findIndex(
    (request) => valueAt(request, 'exactly', 'adminAccess') === true,
  );
  return asked < 0 ? [] : labelErrors(object, REQUESTS.index(asked).child('adminAccess'), cluster);
}

/** The same of devices that a claim is given. Source: the same file, `AuthorizedForAdminStatus`. */
export function deviceAdminStatusErrors(
  claim: KubernetesObject,
  old: KubernetesObject,
  cluster: Pick<ClusterView, 'get'>,
): readonly FieldError[] {
  if (adminResult(old) >= 0) return [];
  const given = adminResult(claim);
  return given < 0 ? [] : labelErrors(claim, RESULTS.index(given).child('adminAccess'), cluster);
}

function adminResult(claim: KubernetesObject): number {
  const isAdmin = (result: JsonValue): boolean => valueAt(result, 'adminAccess') === true;
  return arrayAt(claim, 'status', 'allocation', 'devices', 'results').findIndex(isAdmin);
}

function labelErrors(
  object: KubernetesObject,
  path: ValidationPath,
  cluster: Pick<ClusterView, 'get'>,
): readonly FieldError[] {
  const name = namespaceOf(object) ?? '';
  const namespace = cluster.get(NAMESPACE, '', name);
  if (namespace === undefined)
    return [internalError(path, `could not retrieve namespace to verify admin access: namespaces "${name}" not found`)];
  if (labelsOf(namespace).get(LABEL) === 'true') return [];
  return [forbidden(path, `admin access to devices requires the \`${LABEL}: true\` label on the containing namespace`)];
}
