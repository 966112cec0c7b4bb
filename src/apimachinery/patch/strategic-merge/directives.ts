import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject, step } from '../../../base/json.ts';
import { goFormat, goTypeOf } from '../go-format.ts';
import { PatchError } from '../patch-result.ts';

/*
 * The special keys of a strategic merge patch, and upstream's error words.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go and util/mergepatch/errors.go, 1.36.
 */

export const DIRECTIVE = '$patch';
export const RETAIN_KEYS = '$retainKeys';
export const DELETE_FROM_PRIMITIVE_LIST = '$deleteFromPrimitiveList';
export const SET_ELEMENT_ORDER = '$setElementOrder';

export function hasDirective(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && step(value, DIRECTIVE) !== undefined;
}

/** `$setElementOrder/containers` names the list `containers`; a key without a slash is refused. */
export function listOfDirective(key: string, prefix: string, refusal: () => PatchError): string {
  const slash = key.indexOf('/');
  if (slash < 0 || key.slice(0, slash) !== prefix) throw refusal();
  return key.slice(slash + 1);
}

export const badPrimitiveList = (): PatchError => new PatchError('invalid patch format of primitive list', 400);
export const badRetainKeys = (): PatchError => new PatchError('invalid patch format of retainKeys', 400);
export const badElementOrder = (): PatchError => new PatchError('invalid patch format of setElementOrder list', 400);
export const noListOfLists = (): PatchError => new PatchError('lists of lists are not supported', 422);

export function noMergeKey(item: JsonValue, mergeKey: string): PatchError {
  return new PatchError(`map: ${goFormat(item)} does not contain declared merge key: ${mergeKey}`);
}

export function badArgument(
  expected: '[]interface {}' | 'map[string]interface {}',
  actual: JsonValue | undefined,
): PatchError {
  const type = goTypeOf(actual);
  return new PatchError(`expected a ${expected}, but received a ${type === '<nil>' ? '%!s(<nil>)' : type}`);
}

export function badPatchType(directive: JsonValue, map: JsonValue): PatchError {
  const shown = typeof directive === 'string' ? directive : `%!s(${goTypeOf(directive)}=${goFormat(directive)})`;
  return new PatchError(`unknown patch type: ${shown} in map: ${goFormat(map)}`);
}
