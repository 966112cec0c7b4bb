import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { arrayAt, asString, isJsonObject, nameAt, objectAt, stringAt } from '../../base/json.ts';
import { resourceOf } from '../../openapi/resource.ts';
import { REFERENCE_TYPES } from '../reference.ts';
import type { Reference } from '../reference.ts';
import { CONFIG_MAP, PERSISTENT_VOLUME_CLAIM, SECRET, SERVICE_ACCOUNT, STORAGE_CLASS } from './core-kinds.ts';
import { scopeOfKind } from './kind-scope.ts';
import { referenceTo } from './name-reference.ts';
import { podTemplateReferences } from './pod-spec/pod-spec.references.ts';

/**
 * What an object of a kind that nobody described seems to point at, read from the names of its fields as the API
 * conventions have them: `secretName`, `configMapRef`, `serviceAccountName`, any `…Ref` with kind and name, and the
 * templates of Pods. It is a guess, so every reference is optional.
 */
export function customReferences(object: KubernetesObject, scope: 'Namespaced' | 'Cluster'): readonly Reference[] {
  const namespace = scope === 'Cluster' ? undefined : (namespaceOf(object) ?? DEFAULT_NAMESPACE);
  const reader = new Reader(object, namespace);
  for (const key of Object.keys(object)) {
    if (!NOT_READ.has(key)) reader.readField(key, object, [key], MAX_DEPTH);
  }
  return reader.references;
}

/** What the API machinery and controllers write. */
const NOT_READ = new Set(['apiVersion', 'kind', 'metadata', 'status']);
/** No kind nests deeper; a bomb does. */
const MAX_DEPTH = 32;

const SERVICE: GroupKind = { group: '', kind: 'Service' };

/** Fields that hold a name, by the end of their own name. */
const NAME_FIELDS: readonly (readonly [RegExp, GroupKind])[] = [
  [/^(?:.*S|s)ecretName$/, SECRET],
  [/^existingSecret$/, SECRET],
  [/^(?:.*C|c)onfigMapName$/, CONFIG_MAP],
  [/^(?:.*S|s)erviceAccountName$/, SERVICE_ACCOUNT],
  [/^(?:.*S|s)erviceName$/, SERVICE],
  [/^(?:claimName|persistentVolumeClaimName|existingClaim)$/, PERSISTENT_VOLUME_CLAIM],
  [/^(?:.*S|s)torageClassName$/, STORAGE_CLASS],
  [/^(?:.*P|p)riorityClassName$/, { group: 'scheduling.k8s.io', kind: 'PriorityClass' }],
  [/^ingressClassName$/, { group: 'networking.k8s.io', kind: 'IngressClass' }],
  [/^gatewayClassName$/, { group: 'gateway.networking.k8s.io', kind: 'GatewayClass' }],
];

/** Fields that hold `{name}` and mean one kind, by the end of their own name; lists of them end in `s`. */
const REF_FIELDS: readonly (readonly [RegExp, GroupKind])[] = [
  [/^(?:.*S|s)ecret(?:Key)?(?:Ref|Reference|Selector)s?$/, SECRET],
  [/^(?:.*I|i)magePullSecrets$/, SECRET],
  [/^(?:.*C|c)onfigMap(?:Key)?(?:Ref|Reference|Selector)s?$/, CONFIG_MAP],
  [/^(?:.*S|s)erviceAccount(?:Ref|Reference)s?$/, SERVICE_ACCOUNT],
  [/^(?:.*S|s)ervice(?:Ref|Reference)s?$/, SERVICE],
];
const ANY_REF = /(?:Ref|Reference)s?$/;
/** Kinds that are meant wherever `{kind, name}` says so, whatever the field is called. */
const PLAIN_KINDS = new Set(['ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'PersistentVolumeClaim']);
/** A DNS subdomain: anything else is a template, a URL or prose. */
const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

class Reader {
  readonly references: Reference[] = [];
  private readonly object: KubernetesObject;
  private readonly namespace: string | undefined;

  constructor(object: KubernetesObject, namespace: string | undefined) {
    this.object = object;
    this.namespace = namespace;
  }

  /** Reads the field `key` of `parent`, which stands at `path`. */
  readField(key: string, parent: JsonObject, path: Path, depth: number): void {
    const value = parent[key];
    if (typeof value === 'string') this.readName(key, value, parent, path);
    else if (Array.isArray(value)) {
      (value as readonly JsonValue[]).forEach((item, index) => this.readValue(key, item, [...path, index], depth - 1));
    } else this.readValue(key, value, path, depth - 1);
  }

  private readValue(key: string, value: JsonValue | undefined, path: Path, depth: number): void {
    if (!isJsonObject(value) || depth <= 0) return;
    if (isEmbeddedObject(value)) return;
    if (arrayAt(value, 'spec', 'containers').length > 0) {
      if (this.namespace !== undefined) this.readPodTemplate(path, this.namespace);
      return;
    }
    this.readRef(key, value, path);
    for (const inner of Object.keys(value)) this.readField(inner, value, [...path, inner], depth);
  }

  private readPodTemplate(path: Path, namespace: string): void {
    for (const reference of podTemplateReferences(this.object, path, namespace)) {
      const isHarmless = REFERENCE_TYPES[reference.type].dangling === 'none';
      this.references.push({ ...reference, type: isHarmless ? reference.type : 'custom', optional: true });
    }
  }

  private readName(key: string, name: string, parent: JsonObject, path: Path): void {
    const target = NAME_FIELDS.find(([pattern]) => pattern.test(key))?.[1];
    if (!target || !NAME.test(name)) return;
    const prefix = key.endsWith('Name') ? key.slice(0, -'Name'.length) : key;
    const written = [`${prefix}Namespace`, 'namespace'].find((sibling) => nameAt(parent, sibling) !== undefined);
    this.add(target, name, path, parent, written ?? 'namespace');
  }

  private readRef(key: string, value: JsonObject, path: Path): void {
    const name = asString(value['name']);
    if (name === undefined || !NAME.test(name)) return;
    const target = this.kindMeant(key, value);
    if (!target) return;
    this.add(target, name, [...path, 'name'], value, 'namespace');
  }

  private kindMeant(key: string, value: JsonObject): GroupKind | undefined {
    const kind = nameAt(value, 'kind');
    if (kind === undefined) return REF_FIELDS.find(([pattern]) => pattern.test(key))?.[1];
    const group = writtenGroup(value);
    if (ANY_REF.test(key)) return { group: group ?? this.likelyGroup(kind), kind };
    return PLAIN_KINDS.has(kind) && (group ?? '') === '' ? { group: '', kind } : undefined;
  }

  /** A kind without a group is a core kind, a workload, or one of the object's own group. */
  private likelyGroup(kind: string): string {
    const known = ['', 'apps', 'batch'].find((group) => resourceOf(group, kind) !== undefined);
    return known ?? parseApiVersion(this.object.apiVersion).group;
  }

  /** `namespaceKey` is the field beside the name that may say where the target is. */
  private add({ group, kind }: GroupKind, name: string, field: Path, parent: JsonObject, namespaceKey: string): void {
    const written = nameAt(parent, namespaceKey);
    const key = group === '' && (kind === 'Secret' || kind === 'ConfigMap') ? nameAt(parent, 'key') : undefined;
    const details = { optional: true, ...(key !== undefined && { key }) } as const;
    if (written !== undefined) {
      const namespaceField = [...field.slice(0, -1), namespaceKey];
      const target = { group, kind, namespace: written, name };
      this.references.push(referenceTo('custom', field, target, { ...details, namespaceField }));
      return;
    }
    const namespace = scopeOfKind(group, kind) === 'Cluster' ? '' : this.namespace;
    if (namespace === undefined) return;
    this.references.push(referenceTo('custom', field, { group, kind, namespace, name }, details));
  }
}

function writtenGroup(value: JsonObject): string | undefined {
  const apiVersion = nameAt(value, 'apiVersion');
  if (apiVersion !== undefined) return parseApiVersion(apiVersion).group;
  return stringAt(value, 'apiGroup') ?? stringAt(value, 'group');
}

/** A whole object inside another: what it points at is its own affair, perhaps in another cluster. */
function isEmbeddedObject(value: JsonObject): boolean {
  return (
    nameAt(value, 'apiVersion') !== undefined && nameAt(value, 'kind') !== undefined && !!objectAt(value, 'metadata')
  );
}
