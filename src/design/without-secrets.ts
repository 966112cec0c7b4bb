import { annotationsOf } from '../apimachinery/object.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import { LAST_APPLIED } from '../apimachinery/last-applied.ts';
import { isJsonObject } from '../base/json.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { Edit } from '../manifest/edit.ts';
import type { Design, DesignRecord } from './design.ts';
import { editFields, isRefused } from './edit-segment.ts';

/**
 * The design with its Secrets' values taken out and their keys left, for what is shown to others. undefined where a value
 * could not be taken out: then nothing may be shown.
 */
export function withoutSecrets(design: Design, registry: KindRegistry): Design | undefined {
  let next = design;
  for (const record of design.records.values()) {
    const edits = emptied(record);
    if (edits.length === 0) continue;
    const current = next.records.get(record.id);
    const edited = current && editFields(next, registry, current, edits);
    if (!edited || isRefused(edited)) return undefined;
    next = edited;
  }
  return next;
}

export function holdsSecrets(design: Design): boolean {
  return [...design.records.values()].some((record) => emptied(record).length > 0);
}

function emptied({ object }: DesignRecord): readonly Edit[] {
  const { group, kind } = groupVersionKindOf(object);
  if (group !== '' || kind !== 'Secret') return [];
  const values = ['data', 'stringData'].flatMap((field): readonly Edit[] => {
    const map = object[field];
    if (map === undefined) return [];
    if (!isJsonObject(map)) return [{ op: 'delete', path: [field] }];
    return Object.entries(map).flatMap(([key, value]) =>
      value === '' ? [] : [{ op: 'set', path: [field, key], value: '' }],
    );
  });
  const said: readonly Edit[] = annotationsOf(object).has(LAST_APPLIED)
    ? [{ op: 'delete', path: ['metadata', 'annotations', LAST_APPLIED] }]
    : [];
  return [...values, ...said];
}
