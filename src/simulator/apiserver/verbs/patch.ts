import { applyJsonPatch } from '../../../apimachinery/patch/json-patch.ts';
import { applyMergePatch } from '../../../apimachinery/patch/merge-patch.ts';
import { applyStrategicMergePatch } from '../../../apimachinery/patch/strategic-merge-patch.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { patchSchemaOf } from '../../../openapi/patch-schema.ts';
import { inVersionOf } from '../custom-resources/conversion.ts';
import { kindsOf } from '../custom-resources/known-kinds.ts';
import { judgeRequest } from '../judging.ts';
import { badRequest, isRefusal, notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { WriteRequest, WriteVerb } from '../write-verbs.ts';
import { apply } from './apply.ts';
import { finishUpdate, olderVersion } from './update.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go, 1.36. */
export const patch: WriteVerb = (write) => {
  const { server, request, resource, current } = write;
  if (request.options?.patchType === 'apply') return apply(write);
  if (current === undefined) return notFound(resource, request.name ?? '');
  const read = inVersionOf(server, resource, current.object, request.resource.version);
  const patched = isRefusal(read) ? read : patchedObject(write, read);
  if (isRefusal(patched)) return patched;
  const stale = olderVersion(write, patched, current);
  if (stale !== undefined) return stale;
  const decoded = judgeRequest(server, request, patched);
  if (isRefusal(decoded)) return decoded;
  return finishUpdate(write, decoded, current);
};

/** The object after the patch of a request, not yet judged. */
export function patchedObject({ server, request }: WriteRequest, object: KubernetesObject): KubernetesObject | Refusal {
  const { body, options } = request;
  const result = applied(kindsOf(server.state), object, (body ?? {}) as JsonValue, options?.patchType ?? 'strategic');
  if (isRefusal(result)) return result;
  return isKubernetesObject(result) ? result : badRequest('the patch takes away what the object is');
}

function applied(
  kinds: Parameters<typeof servedKindOf>[1],
  object: KubernetesObject,
  change: JsonValue,
  type: string,
): JsonObject | Refusal {
  if (type === 'json') return refusedOr(applyJsonPatch(object, change as readonly JsonValue[]));
  if (type === 'merge') return refusedOr(applyMergePatch(object, change));
  const served = servedKindOf(object, kinds);
  if (isVerdict(served) || !isJsonObject(change)) return badRequest('cannot patch');
  if (served.custom !== undefined)
    return {
      code: 415,
      reason: 'UnsupportedMediaType',
      message:
        'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    };
  return refusedOr(applyStrategicMergePatch(object, change, patchSchemaOf(served.schema)));
}

function refusedOr(
  result:
    | { readonly ok: true; readonly value: JsonValue }
    | { readonly ok: false; readonly code: number; readonly message: string },
): JsonObject | Refusal {
  if (!result.ok) {
    const reason = result.code === 422 ? 'Invalid' : result.code === 409 ? 'Conflict' : 'BadRequest';
    return { code: result.code, reason, message: result.message };
  }
  return isJsonObject(result.value) ? result.value : badRequest('the patch leaves no object');
}
