import { arrayAt, nameAt, stringAt } from '../base/json.ts';
import { parseApiVersion } from '../apimachinery/group-version-kind.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import type { Reference } from '../kinds/reference.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { DesignRecord } from './design.ts';

/** What every object may point at, whatever its kind: its owners and its namespace. */
function commonReferences(record: DesignRecord, registry: KindRegistry): readonly Reference[] {
  const references: Reference[] = [];
  const { object } = record;
  const namespace = nameAt(object, 'metadata', 'namespace');
  if (namespace !== undefined && record.namespace !== '') {
    references.push({
      type: 'namespace',
      field: ['metadata', 'namespace'],
      target: { by: 'name', group: '', kind: 'Namespace', namespace: '', name: namespace },
    });
  }
  arrayAt(object, 'metadata', 'ownerReferences').forEach((owner, index) => {
    const kind = nameAt(owner, 'kind');
    const name = nameAt(owner, 'name');
    if (kind === undefined || name === undefined) return;
    const { group } = parseApiVersion(stringAt(owner, 'apiVersion') ?? '');
    // An owner lives in the same namespace or in none (garbage collector, KEP 2336).
    const { scope } = registry.get({ group, kind });
    const uid = nameAt(owner, 'uid');
    references.push({
      type: 'owner',
      field: ['metadata', 'ownerReferences', index, 'name'],
      target: {
        by: 'name',
        group,
        kind,
        namespace: scope === 'Cluster' ? '' : record.namespace,
        name,
        ...(uid === undefined ? {} : { uid }),
      },
    });
  });
  return references;
}

const memo = new WeakMap<KindDefinition, WeakMap<object, readonly Reference[]>>();

/**
 * Everything a record declares. Remembered by object: an edit of one record asks one definition again, not ten thousand.
 */
export function declaredReferences(record: DesignRecord, registry: KindRegistry): readonly Reference[] {
  const definition = registry.of(record.object);
  let known = memo.get(definition);
  if (!known) memo.set(definition, (known = new WeakMap()));
  const found = known.get(record.object);
  if (found) return found;
  const own = definition.references(record.object);
  const common = commonReferences(record, registry);
  const all = common.length === 0 ? own : [...common, ...own];
  known.set(record.object, all);
  return all;
}
