import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import type { GroupVersionKind } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Path } from '../../../base/json.ts';
import type { Design } from '../../../design/design.ts';
import { customResourcesOf } from '../../../kinds/custom-resources.ts';
import type { KindRegistry } from '../../../kinds/registry.ts';
import { preloadSchemas, schemaOf } from '../../../openapi/built-in-schemas.ts';
import { fieldDescription, preloadDescriptions } from '../../../openapi/descriptions.ts';
import { ANY_SCHEMA, fieldSchema } from '../../../openapi/schema.ts';
import type { Schema } from '../../../openapi/schema.ts';

/** What is known of the fields of one kind. */
export interface FieldGuide {
  schemaAt(path: Path): Schema;
  /** English, as the API reference has it; '' where nothing is known. */
  describe(path: Path): string;
}

/** From the schemas that are loaded, or from a schema that the design brings; knows nothing of kinds that nobody defines. */
export function guideOf(gvk: GroupVersionKind, custom: Schema | undefined): FieldGuide {
  const schema = schemaOf(gvk) ?? custom;
  if (!schema) return { schemaAt: () => ANY_SCHEMA, describe: () => '' };
  return {
    schemaAt: (path) => fieldSchema(schema, path) ?? ANY_SCHEMA,
    describe: (path) => fieldDescription(schema, path),
  };
}

/** The definition in the design that brings a kind. */
export function definitionOfKind(
  { design, registry }: { readonly design: Design; readonly registry: KindRegistry },
  { group, version, kind }: GroupVersionKind,
): KubernetesObject | undefined {
  if (registry.find({ group, kind })?.category !== 'custom') return undefined;
  for (const { object } of design.records.values()) {
    if (object.kind === 'CustomResourceDefinition' && customResourcesOf([object]).find({ group, version, kind }))
      return object;
  }
  return undefined;
}

/** The schema that a definition gives to a kind. */
export function customSchema(definition: KubernetesObject | undefined, gvk: GroupVersionKind): Schema | undefined {
  const found = definition && customResourcesOf([definition]).find(gvk);
  return found === 'unserved' ? undefined : found?.schema;
}

/** The guide of an object's kind, once its schemas and descriptions are there. */
export async function loadGuide(
  object: Pick<KubernetesObject, 'apiVersion' | 'kind'>,
  around: { readonly design: Design; readonly registry: KindRegistry },
): Promise<FieldGuide> {
  const gvk = groupVersionKindOf(object);
  await Promise.all([preloadSchemas([gvk.group]), preloadDescriptions([gvk.group])]);
  return guideOf(gvk, customSchema(definitionOfKind(around, gvk), gvk));
}
