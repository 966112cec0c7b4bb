import { DEFAULT_NAMESPACE, objectIdentity } from '../../apimachinery/object-identity.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { validateObjectName } from '../object-name.ts';
import { appendObject } from '../append-object.ts';
import type { Design, Placement } from '../design.ts';
import type { Command } from './command.ts';
import { withPlacements } from './move-placements.ts';

export interface AddRecordArguments {
  readonly kind: GroupKind;
  /** Made from the kind when missing: `deployment`, `deployment-2`. */
  readonly name?: string;
  /** Left out of the object when missing. Ignored for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly picture?: keyof Design['placements'];
  readonly at?: Placement;
}

/** Puts a new object of a kind into the design: the smallest one that a real API server accepts. */
export const addRecord: Command<AddRecordArguments> = {
  id: 'record.add',
  canRun: () => undefined,
  run({ design, registry }, { kind, name, namespace, picture = 'application', at }) {
    const definition = registry.get(kind);
    const scoped = definition.scope === 'Namespaced' ? namespace : undefined;
    const wanted = name ?? freeName(design, kind, definition.scope === 'Cluster' ? '' : (scoped ?? DEFAULT_NAMESPACE));
    const invalid = validateObjectName(definition, wanted);
    if (invalid !== undefined) return { refused: 'command.name.invalid', params: { message: invalid } };
    const file = onlyYamlFile(design);
    const added = appendObject(
      design,
      registry,
      definition.newObject(wanted, scoped),
      file === undefined ? {} : { file },
    );
    const placed = at ? withPlacements(added.design, picture, new Map([[added.record, at]])) : added.design;
    return {
      design: placed,
      description: { id: 'record.add', params: { kind: definition.kind, name: wanted } },
      select: [added.record],
    };
  },
};

/** A small design lives in one file; once there are several, a new object gets a file of its own. */
function onlyYamlFile(design: Design): string | undefined {
  const [first, ...others] = [...design.files.values()];
  if (!first || others.length > 0 || !/\.ya?ml$/i.test(first.path)) return undefined;
  return first.path;
}

export function freeName(design: Design, kind: GroupKind, namespace: string, stem = kind.kind.toLowerCase()): string {
  const taken = new Set<string>();
  for (const record of design.records.values()) taken.add(record.identity);
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(objectIdentity(kind, namespace, name))) return name;
  }
}
