import { formatApiVersion, groupVersionKindOf, parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import { stringAt, valueAt } from '../../base/json.ts';
import type { Edit } from '../../manifest/edit.ts';
import { changed } from '../../manifest/edit-value.ts';
import type { CheckContext } from '../checks/check.ts';
import type { DesignRecord, RecordId } from '../design.ts';
import type { Fix, RecordEdits } from '../fixes/fix.ts';
import type { Converted, ConversionNote } from './conversion.ts';
import { editsBetween } from './edits-between.ts';
import { conversionOf } from './index.ts';

/**
 * The ways to write an object in a version that the target release serves, as fixes: shown as a diff, made by `applyFix`
 * in one step, with notes on what a person should look at. Also for kinds that are still served and have a better
 * successor (ReplicationController, autoscaling/v1). Objects that name the old kind or version follow.
 */
export function conversionsFor(id: RecordId, context: CheckContext): readonly Fix[] {
  const record = context.design.records.get(id);
  const found = record && conversionOf(record.object, context.release);
  if (!record || !found) return [];
  const { to, converted } = found;
  const own = editsOf(record, converted);
  if (own === undefined) return [];
  const followers = followersOf(record, to, context);
  const count = followers.reduce((sum, { edits }) => sum + edits.length, 0);
  const notes: readonly ConversionNote[] = [
    ...(converted.notes ?? []),
    ...(count > 0 ? [{ id: 'referencesFollow' as const, params: { count } }] : []),
  ];
  const apiVersion = formatApiVersion(to.group, to.version);
  return [
    {
      id: to.kind === record.object.kind ? 'useApiVersion' : 'convertTo',
      params: { apiVersion, kind: to.kind },
      edits: [{ record: id, edits: own }, ...followers],
      ...(converted.adds && converted.adds.length > 0 ? { adds: converted.adds } : {}),
      ...(notes.length > 0 ? { notes } : {}),
    },
  ];
}

/** Keys that are only called otherwise are renamed first, so that what they hold keeps its comments and its order. */
function editsOf({ object }: DesignRecord, { object: target, renames = [] }: Converted): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  let current: JsonValue = object;
  for (const { path, key } of renames) {
    const edit: Edit = { op: 'rename', path, key };
    const result = changed(current, edit);
    if (!result.ok) return undefined;
    current = result.value;
    edits.push(edit);
  }
  return [...edits, ...editsBetween(current, target)];
}

/** References say a kind, and often its version, beside the name: an autoscaler's target, an owner, a role's subject. */
function followersOf(
  record: DesignRecord,
  to: GroupVersionKind,
  { design, graph }: CheckContext,
): readonly RecordEdits[] {
  const byRecord = new Map<RecordId, Edit[]>();
  const seen = new Set<string>();
  for (const { from, declaration } of graph.incoming(record.id)) {
    const other = from === record.id ? undefined : design.records.get(from);
    const path = declaration.field.slice(0, -1);
    const key = `${from} ${JSON.stringify(path)}`;
    if (!other || declaration.target.by !== 'name' || seen.has(key)) continue;
    seen.add(key);
    const edits = edited(other, path, record, to);
    if (edits.length > 0) byRecord.set(from, [...(byRecord.get(from) ?? []), ...edits]);
  }
  return [...byRecord].map(([id, edits]) => ({ record: id, edits }));
}

function edited(other: DesignRecord, path: Path, record: DesignRecord, to: GroupVersionKind): readonly Edit[] {
  const parent = valueAt(other.object, ...path);
  const old = groupVersionKindOf(record.object);
  if (path.length === 0 || stringAt(parent, 'kind') !== old.kind) return [];
  const written = stringAt(parent, 'apiVersion');
  const apiVersion = formatApiVersion(to.group, to.version);
  const isOther = written !== undefined && written !== apiVersion && parseApiVersion(written).version !== '';
  return [
    ...(isOther ? [{ op: 'set' as const, path: [...path, 'apiVersion'], value: apiVersion }] : []),
    ...(to.kind === old.kind ? [] : [{ op: 'set' as const, path: [...path, 'kind'], value: to.kind }]),
  ];
}
