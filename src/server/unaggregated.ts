import { formatApiVersion } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../base/json.ts';

/**
 * The pages of discovery as they were before all came at once, made from what comes at once.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go `APIVersions`, `APIGroupList`, `APIResourceList`, 1.36.
 */
export function unaggregatedPage(path: string, all: KubernetesObject): KubernetesObject | undefined {
  const [root, ...rest] = path.split('/').filter((part) => part !== '');
  const groups = arrayAt(all, 'items');
  if (root === 'api') {
    const versions = versionsOf(groups[0]);
    if (rest.length === 0) return { kind: 'APIVersions', apiVersion: 'v1', versions: versions.map(nameOf) };
    return resourceList('', rest[0]!, versions);
  }
  if (rest.length === 0) return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
  const group = groups.find((candidate) => stringAt(candidate, 'metadata', 'name') === rest[0]);
  if (group === undefined) return undefined;
  if (rest.length === 1) return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) };
  return resourceList(rest[0]!, rest[1]!, versionsOf(group));
}

function versionsOf(group: JsonValue | undefined): readonly JsonValue[] {
  return arrayAt(group, 'versions');
}

function nameOf(version: JsonValue): string {
  return stringAt(version, 'version') ?? '';
}

function groupOf(group: JsonValue): JsonObject {
  const name = stringAt(group, 'metadata', 'name') ?? '';
  const versions = versionsOf(group).map((version) => ({
    groupVersion: formatApiVersion(name, nameOf(version)),
    version: nameOf(version),
  }));
  return { name, versions, preferredVersion: versions[0] ?? {} };
}

function resourceList(group: string, version: string, versions: readonly JsonValue[]): KubernetesObject | undefined {
  const found = versions.find((candidate) => nameOf(candidate) === version);
  if (found === undefined) return undefined;
  const resources = arrayAt(found, 'resources').flatMap((resource) => entriesOf(resource, group, version));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: formatApiVersion(group, version), resources };
}

function entriesOf(resource: JsonValue, group: string, version: string): readonly JsonObject[] {
  const name = stringAt(resource, 'resource') ?? '';
  const namespaced = stringAt(resource, 'scope') === 'Namespaced';
  const own: JsonObject = {
    name,
    singularName: stringAt(resource, 'singularResource') ?? '',
    namespaced,
    kind: stringAt(resource, 'responseKind', 'kind') ?? '',
    verbs: arrayAt(resource, 'verbs'),
    ...kept(resource, 'shortNames'),
    ...kept(resource, 'categories'),
  };
  const parts = arrayAt(resource, 'subresources').map((part): JsonObject => {
    const kind = objectAt(part, 'responseKind');
    const isElsewhere = stringAt(kind, 'group') !== group || stringAt(kind, 'version') !== version;
    return {
      name: `${name}/${stringAt(part, 'subresource') ?? ''}`,
      singularName: '',
      namespaced,
      ...(isElsewhere ? { group: stringAt(kind, 'group') ?? '', version: stringAt(kind, 'version') ?? '' } : {}),
      kind: stringAt(kind, 'kind') ?? '',
      verbs: arrayAt(part, 'verbs'),
    };
  });
  return [own, ...parts];
}

function kept(resource: JsonValue, field: string): JsonObject {
  const value = valueAt(resource, field);
  return value === undefined ? {} : { [field]: value };
}
