import { startTransition, useEffect, useState } from 'react';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { DesignRecord } from '../../../design/design.ts';
import { useWorkspace } from '../../workspace-context.ts';

/**
 * The object of a record as the API server would hold it, defaults filled in. Undefined until it is known and where the
 * server would not read it; a moment old while a change is looked at, so that hints do not flicker.
 */
export function useStored(record: DesignRecord): KubernetesObject | undefined {
  const workspace = useWorkspace();
  const [stored, setStored] = useState<KubernetesObject | undefined>(undefined);
  useEffect(() => {
    let current = true;
    const find = async () => {
      const { findStored } = await import('./stored-form.ts');
      const found = await findStored(record.object, workspace.store.getState());
      // Hints may come while a person types on.
      if (current) startTransition(() => setStored(found));
    };
    // Without it the form only says less.
    find().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [record, workspace]);
  return stored;
}
