import { useEffect, useMemo, useState } from 'react';
import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { preloadSchemas } from '../../../openapi/built-in-schemas.ts';
import { preloadDescriptions } from '../../../openapi/descriptions.ts';
import { useWorkspaceState } from '../../workspace-context.ts';
import { customSchema, definitionOfKind, guideOf } from './guide-of.ts';
import type { FieldGuide } from './guide-of.ts';

/**
 * The guide of an object's kind: from the pinned release, or from the CustomResourceDefinition that the design brings.
 * Knows nothing until the schemas of its group are loaded, and nothing of kinds that nobody defines.
 */
export function useFieldGuide(object: KubernetesObject): FieldGuide {
  const { group, version, kind } = groupVersionKindOf(object);
  // Asked again only when a definition changes.
  const definition = useWorkspaceState((state) => definitionOfKind(state, { group, version, kind }));
  const custom = useMemo(() => customSchema(definition, { group, version, kind }), [definition, group, version, kind]);
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
