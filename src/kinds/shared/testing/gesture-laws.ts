import { expect } from 'vitest';
import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isRefusal } from '../../field-edit.ts';
import type { Connection, KindDefinition } from '../../kind.ts';
import type { Reference } from '../../reference.ts';
import { applyEdits } from './apply-edits.ts';
import { referenceLines } from './reference-text.ts';

/** What a reference says, without the fields, whose list positions and text change when something is removed. */
function meaning(reference: Reference): string {
  const [line = ''] = referenceLines([{ ...reference, field: [] }]);
  return line.replace(/ namespace at \S+/, '').replace(/ as .*/, '');
}

/**
 * For tests: taking any reference away takes that one, and nothing else but what `alsoGone` allows. Answers the
 * refusals, a line each.
 */
export function expectExactDisconnects(
  definition: KindDefinition,
  object: KubernetesObject,
  alsoGone: (removed: Reference, other: Reference) => boolean = () => false,
): readonly string[] {
  const before = definition.references(object);
  return before.flatMap((reference) => {
    const edits = definition.disconnect?.(object, reference) ?? [];
    if (isRefusal(edits)) return [`${referenceLines([reference])[0]}: ${edits.refused}`];
    const after = definition.references(applyEdits(object, edits) as KubernetesObject);
    const kept = before.filter((other) => other !== reference && !alsoGone(reference, other));
    expect(after.map(meaning), meaning(reference)).toEqual(kept.map(meaning));
    return [];
  });
}

/**
 * For tests: an arrow adds a reference to its target, cannot be drawn twice, and can be taken away again without a
 * trace, unless it took the place of another. Answers what was drawn, a line each.
 */
export function expectConnects(
  definition: KindDefinition,
  source: KubernetesObject,
  targets: readonly KubernetesObject[],
): readonly string[] {
  return targets.flatMap((target) =>
    (definition.connections ?? [])
      .filter((connection) => endsAt(connection, target))
      .map((connection) => `${connection.id} ${target.kind}: ${draw(definition, connection, source, target)}`),
  );
}

function endsAt({ to }: Connection, target: KubernetesObject): boolean {
  return to !== 'podTemplate' && to.kind === target.kind && to.group === parseApiVersion(target.apiVersion).group;
}

function draw(
  definition: KindDefinition,
  connection: Connection,
  source: KubernetesObject,
  target: KubernetesObject,
): string {
  const edits = connection.connect(source, target);
  if (isRefusal(edits)) return edits.refused;
  const after = applyEdits(source, edits.source ?? []) as KubernetesObject;
  const before = definition.references(source).map(meaning);
  const added = definition.references(after).filter((reference) => !before.includes(meaning(reference)));
  expect(added.length, connection.id).toBeGreaterThan(0);
  const again = connection.connect(after, target);
  // A second `env` brings the next entry of the target.
  if (connection.id !== 'env') expect(again).toEqual({ refused: 'connect.already' });
  const removal = definition.disconnect?.(after, added[0]!) ?? [];
  const meanings = definition.references(after).map(meaning);
  const replaced = before.some((line) => !meanings.includes(line));
  if (!isRefusal(removal) && !replaced) {
    const without = applyEdits(after, removal) as KubernetesObject;
    expect(definition.references(without).map(meaning)).toEqual(before);
  }
  return referenceLines(added)[0] ?? '';
}
