/** Loaded with the first form: what the API server fills in takes schemas and the strategies of kinds. */
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { DesignRecord } from '../../../design/design.ts';
import { storedObject } from '../../../design/stored-object.ts';
import { judgeContextOf, preloadValidity } from '../../../design/validity.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';

/** The object of a record with the defaults of the API server; undefined where the server would not even read it. */
export async function findStored(
  record: DesignRecord,
  { design, registry }: WorkspaceState,
): Promise<KubernetesObject | undefined> {
  await preloadValidity({ ...design, records: new Map([[record.id, record]]) }, registry);
  return storedObject(record.object, judgeContextOf(design, registry));
}
