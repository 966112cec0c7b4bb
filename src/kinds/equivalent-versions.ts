import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import { formatApiVersion, groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { arrayAt, booleanAt, stringAt } from '../base/json.ts';
import { PINNED_RELEASE, isServed, resourceOf } from '../openapi/resource.ts';
import { inVersion } from './judge.ts';
import type { JudgeContext } from './served-kind.ts';
import { isVerdict, servedKindOf } from './served-kind.ts';

/**
 * The versions of a kind that a server serves of the same stored objects, in the order in which it prefers them. Events of
 * the other group are stored together with them too, but are not told here: no conversion between the two is known.
 * Source: pkg/kubeapiserver/default_storage_factory_builder.go and apimachinery/pkg/runtime/mapper.go, 1.36.2.
 */
export function equivalentVersions(
  { group, version, kind }: GroupVersionKind,
  { customResources, release = PINNED_RELEASE }: JudgeContext,
): readonly string[] {
  const resource = resourceOf(group, kind);
  if (resource?.origin === 'kubernetes')
    return resource.versions.filter((candidate) => isServed(candidate, release)).map((candidate) => candidate.version);
  const custom = customResources.find({ group, version, kind });
  if (custom === undefined || custom === 'unserved') return [version];
  return arrayAt(custom.definition, 'spec', 'versions')
    .filter((candidate) => booleanAt(candidate, 'served') === true)
    .map((candidate) => stringAt(candidate, 'name') ?? '');
}

/** An object in a version of its kind, as Go prints it; as it is where nobody knows the kind. */
export function objectInVersion(
  object: KubernetesObject,
  version: GroupVersionKind,
  context: JudgeContext,
): KubernetesObject {
  const apiVersion = formatApiVersion(version.group, version.version);
  const served = servedKindOf({ ...object, apiVersion }, context);
  if (groupVersionKindOf(object).kind !== version.kind || isVerdict(served)) return object;
  const converted = inVersion(apiVersion, object, served);
  return converted.apiVersion === apiVersion ? converted : { ...converted, apiVersion };
}
