import type { KubernetesObject } from '../../apimachinery/object.ts';
import { goFormat } from '../../apimachinery/patch/go-format.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { withoutPath } from '../../base/without-path.ts';
import { cannotDecode } from '../../kinds/judge.ts';
import type { ServedKind } from '../../kinds/served-kind.ts';
import type { DecodeError } from '../../openapi/decode.ts';
import { goJson } from '../../apimachinery/go-json.ts';
import type { ApiRequest } from '../messages.ts';
import { refusalOf } from './refusal-of.ts';
import type { Refusal } from './status.ts';

/** The object of a request, decoded, with the kind that it is of and the warnings that its request brings. */
export interface Decoded {
  readonly object: KubernetesObject;
  readonly served: ServedKind;
}

/**
 * Decodes a body. Fields that the kind does not know are refused (Strict), told as warnings (Warn, as without a word) or
 * passed over (Ignore); without them the object is decoded again.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go `fieldValidation`, create.go, update.go, 1.36.2.
 */
export function decodeFor(request: ApiRequest, body: KubernetesObject, served: ServedKind): Decoded | Refusal {
  const { patchType, fieldValidation = 'Warn' } = request.options ?? {};
  // What an applied configuration does not know, the merge refuses, whatever is asked for.
  const wanted = patchType === 'apply' ? 'Strict' : fieldValidation;
  const warnings: string[] = [];
  for (let object = body; ;) {
    const decoded = served.decode(object);
    if (decoded.ok) {
      const told = wanted === 'Warn' ? [...served.warnings, ...warnings] : served.warnings;
      return { object: decoded.object, served: warnings.length === 0 ? served : { ...served, warnings: told } };
    }
    if (!decoded.strict) return refusalOf(cannotDecode(served, decoded));
    const isPatch = request.verb === 'patch' && patchType !== 'apply';
    const errors = isPatch ? decoded.errors.toSorted((a, b) => compareStrings(a.field, b.field)) : decoded.errors;
    if (wanted === 'Strict')
      return isPatch ? refusedPatch(request, body, errors) : refusalOf(cannotDecode(served, decoded));
    warnings.push(...errors.map(({ message }) => message));
    object = errors.reduce((made, { path }) => withoutPath(made, path) as KubernetesObject, object);
  }
}

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go `applyPatchToCurrentObject`, `applyPatchToObject`, 1.36.2. */
function refusedPatch(
  { body, options }: ApiRequest,
  patched: KubernetesObject,
  errors: readonly DecodeError[],
): Refusal {
  const isText = options?.patchType === 'json' || options?.patchType === 'merge';
  const value = isText ? goJson(patched as unknown as JsonObject) : goFormat(body as unknown as JsonValue);
  const words = `strict decoding error: ${errors.map(({ message }) => message).join(', ')}`;
  const message = `Invalid value: ${quoteString(value)}: ${words}`;
  const causes = [{ reason: 'FieldValueInvalid', message, field: 'patch' }];
  return { code: 422, reason: 'Invalid', message: ` "" is invalid: patch: ${message}`, details: { causes } };
}
