import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import type { JsonValue, Path } from '../base/json.ts';
import { isJsonObject, valueAt } from '../base/json.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { Reference } from '../kinds/reference.ts';
import type { Edit } from '../manifest/edit.ts';
import { declaredReferences } from './declared-references.ts';
import type { DesignRecord } from './design.ts';

/** The label that the API server gives every namespace; NamespaceDefaultLabelName, GA since 1.22. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Whether a record is a Namespace: the frame that other objects stand in. */
export function isNamespace({ object }: DesignRecord): boolean {
  const { group, kind } = groupVersionKindOf(object);
  return group === '' && kind === 'Namespace';
}

/**
 * The edits by which whatever chooses namespaces keeps choosing one that is renamed: label selectors on the name label,
 * lists of namespaces beside a selector of Pods, and single namespaces of references that are no names.
 */
export function namespaceChoiceEdits(
  record: DesignRecord,
  registry: KindRegistry,
  from: string,
  to: string,
): readonly Edit[] {
  const edits = nameLabelPaths(record.object, from).map((path): Edit => ({ op: 'set', path, value: to }));
  for (const declaration of declaredReferences(record, registry)) {
    if (declaration.target.by === 'name') continue;
    for (const path of chosenPaths(record, declaration, from)) edits.push({ op: 'set', path, value: to });
  }
  return edits;
}

/** Where the name stands in label selectors, `matchLabels` and `matchExpressions` alike, and in the labels themselves. */
function nameLabelPaths(object: JsonValue, name: string): Path[] {
  const found: Path[] = [];
  const visit = (value: JsonValue | undefined, path: Path): void => {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).forEach((item, at) => visit(item, [...path, at]));
    if (!isJsonObject(value)) return;
    if (valueAt(value, NAME_LABEL) === name) found.push([...path, NAME_LABEL]);
    const values = valueAt(value, 'values');
    if (valueAt(value, 'key') === NAME_LABEL && Array.isArray(values)) {
      (values as readonly JsonValue[]).forEach((item, at) => item === name && found.push([...path, 'values', at]));
    }
    for (const key of Object.keys(value)) visit(value[key], [...path, key]);
  };
  visit(object, []);
  return found;
}

function chosenPaths({ object }: DesignRecord, { field, namespaceField }: Reference, name: string): readonly Path[] {
  const single = namespaceField ? [namespaceField] : [];
  // core/v1 PodAffinityTerm: `namespaces` beside `labelSelector`.
  const beside = [...field.slice(0, -1), 'namespaces'];
  const list = valueAt(object, ...beside);
  const listed = Array.isArray(list) ? list.map((_, at) => [...beside, at]) : [];
  return [...single, ...listed].filter((path) => valueAt(object, ...path) === name);
}
