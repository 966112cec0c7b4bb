import { compareStrings } from '../../base/compare.ts';
import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Design } from '../../design/design.ts';

/** Every namespace that objects of the design live in or that is declared in it. */
export function namespacesOf(design: Design): readonly string[] {
  const names = new Set<string>([DEFAULT_NAMESPACE]);
  for (const { namespace, object } of design.records.values()) {
    if (namespace !== '') names.add(namespace);
    else if (object.kind === 'Namespace' && object.apiVersion === 'v1' && nameOf(object) !== '')
      names.add(nameOf(object));
  }
  return [...names].sort(compareStrings);
}
