import type { GroupVersionKind } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { AdmissionRequest, Operation } from '../../admission-request.ts';
import type { GroupVersionResource, RequestForm } from '../policy-request.ts';

/** A request as upstream's tables tell it. */
export interface Asked {
  readonly kind?: GroupVersionKind | JsonObject;
  readonly resource: GroupVersionResource | JsonObject;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  readonly operation: Operation;
  readonly object?: KubernetesObject;
  readonly oldObject?: KubernetesObject;
}

export function requestLike({ kind, resource, ...rest }: Asked): AdmissionRequest {
  const own = { group: '', version: '', resource: '', ...resource };
  return {
    ...rest,
    kind: { group: '', version: '', kind: '', ...kind },
    resource: { group: own.group, resource: own.resource },
    version: own.version,
    user: { name: '', groups: [] },
    dryRun: false,
    generateName: (prefix) => prefix,
  };
}

/** The forms of Deployments and of their scale that upstream's test makes known. */
export function formsOf({ resource, subresource, version }: AdmissionRequest): readonly RequestForm[] {
  if (resource.resource !== 'deployments') return [];
  return [
    ['extensions', 'v1beta1', 'extensions'],
    ['apps', 'v1', 'autoscaling'],
    ['apps', 'v1beta1', 'apps'],
    ['apps', 'v1alpha1', 'apps'],
  ].flatMap(([group = '', own = '', scale = '']) =>
    group === resource.group && own === version
      ? []
      : [
          {
            resource: { group, version: own, resource: 'deployments' },
            kind:
              subresource === 'scale'
                ? { group: scale, version: own, kind: 'Scale' }
                : { group, version: own, kind: 'Deployment' },
          },
        ],
  );
}
