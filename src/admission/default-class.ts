import type { GroupKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../apimachinery/object.ts';
import type { Moment } from '../apimachinery/time.ts';
import { parseTime } from '../apimachinery/time.ts';
import { compareStrings } from '../base/compare.ts';
import { stringAt } from '../base/json.ts';
import type { ClusterView } from './cluster-view.ts';

/**
 * The class that an annotation makes the default: of several the newest, then the first by name.
 * Source: pkg/volume/util/storageclass.go `GetDefaultClass`, plugin/pkg/admission/network/defaultingressclass/admission.go
 * `getDefaultClass`, 1.36.
 */
export function defaultClassOf(
  cluster: ClusterView,
  kind: GroupKind,
  annotations: readonly string[],
): KubernetesObject | undefined {
  const isDefault = (found: KubernetesObject): boolean => {
    const given = annotationsOf(found);
    return annotations.some((annotation) => given.get(annotation) === 'true');
  };
  return cluster
    .list(kind, '')
    .filter(isDefault)
    .sort((a, b) => compareCreated(b, a) || compareStrings(nameOf(a), nameOf(b)))[0];
}

function compareCreated(a: KubernetesObject, b: KubernetesObject): number {
  const [first, second] = [createdAt(a), createdAt(b)];
  return first === second ? 0 : first === undefined || (second !== undefined && first < second) ? -1 : 1;
}

/** What has no time of its making is older than all else. */
function createdAt(found: KubernetesObject): Moment | undefined {
  return parseTime(stringAt(found, 'metadata', 'creationTimestamp') ?? '');
}
