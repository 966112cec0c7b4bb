import { parseObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import { compareStrings } from '../../base/compare.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { KindDefinition } from '../../kinds/kind.ts';
import { appendObject } from '../append-object.ts';
import type { ReferenceGraph } from '../graph.ts';
import { validateObjectName } from '../object-name.ts';
import { takenBy } from './add-record.ts';
import type { Command } from './command.ts';

export interface CreateMissingArguments {
  /** What is pointed at and not there. */
  readonly identity: ObjectIdentity;
}

/** Makes the object that others point at, with the entries that they want of it, beside the first of them. */
export const createMissing: Command<CreateMissingArguments> = {
  id: 'record.createMissing',
  canRun: ({ design }, { identity }) => takenBy(design, identity),
  run({ design, registry, graph }, { identity }) {
    const { namespace, name, ...kind } = parseObjectIdentity(identity);
    const definition = registry.get(kind);
    const invalid = validateObjectName(definition, name);
    if (invalid !== undefined) return { refused: 'command.name.invalid', params: { message: invalid } };
    const wanting = wantingOf(graph, identity);
    const fresh = definition.newObject(name, definition.scope === 'Cluster' ? undefined : namespace);
    const object = withKeys(fresh, wanting.keys, definition);
    const beside = design.records.get(wanting.from ?? '')?.file;
    const added = appendObject(design, registry, object, beside === undefined ? {} : { beside });
    return {
      design: added.design,
      description: { id: 'record.add', params: { kind: definition.kind, name } },
      select: [added.record],
    };
  },
};

function wantingOf(
  graph: ReferenceGraph,
  identity: ObjectIdentity,
): { readonly keys: readonly string[]; readonly from: string | undefined } {
  const wanting = graph.references.filter(({ toIdentity }) => toIdentity === identity);
  const keys = new Set(wanting.flatMap(({ declaration: { key } }) => (key === undefined ? [] : [key])));
  return { keys: [...keys].sort(compareStrings), from: wanting[0]?.from };
}

/** Fields that hold entries as plain text, where a kind has entries. */
const TEXT_FIELDS = ['stringData', 'data'] as const;

/** Entries with empty values: whoever fills them in sees what is asked for. */
function withKeys(object: KubernetesObject, keys: readonly string[], definition: KindDefinition): KubernetesObject {
  if (keys.length === 0 || definition.keys === undefined) return object;
  const empty = Object.fromEntries(keys.map((key) => [key, '']));
  for (const field of TEXT_FIELDS) {
    const filled: KubernetesObject = { ...object, [field]: empty };
    const known = definition.keys(filled);
    if (keys.every((key) => known.includes(key))) return filled;
  }
  return object;
}
