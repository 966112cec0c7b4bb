import type { KubernetesObject } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { isJsonObject, objectAt, stringAt } from '../../base/json.ts';
import { sha256 } from '../../base/sha256.ts';

/** Signs of a hash that stand for others, so that it spells no word. */
const SIGNS: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** The hash that the name of a generated object ends in. Source: api/hasher/hasher.go of kubernetes-sigs/kustomize. */
export function contentHash(object: KubernetesObject): string {
  const { kind } = object;
  const optional = kind === 'Secret' ? 'stringData' : 'binaryData';
  const content: JsonValue = {
    kind,
    // Upstream looks for one field called `metadata/name`, and finds none.
    name: '',
    data: objectAt(object, 'data') ?? '',
    ...(objectAt(object, optional) ? { [optional]: objectAt(object, optional) } : {}),
    ...(kind === 'Secret' ? { type: stringAt(object, 'type') ?? '' } : {}),
  };
  const bytes = sha256(goJson(content));
  const hex = Array.from(bytes.slice(0, 5), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replaceAll(/[013ae]/g, (sign) => SIGNS[sign]!);
}

/** JSON as Go's encoding/json writes it: keys in order, signs of HTML escaped. */
function goJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(goJson).join(',')}]`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => compareStrings(a, b));
    return `{${entries.map(([key, entry]) => `${goJson(key)}:${goJson(entry ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(value)
    .replaceAll(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c');
}
