import { EMPTY_DESIGN } from '../../../design/design.ts';
import { addFiles, designRegistry } from '../../../design/import.ts';
import { judgeContextOf } from '../../../design/validity.ts';
import { BUILT_IN_KINDS } from '../../../kinds/index.ts';
import type { JudgeContext } from '../../../kinds/served-kind.ts';
import { preloadStrategies } from '../../../kinds/strategies.ts';
import type { ManifestFile } from '../../../manifest/manifest.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../../openapi/built-in-schemas.ts';
import type { Manifest } from '../../../simulator/script/apply-order.ts';

/** Objects of Drydock's own files, which no cluster knows. */
const OWN_GROUP = 'drydock.dev/';

/** What a simulated cluster is given of files: their objects, and the kinds that they are judged by, all loaded. */
export async function manifestsToRun(
  files: readonly ManifestFile[],
): Promise<{ readonly kinds: JudgeContext; readonly manifests: readonly Manifest[] }> {
  const design = addFiles(EMPTY_DESIGN, files, BUILT_IN_KINDS);
  const kinds = judgeContextOf(design, designRegistry(design, BUILT_IN_KINDS));
  const manifests = [...design.records.values()].filter(({ object }) => !object.apiVersion.startsWith(OWN_GROUP));
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
  return { kinds, manifests };
}
