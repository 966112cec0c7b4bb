import type { GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { arrayAt, booleanAt, nameAt, stringAt } from '../base/json.ts';
import { schemaFromCustomResourceDefinition } from '../openapi/custom-resource-schema.ts';
import type { Schema } from '../openapi/schema.ts';
import { schemaOfVersion } from './shared/custom-resource/structural-schema.ts';

/** A version of a kind that a CustomResourceDefinition brings. */
export interface CustomResource {
  readonly scope: 'Namespaced' | 'Cluster';
  readonly served: boolean;
  readonly definition: KubernetesObject;
  readonly version: string;
  /** Its `openAPIV3Schema`. */
  readonly source: JsonObject | undefined;
  /** Undefined where the definition says nothing of its fields. */
  readonly schema: Schema | undefined;
}

/** The kinds that the CustomResourceDefinitions of the same input bring. */
export interface CustomResources {
  /** `unserved` where a definition knows the kind and not the version. */
  find(kind: GroupVersionKind): CustomResource | 'unserved' | undefined;
}

export const NO_CUSTOM_RESOURCES: CustomResources = { find: () => undefined };

/** Reads definitions as far as they are asked for; of two for one kind the first counts. */
export function customResourcesOf(objects: Iterable<KubernetesObject>): CustomResources {
  const definitions = new Map<string, KubernetesObject>();
  for (const object of objects) {
    if (object.kind !== 'CustomResourceDefinition' || !object.apiVersion.startsWith('apiextensions.k8s.io/')) continue;
    const [group, kind] = [nameAt(object, 'spec', 'group'), nameAt(object, 'spec', 'names', 'kind')];
    const key = `${group ?? ''}/${kind ?? ''}`;
    if (group !== undefined && kind !== undefined && !definitions.has(key)) definitions.set(key, object);
  }
  if (definitions.size === 0) return NO_CUSTOM_RESOURCES;
  const made = new Map<string, CustomResource | 'unserved'>();
  return {
    find({ group, version, kind }) {
      const definition = definitions.get(`${group}/${kind}`);
      if (definition === undefined) return undefined;
      const key = `${group}/${version}/${kind}`;
      const found = made.get(key) ?? readVersion(definition, version);
      made.set(key, found);
      return found;
    },
  };
}

function readVersion(definition: KubernetesObject, version: string): CustomResource | 'unserved' {
  const versions = arrayAt(definition, 'spec', 'versions');
  const entry = versions.find((candidate) => stringAt(candidate, 'name') === version);
  if (entry === undefined && (versions.length > 0 || stringAt(definition, 'spec', 'version') !== version))
    return 'unserved';
  return {
    scope: stringAt(definition, 'spec', 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced',
    served: entry === undefined || booleanAt(entry, 'served') === true,
    definition,
    version,
    source: schemaOfVersion(definition, version),
    schema: schemaFromCustomResourceDefinition(definition, version),
  };
}
