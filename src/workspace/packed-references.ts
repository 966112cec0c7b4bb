import { declaredReferences } from '../design/declared-references.ts';
import type { Design, RecordId } from '../design/design.ts';
import type { ReferenceGraph, ResolvedReference } from '../design/graph.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { PackedReferences } from './protocol.ts';

const WIDTH = 6;
const BECAUSE = ['provided', 'made', 'external'] as const;
const RESOLVED = 8;

/** Packs a graph. `records` of the design and the graph must belong together. */
export function packReferences(graph: ReferenceGraph, design: Design, registry: KindRegistry): PackedReferences {
  const records = [...design.records.keys()];
  const placeOf = new Map(records.map((id, place) => [id, place]));
  const identities: string[] = [];
  const identityPlaces = new Map<string, number>();
  const numbers = new Int32Array(graph.references.length * WIDTH);
  let from: RecordId | undefined;
  let places = new Map<unknown, number>();
  graph.references.forEach((reference, index) => {
    if (reference.from !== from) {
      from = reference.from;
      places = new Map(
        declaredReferences(design.records.get(from)!, registry).map((declared, place) => [declared, place]),
      );
    }
    const because = reference.because === undefined ? 0 : BECAUSE.indexOf(reference.because) + 1;
    const start = index * WIDTH;
    numbers[start] = placeOf.get(reference.from)!;
    numbers[start + 1] = places.get(reference.declaration)!;
    numbers[start + 2] = reference.to === null ? -1 : placeOf.get(reference.to)!;
    numbers[start + 3] =
      reference.to !== null || reference.toIdentity === null ? -1 : identityPlace(reference.toIdentity);
    numbers[start + 4] = because + (reference.resolved ? RESOLVED : 0);
    numbers[start + 5] = reference.maker === undefined ? -1 : placeOf.get(reference.maker)!;
    numbers[start + 5] = reference.maker === undefined ? -1 : placeOf.get(reference.maker)!;
  });
  function identityPlace(identity: string): number {
    let place = identityPlaces.get(identity);
    if (place === undefined) {
      place = identities.push(identity) - 1;
      identityPlaces.set(identity, place);
    }
    return place;
  }
  return { numbers, records, identities };
}

/** Unpacks one reference at a time, when somebody asks: a page that shows one card needs none of ten thousand others. */
export function unpackReferences(packed: PackedReferences, design: Design, registry: KindRegistry): ReferenceGraph {
  const { numbers, records } = packed;
  const count = numbers.length / WIDTH;
  const made: ResolvedReference[] = [];
  const at = (index: number): ResolvedReference | undefined =>
    Number.isInteger(index) && index >= 0 && index < count
      ? (made[index] ??= read(packed, index, design, registry))
      : undefined;
  let sides: { readonly from: Rows; readonly to: Rows } | undefined;
  const rows = () => (sides ??= { from: rowsBy(numbers, 0), to: rowsBy(numbers, 2) });
  let places: ReadonlyMap<RecordId, number> | undefined;
  const ofSide = (side: 'from' | 'to', id: RecordId): readonly ResolvedReference[] => {
    places ??= new Map(records.map((record, place) => [record, place]));
    const place = places.get(id);
    return place === undefined ? [] : (rows()[side].get(place) ?? []).map((index) => at(index)!);
  };
  let all: readonly ResolvedReference[] | undefined;
  return {
    get references() {
      return (all ??= Array.from({ length: count }, (_, index) => at(index)!));
    },
    at,
    outgoing: (id) => ofSide('from', id),
    incoming: (id) => ofSide('to', id),
  };
}

/** Rows of references by the place of a record. */
type Rows = ReadonlyMap<number, readonly number[]>;

function rowsBy(numbers: Int32Array, column: number): Rows {
  const rows = new Map<number, number[]>();
  for (let index = 0, cell = column; cell < numbers.length; index++, cell += WIDTH) {
    const place = numbers[cell]!;
    if (place < 0) continue;
    const list = rows.get(place);
    if (list) list.push(index);
    else rows.set(place, [index]);
  }
  return rows;
}

function read(
  { numbers, records, identities }: PackedReferences,
  index: number,
  design: Design,
  registry: KindRegistry,
): ResolvedReference {
  const start = index * WIDTH;
  const from = design.records.get(records[numbers[start]!]!)!;
  const to = numbers[start + 2]! < 0 ? null : records[numbers[start + 2]!]!;
  const identity = numbers[start + 3]! < 0 ? null : identities[numbers[start + 3]!]!;
  const state = numbers[start + 4]!;
  const because = BECAUSE[(state % RESOLVED) - 1];
  const maker = records[numbers[start + 5]!];
  return {
    index,
    from: from.id,
    to,
    toIdentity: to === null ? identity : design.records.get(to)!.identity,
    declaration: declaredReferences(from, registry)[numbers[start + 1]!]!,
    resolved: state >= RESOLVED,
    ...(because === undefined ? {} : { because }),
    ...(maker === undefined ? {} : { maker }),
  };
}
