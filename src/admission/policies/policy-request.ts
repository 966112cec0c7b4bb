import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import { equivalentVersions } from '../../kinds/equivalent-versions.ts';
import type { AdmissionRequest, GroupResource } from '../admission-request.ts';
import type { ClusterView } from '../cluster-view.ts';

export interface GroupVersionResource extends GroupResource {
  readonly version: string;
}

/** The resource and kind as which a request is looked at. */
export interface RequestForm {
  readonly resource: GroupVersionResource;
  readonly kind: GroupVersionKind;
}

/** As the request was sent. */
export function ownForm({ resource, kind, version = kind.version }: AdmissionRequest): RequestForm {
  return {
    resource: { ...resource, version },
    kind: kind.group === resource.group ? { ...kind, version } : kind,
  };
}

/** As it could have been sent: in the other versions that the server serves of the same objects. */
export function equivalentForms(request: AdmissionRequest, { kinds }: ClusterView): readonly RequestForm[] {
  const own = ownForm(request);
  return equivalentVersions(own.kind, kinds)
    .filter((version) => version !== own.resource.version)
    .map((version) => ({
      resource: { ...own.resource, version },
      kind: own.kind.group === own.resource.group ? { ...own.kind, version } : own.kind,
    }));
}

/** A Namespace is in the namespace of its name as far as matching goes, and in none for expressions. */
export function namespaceForExpressions({ kind, namespace }: AdmissionRequest): string {
  return kind.group === '' && kind.version === 'v1' && kind.kind === 'Namespace' ? '' : namespace;
}

/**
 * The variable `request`: what is empty is not there.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/condition.go `CreateAdmissionRequest`, 1.36.2.
 */
export function requestVariable(request: AdmissionRequest, form: RequestForm): JsonObject {
  const own = ownForm(request);
  const { subresource, name, namespace, user, operation, dryRun, options } = request;
  const { name: username, uid = '', groups, extra = {} } = user;
  return {
    uid: '',
    kind: { ...form.kind },
    resource: { ...form.resource },
    ...(subresource === '' ? {} : { subResource: subresource }),
    requestKind: { ...own.kind },
    requestResource: { ...own.resource },
    ...(subresource === '' ? {} : { requestSubResource: subresource }),
    ...(name === '' ? {} : { name }),
    ...(namespace === '' ? {} : { namespace }),
    operation,
    userInfo: {
      ...(username === '' ? {} : { username }),
      ...(uid === '' ? {} : { uid }),
      ...(groups.length === 0 ? {} : { groups }),
      ...(Object.keys(extra).length === 0 ? {} : { extra: { ...extra } }),
    },
    object: null,
    oldObject: null,
    dryRun,
    options: options ?? null,
  };
}
