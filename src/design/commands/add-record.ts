import { DEFAULT_NAMESPACE, objectIdentity } from '../../apimachinery/object-identity.ts';
import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { validateDns1123Label } from '../../apimachinery/names.ts';
import { validateObjectName } from '../object-name.ts';
import { appendObject } from '../append-object.ts';
import { placementKeyOf } from '../file-layout.ts';
import type { AppendPlace } from '../append-object.ts';
import type { Design, Placement } from '../design.ts';
import type { Command, CommandRefusal } from './command.ts';
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
    const scopeOf = definition.scope === 'Cluster' ? '' : (scoped ?? DEFAULT_NAMESPACE);
    const wanted = name ?? freeName(design, kind, scopeOf);
    const invalid = validateObjectName(definition, wanted) ?? validateDns1123Label(scoped ?? DEFAULT_NAMESPACE)[0];
    if (invalid !== undefined) return { refused: 'command.name.invalid', params: { message: invalid } };
    const taken = name === undefined ? undefined : takenBy(design, objectIdentity(kind, scopeOf, wanted));
    if (taken) return taken;
    const added = appendObject(design, registry, definition.newObject(wanted, scoped), placeFor(design));
    const record = added.design.records.get(added.record);
    const placed =
      at && record ? withPlacements(added.design, picture, new Map([[placementKeyOf(record), at]])) : added.design;
    return {
      design: placed,
      description: { id: 'record.add', params: { kind: definition.kind, name: wanted } },
      select: [added.record],
    };
  },
};

/** A small design lives in one file; once there are several, a new object gets a file of its own. */
export function placeFor(design: Design): AppendPlace {
  const [first, ...others] = [...design.files.values()];
  return first && others.length === 0 ? { beside: first.path } : {};
}

export function takenBy(design: Design, identity: ObjectIdentity): CommandRefusal | undefined {
  for (const record of design.records.values()) {
    if (record.identity === identity) return { refused: 'command.name.taken', params: { identity } };
  }
  return undefined;
}

function freeName(design: Design, kind: GroupKind, namespace: string): string {
  const taken = new Set([...design.records.values()].map(({ identity }) => identity));
  return freeNameAmong(taken, kind, namespace, kind.kind.toLowerCase());
}

/** The stem, or the stem with the lowest number that is free: `web-copy`, `web-copy-2`. */
export function freeNameAmong(
  taken: ReadonlySet<ObjectIdentity>,
  kind: GroupKind,
  namespace: string,
  stem: string,
): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(objectIdentity(kind, namespace, name))) return name;
  }
}
