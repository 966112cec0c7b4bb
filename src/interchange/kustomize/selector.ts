import { parseLabelSelectorString } from '../../apimachinery/label-selector-string.ts';
import { matchesLabels } from '../../apimachinery/label-selector.ts';
import { annotationsOf, labelsOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import { gvkOf } from './resource.ts';
import type { Resource, ResourceId } from './resource.ts';

/** A regular expression that must take the whole text; undefined where it is none. */
function whole(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

const MOST_SIGNS = 1000;

/** Whether a target of patches or replacements takes a resource, by any of the ids. `invalid` where it is no selector. */
export function isSelected(resource: Resource, selector: JsonObject, ids: readonly ResourceId[]): boolean | 'invalid' {
  const gvk = gvkOf(resource.object);
  const part = (key: string): string => stringAt(selector, key) ?? '';
  const patterns = new Map<string, RegExp>();
  for (const key of ['group', 'version', 'kind', 'name', 'namespace']) {
    const text = part(key);
    if (text === '') continue;
    const pattern = text.length > MOST_SIGNS ? undefined : whole(text);
    if (!pattern) return 'invalid';
    patterns.set(key, pattern);
  }
  const takes = (key: string, value: string): boolean => patterns.get(key)?.test(value) ?? true;
  if (!takes('group', gvk.group) || !takes('version', gvk.version)) return false;
  const named = ids.some(
    ({ kind, name, namespace }) => takes('kind', kind) && takes('name', name) && takes('namespace', namespace),
  );
  if (!named) return false;
  return (
    hasMatch(part('labelSelector'), labelsOf(resource.object)) &&
    hasMatch(part('annotationSelector'), annotationsOf(resource.object))
  );
}

function hasMatch(selector: string, map: ReadonlyMap<string, string>): boolean {
  return selector === '' || matchesLabels(parseLabelSelectorString(selector), map);
}
