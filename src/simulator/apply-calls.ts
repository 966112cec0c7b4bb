import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { namespaceOf } from '../apimachinery/object.ts';
import type { ApiCall } from './client/api-client.ts';
import { BUILT_IN } from './apiserver/served-resources.ts';

/** What others need to be there: the rest follows in the order of the input. */
const FIRST: readonly string[] = ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'StorageClass'];

/** The requests that create objects, those that others need first; objects that no resource serves are left over. */
export function applyCalls(objects: readonly KubernetesObject[]): {
  readonly calls: readonly ApiCall[];
  readonly unknown: readonly KubernetesObject[];
} {
  const calls: ApiCall[] = [];
  const unknown: KubernetesObject[] = [];
  const place = ({ kind }: KubernetesObject): number => {
    const index = FIRST.indexOf(kind);
    return index < 0 ? FIRST.length : index;
  };
  for (const object of [...objects].sort((a, b) => place(a) - place(b))) {
    const { group, version, kind } = groupVersionKindOf(object);
    const served = BUILT_IN.find((resource) => resource.group === group && resource.kind === kind);
    if (served === undefined) unknown.push(object);
    else
      calls.push({
        verb: 'create',
        resource: { group, version, plural: served.plural },
        ...(served.namespaced ? { namespace: namespaceOf(object) ?? 'default' } : {}),
        body: object,
      });
  }
  return { calls, unknown };
}
