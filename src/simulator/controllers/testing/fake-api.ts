import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { applyMergePatch } from '../../../apimachinery/patch/merge-patch.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { BUILT_IN, indexesOf } from '../../apiserver/served-resources.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import { View, keyOf } from '../../client/view.ts';
import type { ResourceName } from '../../messages.ts';

/** What the API server says to a call, where a case says it; undefined: the call is served. */
export type Reaction = (call: ApiCall) => ApiResult | undefined;

export function refusal(code: number, reason: string, message = reason): ApiResult {
  return { ok: false, code, reason, message };
}

/** For tests: an object whose owners, which upstream's tables know by their uid alone, have a kind and a name too. */
export function withNamedOwners(object: KubernetesObject): KubernetesObject {
  const ownerReferences = arrayAt(object, 'metadata', 'ownerReferences').map((owner): JsonValue => {
    const { kind, name, ...rest } = isJsonObject(owner) ? owner : {};
    return {
      ...rest,
      kind: kind === '' || kind === undefined ? 'Owner' : kind,
      name: name === '' || name === undefined ? 'owner' : name,
    };
  });
  if (ownerReferences.length === 0) return object;
  return { ...object, metadata: { ...objectAt(object, 'metadata'), ownerReferences } };
}

/** For tests: objects as an API server would keep them, and the calls that were made of it. */
export class FakeApi {
  readonly calls: ApiCall[] = [];
  private readonly objects = new Map<string, Map<string, KubernetesObject>>();
  private readonly react: Reaction;
  private made = 0;

  constructor(objects: readonly KubernetesObject[], react: Reaction = () => undefined) {
    this.react = react;
    for (const object of objects) this.put(resourceOf(object), object);
  }

  view(resource: ResourceName): View {
    let view = View.empty(indexesOf(served(resource)), 1);
    for (const [key, object] of this.stored(resource)) view = view.with(1, key, object);
    return view;
  }

  get(resource: ResourceName, key: string): KubernetesObject | undefined {
    return this.stored(resource).get(key);
  }

  call(call: ApiCall): ApiResult {
    this.calls.push(call);
    return this.react(call) ?? this.serve(call);
  }

  private serve(call: ApiCall): ApiResult {
    const { verb, resource, namespace, name } = call;
    const stored = this.stored(resource);
    if (verb === 'create') return answer(this.put(resource, this.named(call)));
    if (verb === 'list' || verb === 'deletecollection')
      return answer({ apiVersion: 'v1', kind: 'List', items: [...stored.values()] });
    const key = keyOf(namespace, name ?? '');
    const found = stored.get(key);
    if (found === undefined) return refusal(404, 'NotFound', `${resource.plural} "${name ?? ''}" not found`);
    if (verb === 'delete') stored.delete(key);
    if (verb === 'update') return answer(this.put(resource, call.body as KubernetesObject));
    if (verb === 'patch') return answer(this.put(resource, patched(found, call)));
    return answer(found);
  }

  private named({ body, namespace }: ApiCall): KubernetesObject {
    const object = body as KubernetesObject;
    const number = ++this.made;
    const generated = `${stringAt(object, 'metadata', 'generateName') ?? ''}${number}`;
    const name = nameOf(object) === '' ? generated : nameOf(object);
    const scope = namespace === undefined ? {} : { namespace };
    return { ...object, metadata: { uid: `made-${number}`, ...objectAt(object, 'metadata'), ...scope, name } };
  }

  private put(resource: ResourceName, object: KubernetesObject): KubernetesObject {
    this.stored(resource).set(keyOf(namespaceOf(object), nameOf(object)), object);
    return object;
  }

  private stored({ group, plural }: ResourceName): Map<string, KubernetesObject> {
    const key = `${plural}.${group}`;
    const found = this.objects.get(key) ?? new Map<string, KubernetesObject>();
    this.objects.set(key, found);
    return found;
  }
}

function answer(object: KubernetesObject): ApiResult {
  return { ok: true, code: 200, object, warnings: [] };
}

function served({ group, plural }: ResourceName): (typeof BUILT_IN)[number] {
  const found = BUILT_IN.find((resource) => resource.group === group && resource.plural === plural);
  if (found === undefined) throw new Error(`no resource ${plural}`);
  return found;
}

function resourceOf({ apiVersion, kind }: KubernetesObject): ResourceName {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const found = BUILT_IN.find((resource) => resource.group === group && resource.kind === kind);
  if (found === undefined) throw new Error(`no resource for ${apiVersion} ${kind}`);
  return { group, version: found.versions[0] ?? '', plural: found.plural };
}

/** Merge patches, and of strategic ones those of owners, which is all that controllers write so. */
function patched(found: KubernetesObject, { body, options }: ApiCall): KubernetesObject {
  const merged = applyMergePatch(found, body as JsonObject);
  const changed = (merged.ok ? merged.value : found) as KubernetesObject;
  if (options?.patchType !== 'strategic') return changed;
  const owners = arrayAt(body, 'metadata', 'ownerReferences');
  if (owners.length === 0) return changed;
  const uids = owners.map((owner) => valueAt(owner, 'uid'));
  const kept = arrayAt(found, 'metadata', 'ownerReferences').filter((owner) => !uids.includes(valueAt(owner, 'uid')));
  const added = owners.filter((owner): owner is JsonValue => isJsonObject(owner) && owner['$patch'] === undefined);
  return { ...changed, metadata: { ...objectAt(changed, 'metadata'), ownerReferences: [...kept, ...added] } };
}
