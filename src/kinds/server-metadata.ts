import { DEFAULT_NAMESPACE } from '../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { nameAt, objectAt, valueAt } from '../base/json.ts';
import { distinctOwners } from './request-warnings.ts';

/** What the server makes or clears at a create, whatever the client wrote; some kinds begin to count generations, too. */
const MADE_AT_CREATE = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'resourceVersion',
  'selfLink',
  'managedFields',
];

/** Source: staging/src/k8s.io/apiserver/pkg/storage/names/generate.go, 1.36. */
const GENERATED_PREFIX_MAX_LENGTH = 58;

/**
 * The object with its namespace filled in (or cleared, for a cluster-scoped kind), a name made from `generateName`, and
 * without what the server makes itself, unless that is to be kept. The same value where nothing changes.
 */
export function metadataOfRequest(
  object: KubernetesObject,
  namespaced: boolean,
  made: 'drop' | 'keep' = 'drop',
): KubernetesObject {
  const before = objectAt(object, 'metadata') ?? {};
  const changes: Record<string, JsonValue | undefined> = {};
  const namespace = nameAt(before, 'namespace');
  if (namespaced && namespace === undefined) changes['namespace'] = DEFAULT_NAMESPACE;
  if (!namespaced && Object.hasOwn(before, 'namespace')) changes['namespace'] = undefined;
  const generateName = nameAt(before, 'generateName');
  if (generateName !== undefined && nameAt(before, 'name') === undefined)
    changes['name'] = `${generateName.slice(0, GENERATED_PREFIX_MAX_LENGTH)}xxxxx`;
  const { owners, repeated } = distinctOwners(object);
  if (repeated.length > 0) changes['ownerReferences'] = owners;
  if (made === 'drop') for (const field of MADE_AT_CREATE) if (Object.hasOwn(before, field)) changes[field] = undefined;
  return withMetadata(object, before, changes);
}

/** Fields of the old object's metadata that no update changes. */
const KEPT = ['creationTimestamp', 'deletionTimestamp'];
/** Fields that an update takes over where the new object is silent. */
const KEPT_WHERE_SILENT = ['uid', 'deletionGracePeriodSeconds'];

/**
 * The new object with the server's own metadata of the old one.
 * Source: staging/src/k8s.io/apiserver/pkg/registry/rest/update.go `BeforeUpdate`, 1.36.
 */
export function keepServerMetadata(object: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const changes: Record<string, JsonValue | undefined> = {};
  for (const field of [...KEPT, ...KEPT_WHERE_SILENT]) {
    const kept = valueAt(old, 'metadata', field);
    const isSilent = (valueAt(object, 'metadata', field) ?? '') === '';
    if (kept !== undefined && (isSilent || KEPT.includes(field))) changes[field] = kept;
  }
  changes['generation'] = valueAt(old, 'metadata', 'generation');
  changes['managedFields'] = undefined;
  // A client that says no resourceVersion asks for whatever is there.
  changes['resourceVersion'] = valueAt(old, 'metadata', 'resourceVersion') ?? '1';
  return withMetadata(object, objectAt(object, 'metadata') ?? {}, changes);
}

function withMetadata(
  object: KubernetesObject,
  before: JsonObject,
  changes: Readonly<Record<string, JsonValue | undefined>>,
): KubernetesObject {
  const names = Object.keys(changes);
  if (names.length === 0) return object;
  const metadata: Record<string, JsonValue | undefined> = {};
  for (const name of Object.keys(before)) {
    const value = Object.hasOwn(changes, name) ? changes[name] : before[name];
    if (value !== undefined || !Object.hasOwn(changes, name)) metadata[name] = value;
  }
  for (const name of names)
    if (changes[name] !== undefined && !Object.hasOwn(before, name)) metadata[name] = changes[name];
  return { ...object, metadata };
}
