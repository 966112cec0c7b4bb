import { declaredReferences } from '../design/declared-references.ts';
import type { Design, RecordId } from '../design/design.ts';
import type { ReferenceGraph, ResolvedReference } from '../design/graph.ts';
import { referenceGraph } from '../design/resolve-references.ts';
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

/** Unpacks when somebody asks: a page that shows one card needs none of ten thousand. */
export function unpackReferences(packed: PackedReferences, design: Design, registry: KindRegistry): ReferenceGraph {
  let graph: ReferenceGraph | undefined;
  const unpack = (): ReferenceGraph => (graph ??= referenceGraph(readAll(packed, design, registry)));
  return {
    get references() {
      return unpack().references;
    },
    outgoing: (id) => unpack().outgoing(id),
    incoming: (id) => unpack().incoming(id),
  };
}

function readAll(
  { numbers, records, identities }: PackedReferences,
  design: Design,
  registry: KindRegistry,
): ResolvedReference[] {
  const references: ResolvedReference[] = [];
  for (let start = 0, index = 0; start < numbers.length; start += WIDTH, index++) {
    const from = design.records.get(records[numbers[start]!]!)!;
    const to = numbers[start + 2]! < 0 ? null : records[numbers[start + 2]!]!;
    const identity = numbers[start + 3]! < 0 ? null : identities[numbers[start + 3]!]!;
    const state = numbers[start + 4]!;
    const because = BECAUSE[(state % RESOLVED) - 1];
    const maker = numbers[start + 5]! < 0 ? undefined : records[numbers[start + 5]!]!;
    references.push({
      index,
      from: from.id,
      to,
      toIdentity: to === null ? identity : design.records.get(to)!.identity,
      declaration: declaredReferences(from, registry)[numbers[start + 1]!]!,
      resolved: state >= RESOLVED,
      ...(because === undefined ? {} : { because }),
      ...(maker === undefined ? {} : { maker }),
    });
  }
  return references;
}
