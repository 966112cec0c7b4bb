/**
 * The objects of one document: the document itself, or the items of a List, nested Lists included.
 * Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/unstructured/unstructured.go (decodeToList) and
 * staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go (FlattenListVisitor), 1.36.
 */
import type { JsonObject, JsonValue, Path } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { isKubernetesObject } from '../apimachinery/object.ts';
import { withFirst } from './reading.ts';
import type { Marks } from './reading.ts';

export interface Unfolded {
  readonly objects: readonly { readonly path: Path; readonly object: KubernetesObject; readonly offset: number }[];
  /** What stands where an object should, and lacks `kind`, `apiVersion` or is no map (`object`). */
  readonly refused: readonly { readonly offset: number; readonly missing: 'kind' | 'apiVersion' | 'object' }[];
}

/** Objects in the order they stand in the text. kubectl lists the items of nested Lists last; nothing else differs. */
export function unfold(value: JsonValue, start: number, marks: Marks): Unfolded {
  const objects: Unfolded['objects'][number][] = [];
  const refused: Unfolded['refused'][number][] = [];
  const visit = (node: JsonValue, path: Path, offset: number): void => {
    const items = itemsOf(node);
    if (items && isJsonObject(node)) {
      const offsets = marks.items.get(items) ?? [];
      items.forEach((item, index) => {
        visit(withInferredKind(item, node), [...path, 'items', index], offsets[index] ?? offset);
      });
    } else if (isKubernetesObject(node)) objects.push({ path, object: node, offset });
    else refused.push({ offset, missing: missingIn(node) });
  };
  visit(value, [], start);
  return { objects, refused };
}

/**
 * The items of a List: of every kind that ends so, and of any map whose `items` are objects themselves. kubectl unfolds
 * every map with a list `items`; that would tear a custom resource with a field of that name apart.
 */
function itemsOf(node: JsonValue): readonly JsonValue[] | undefined {
  if (!isJsonObject(node) || typeof node['kind'] !== 'string' || !Object.hasOwn(node, 'items')) return undefined;
  const { items } = node;
  const named = node['kind'].endsWith('List');
  if (!Array.isArray(items)) return named && items === null ? [] : undefined;
  const list = items as readonly JsonValue[];
  return named || (list.length > 0 && list.every(isKubernetesObject)) ? list : undefined;
}

/** Items of a typed list (`PodList`) need not say what they are. */
function withInferredKind(item: JsonValue, list: JsonObject): JsonValue {
  if (!isJsonObject(item) || Object.hasOwn(item, 'kind') || Object.hasOwn(item, 'apiVersion')) return item;
  const kind = String(list['kind']).replace(/List$/, '');
  const apiVersion = list['apiVersion'];
  return kind === '' || typeof apiVersion !== 'string' ? item : withFirst({ apiVersion, kind }, item);
}

function missingIn(node: JsonValue): 'kind' | 'apiVersion' | 'object' {
  if (!isJsonObject(node)) return 'object';
  return typeof node['kind'] === 'string' && node['kind'] !== '' ? 'apiVersion' : 'kind';
}
