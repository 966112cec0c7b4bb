import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../../base/json.ts';
import { jsonEqual } from '../../../base/json.ts';
import type { Design, DesignRecord } from '../../../design/design.ts';
import { putAt } from '../../../design/start-values/value-at.ts';
import type { NameTarget, Reference } from '../../../kinds/reference.ts';
import type { KindRegistry } from '../../../kinds/registry.ts';
import type { Answer, Question } from './answer.ts';

/** A word that no manifest holds: where it comes back, the field is read. */
const ASKED = 'drydock-asks';
const ASKED_PORT = 65_534;

type Pointed =
  | { readonly what: 'name'; readonly target: NameTarget }
  | { readonly what: 'key' | 'port'; readonly target: NameTarget };

/**
 * What a field points at: the name of an object, one of its keys or ports. Asked of the kind itself, by writing a word into
 * the field and seeing which reference comes of it; so whatever a kind declares as a reference is answered.
 */
export function pointedAt({
  object,
  path,
  registry,
}: Pick<Question, 'object' | 'path' | 'registry'>): Pointed | undefined {
  const definition = registry.of(object);
  for (const word of [ASKED, ASKED_PORT]) {
    const asked = putAt(object, path, word) as JsonObject & typeof object;
    for (const reference of definition.references(asked)) {
      const found = pointedBy(reference, path, word);
      if (found) return found;
    }
  }
  return undefined;
}

function pointedBy({ target, field, key, port }: Reference, path: Path, word: string | number): Pointed | undefined {
  if (target.by !== 'name') return undefined;
  if (target.name === word && jsonEqual(field, path)) return { what: 'name', target };
  if (key === word) return { what: 'key', target };
  return port === word ? { what: 'port', target } : undefined;
}

/** Objects, keys or ports that are there to be pointed at. */
export function pointedAnswers(
  { design, registry }: Pick<Question, 'design' | 'registry'>,
  pointed: Pointed,
): readonly Answer[] {
  const { target } = pointed;
  const records = recordsOfKind(design, registry, target);
  if (pointed.what === 'name') return records.map(({ object }) => ({ value: nameOf(object), hint: object.kind }));
  const record = records.find(({ object }) => nameOf(object) === target.name);
  if (!record) return [];
  const definition = registry.of(record.object);
  if (pointed.what === 'key') return (definition.keys?.(record.object) ?? []).map((value) => ({ value }));
  return (definition.servicePorts?.(record.object) ?? []).flatMap(({ name, port }): Answer[] => [
    ...(name === undefined ? [] : [{ value: name, hint: String(port) }]),
    { value: port, ...(name === undefined ? {} : { hint: name }) },
  ]);
}

/** Objects of a kind in the namespace of a target, in the order of the design. */
export function recordsOfKind(
  design: Design,
  registry: KindRegistry,
  { group, kind, namespace }: Pick<NameTarget, 'group' | 'kind' | 'namespace'>,
): readonly DesignRecord[] {
  const wanted = registry.get({ group, kind });
  const isNamespaced = wanted.scope === 'Namespaced';
  return [...design.records.values()].filter(
    (record) =>
      record.object.kind === kind &&
      registry.of(record.object) === wanted &&
      (!isNamespaced || record.namespace === namespace),
  );
}
