import { useEffect, useMemo, useState } from 'react';
import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import type { GroupVersionKind } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Path } from '../../../base/json.ts';
import { customResourcesOf } from '../../../kinds/custom-resources.ts';
import { preloadSchemas, schemaOf } from '../../../openapi/built-in-schemas.ts';
import { fieldDescription, preloadDescriptions } from '../../../openapi/descriptions.ts';
import { ANY_SCHEMA, fieldSchema } from '../../../openapi/schema.ts';
import type { Schema } from '../../../openapi/schema.ts';
import { useWorkspaceState } from '../../workspace-context.ts';

/** What is known of the fields of one kind. The only file of the editor that reads schemas. */
export interface FieldGuide {
  schemaAt(path: Path): Schema;
  /** English, as the API reference has it; '' where nothing is known. */
  describe(path: Path): string;
}

/**
 * The guide of an object's kind: from the pinned release, or from the CustomResourceDefinition that the design brings.
 * Knows nothing until the schemas of its group are loaded, and nothing of kinds that nobody defines.
 */
export function useFieldGuide(object: KubernetesObject): FieldGuide {
  const { group, version, kind } = groupVersionKindOf(object);
  const custom = useCustomSchema(group, version, kind);
  const present = useMemo(() => guideOf({ group, version, kind }, custom), [group, version, kind, custom]);
  const [loaded, setLoaded] = useState<{ readonly for: FieldGuide; readonly guide: FieldGuide } | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const show = () => {
      if (current) setLoaded({ for: present, guide: guideOf({ group, version, kind }, custom) });
    };
    const load = async () => {
      await preloadSchemas([group]);
      show();
      await preloadDescriptions([group]);
      show();
    };
    // Without schemas the form still shows what is set.
    load().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [present, group, version, kind, custom]);
  return loaded?.for === present ? loaded.guide : present;
}

/** The schema that a definition in the design gives; asked again only when a definition changes. */
function useCustomSchema(group: string, version: string, kind: string): Schema | undefined {
  const definition = useWorkspaceState(({ design, registry }) => {
    if (registry.find({ group, kind })?.category !== 'custom') return undefined;
    for (const { object } of design.records.values()) {
      if (object.kind === 'CustomResourceDefinition' && customResourcesOf([object]).find({ group, version, kind }))
        return object;
    }
    return undefined;
  });
  return useMemo(() => {
    const found = definition && customResourcesOf([definition]).find({ group, version, kind });
    return found === 'unserved' ? undefined : found?.schema;
  }, [definition, group, version, kind]);
}

function guideOf(gvk: GroupVersionKind, custom: Schema | undefined): FieldGuide {
  const schema = schemaOf(gvk) ?? custom;
  if (!schema) return { schemaAt: () => ANY_SCHEMA, describe: () => '' };
  return {
    schemaAt: (path) => fieldSchema(schema, path) ?? ANY_SCHEMA,
    describe: (path) => fieldDescription(schema, path),
  };
}
