import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { EMPTY_DESIGN } from '../../design/design.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { judgeContextOf, preloadValidity } from '../../design/validity.ts';
import { prepare } from '../../kinds/judge.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { isVerdict, servedKindOf } from '../../kinds/served-kind.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import type { ManifestFile } from '../../manifest/manifest.ts';
import type { Schema } from '../../openapi/schema.ts';
import { cleanDump } from '../live/clean-dump.ts';
import type { CleanObject } from '../live/clean-dump.ts';
import type { Note } from '../note.ts';
import { compareValues } from './compare-values.ts';
import type { Comparison, FieldDifference, ObjectDifference } from './comparison.ts';

interface Side {
  readonly objects: ReadonlyMap<ObjectIdentity, Meant>;
  readonly notes: readonly Note[];
}

/** An object as a server takes it: canonical, with its defaults, without what only a cluster writes. */
interface Meant {
  readonly object: KubernetesObject;
  readonly schema: Schema | undefined;
}

/**
 * What differs between two sets of manifests, or between manifests and what `kubectl get -o yaml` printed of a cluster:
 * both sides are read as a server takes them, so a default that one side leaves out is no difference.
 */
export async function compareFiles(
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
  builtIn: KindRegistry,
): Promise<Comparison> {
  const [a, b] = [
    await sideOf(before, [...before, ...after], builtIn),
    await sideOf(after, [...before, ...after], builtIn),
  ];
  const removed = [...a.objects].filter(([id]) => !b.objects.has(id));
  const added = new Map([...b.objects].filter(([id]) => !a.objects.has(id)));
  const differences: ObjectDifference[] = [];
  let same = 0;
  for (const [id, old] of a.objects) {
    const now = b.objects.get(id);
    if (!now) continue;
    const fields = differencesOf(old, now);
    if (fields.length === 0) same++;
    else differences.push({ id, change: 'changed', fields });
  }
  for (const [id, old] of removed) {
    const renamed = [...added].find(([, now]) => isRenamed(old, now));
    if (renamed) {
      added.delete(renamed[0]);
      differences.push({ id: renamed[0], change: 'renamed', from: id, fields: [] });
    } else differences.push({ id, change: 'removed', fields: [] });
  }
  for (const id of added.keys()) differences.push({ id, change: 'added', fields: [] });
  return { differences, same, notes: [...a.notes, ...b.notes] };
}

function differencesOf(before: Meant, after: Meant): readonly FieldDifference[] {
  return compareValues(before.object, after.object, after.schema ?? before.schema);
}

/** Nothing but the name, and what repeats it, differs; an object that says next to nothing is never taken for another. */
function isRenamed(before: Meant, after: Meant): boolean {
  if (before.object.kind !== after.object.kind || before.object.apiVersion !== after.object.apiVersion) return false;
  const [old, now] = [
    String(objectAt(before.object, 'metadata')?.['name']),
    String(objectAt(after.object, 'metadata')?.['name']),
  ];
  if (Object.keys(before.object).length <= 3) return false;
  return differencesOf(before, after).every(
    ({ field, before: was, after: is }) =>
      field === 'metadata.name' || (typeof was === 'string' && was.replaceAll(old, now) === is),
  );
}

/** `all`: definitions of custom kinds may stand on either side. */
async function sideOf(
  files: readonly ManifestFile[],
  all: readonly ManifestFile[],
  builtIn: KindRegistry,
): Promise<Side> {
  const whole = addFiles(EMPTY_DESIGN, all, builtIn);
  const registry = designRegistry(whole, builtIn);
  await preloadValidity(whole, registry);
  const context = judgeContextOf(whole, registry);
  const { objects, notes } = await cleanDump(files, registry, { defaults: 'keep' });
  const meant = new Map<ObjectIdentity, Meant>();
  for (const one of objects) if (!meant.has(one.identity)) meant.set(one.identity, meantBy(one, context));
  return { objects: meant, notes };
}

function meantBy({ object }: CleanObject, context: JudgeContext): Meant {
  const served = servedKindOf(object, context);
  if (isVerdict(served)) return { object: withoutNamespace(object), schema: undefined };
  const decoded = served.decode(object);
  const ready = prepare(decoded.ok ? decoded.object : object, served);
  return { object: withoutNamespace(withoutAllocated(ready)), schema: served.schema };
}

/** The identity says it, defaulted. */
function withoutNamespace(object: KubernetesObject): KubernetesObject {
  const { namespace: _, ...metadata }: JsonObject = objectAt(object, 'metadata') ?? {};
  return { ...object, metadata };
}

/** Preparing makes up what a server would choose; both sides had theirs taken away. */
function withoutAllocated(object: KubernetesObject): KubernetesObject {
  const generation = objectAt(object, 'metadata')?.['generation'];
  if (generation === undefined) return object;
  const { generation: _, ...metadata } = objectAt(object, 'metadata') ?? {};
  return { ...object, metadata };
}
