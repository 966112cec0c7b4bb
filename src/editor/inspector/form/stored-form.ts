/** Loaded with the first form: what the API server fills in takes schemas and the strategies of kinds. */
import { isKubernetesObject } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { valueAt } from '../../../base/json.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import { takeAt } from '../../../design/start-values/value-at.ts';
import { storedObject } from '../../../design/stored-object.ts';
import { judgeContextOf, preloadKindsOf } from '../../../design/validity.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';

type Around = Pick<WorkspaceState, 'design' | 'registry'>;

/** An object with the defaults of the API server; undefined where the server would not even read it. */
export async function findStored(
  object: KubernetesObject,
  { design, registry }: Around,
): Promise<KubernetesObject | undefined> {
  await preloadKindsOf([object], registry);
  return storedObject(object, judgeContextOf(design, registry));
}

/** What the API server would fill in for a field if it were not set; undefined where it fills in nothing. */
export async function findDefault(
  object: KubernetesObject,
  path: Path,
  around: Around,
): Promise<JsonValue | undefined> {
  const without = takeAt(object, path);
  return isKubernetesObject(without) ? valueAt(await findStored(without, around), ...path) : undefined;
}
