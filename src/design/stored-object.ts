import type { KubernetesObject } from '../apimachinery/object.ts';
import { inVersion, prepare } from '../kinds/judge.ts';
import { isVerdict, servedKindOf } from '../kinds/served-kind.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import { metadataOfRequest } from '../kinds/server-metadata.ts';

/**
 * The object as the API server would hold it once it is created, its defaults filled in, whether or not its validation
 * accepts it; undefined for kinds that are not served and for objects that do not decode. Schemas and strategies of the
 * object's kind are loaded.
 */
export function storedObject(object: KubernetesObject, context: JudgeContext): KubernetesObject | undefined {
  const served = servedKindOf(object, context);
  if (isVerdict(served)) return undefined;
  const decoded = served.decode(object);
  if (!decoded.ok) return undefined;
  const ready = metadataOfRequest(decoded.object, served.namespaced);
  return inVersion(ready.apiVersion, prepare(ready, served), served);
}
