import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { nameAt, objectAt } from '../../base/json.ts';
import { timeOf } from '../kernel/clock.ts';
import type { Context } from '../component.ts';

/** Source: staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go, 1.36: letters that spell no word. */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
/** Source: staging/src/k8s.io/apiserver/pkg/storage/names/generate.go `MaxGeneratedNameLength`, 1.36. */
const MOST_PREFIX = 63 - SUFFIX_LENGTH;
const HEXADECIMAL = '0123456789abcdef';

/** A name made from `generateName`. */
export function generatedName(prefix: string, context: Context): string {
  const letters = context.random.letters(`name/${prefix}/${context.next('name')}`, NAME_LETTERS, SUFFIX_LENGTH);
  return prefix.slice(0, MOST_PREFIX) + letters;
}

/** A uid of version 4, from the counter of the server. */
export function newUid(context: Context): string {
  const hex = context.random.letters(`uid/${context.next('uid')}`, HEXADECIMAL, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Source: staging/src/k8s.io/apiserver/pkg/registry/rest/create.go `BeforeCreate`, 1.36. */
export function withCreationMetadata(object: KubernetesObject, context: Context): KubernetesObject {
  const before = objectAt(object, 'metadata') ?? {};
  const generate = nameAt(before, 'generateName');
  const name = nameAt(before, 'name') ?? (generate === undefined ? undefined : generatedName(generate, context));
  const made: JsonObject = {
    ...before,
    ...(name === undefined ? {} : { name }),
    uid: newUid(context),
    creationTimestamp: timeOf(context.nowMs),
  };
  return withMetadata(object, made);
}

export function withMetadata(object: KubernetesObject, metadata: JsonObject): KubernetesObject {
  return { ...object, metadata };
}

export function withMetadataField(
  object: KubernetesObject,
  field: string,
  value: JsonValue | undefined,
): KubernetesObject {
  const { [field]: _, ...rest } = objectAt(object, 'metadata') ?? {};
  return withMetadata(object, value === undefined ? rest : { ...rest, [field]: value });
}
