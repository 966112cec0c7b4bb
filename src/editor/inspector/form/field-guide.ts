import { useEffect, useMemo, useState } from 'react';
import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Path } from '../../../base/json.ts';
import { preloadSchemas, schemaOf } from '../../../openapi/built-in-schemas.ts';
import { fieldDescription, preloadDescriptions } from '../../../openapi/descriptions.ts';
import { ANY_SCHEMA, fieldSchema } from '../../../openapi/schema.ts';
import type { Schema } from '../../../openapi/schema.ts';

/** What is known of the fields of one kind. The only file of the editor that reads schemas. */
export interface FieldGuide {
  schemaAt(path: Path): Schema;
  /** English, as the API reference has it; '' where nothing is known. */
  describe(path: Path): string;
}

/** The guide of an object's kind; knows nothing until the schemas of its group are loaded, and nothing of unknown kinds. */
export function useFieldGuide(object: KubernetesObject): FieldGuide {
  const { group, version, kind } = groupVersionKindOf(object);
  const present = useMemo(() => guideOf(group, version, kind), [group, version, kind]);
  const [loaded, setLoaded] = useState<{ readonly for: FieldGuide; readonly guide: FieldGuide } | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const load = async () => {
      await preloadSchemas([group]);
      if (current) setLoaded({ for: present, guide: guideOf(group, version, kind) });
      await preloadDescriptions([group]);
      if (current) setLoaded({ for: present, guide: guideOf(group, version, kind) });
    };
    // Without schemas the form still shows what is set.
    load().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [present, group, version, kind]);
  return loaded?.for === present ? loaded.guide : present;
}

function guideOf(group: string, version: string, kind: string): FieldGuide {
  const schema = schemaOf({ group, version, kind });
  if (!schema) return { schemaAt: () => ANY_SCHEMA, describe: () => '' };
  return {
    schemaAt: (path) => fieldSchema(schema, path) ?? ANY_SCHEMA,
    describe: (path) => fieldDescription(schema, path),
  };
}
