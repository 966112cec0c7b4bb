import { nameOf } from '../apimachinery/object.ts';
import type { Design, RecordId } from '../design/design.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import type { Problem } from '../design/problem.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { frameId, isFrameRecord, sceneCards } from './scene-cards.ts';
import type { UnplacedCard } from './scene-cards.ts';
import { sceneEdges } from './scene-edges.ts';
import type { UnroutedEdge } from './scene-edges.ts';

/** What a picture holds, before anything has a place. */
export interface SceneModel {
  readonly frames: readonly { readonly id: string; readonly record?: RecordId }[];
  readonly cards: readonly UnplacedCard[];
  readonly edges: readonly UnroutedEdge[];
}

/** The Application picture: namespaces as frames, everything else as cards in them. */
export function sceneModel(
  design: Design,
  graph: ReferenceGraph,
  problems: readonly Problem[],
  registry: KindRegistry,
): SceneModel {
  const cards = sceneCards(design, graph, problems, registry);
  return { frames: sceneFrames(design, cards), cards, edges: sceneEdges(graph, new Set(cards.map(({ id }) => id))) };
}

/** A frame for each Namespace object, with or without anything in it, and for each namespace that something is in. */
function sceneFrames(design: Design, cards: readonly UnplacedCard[]): SceneModel['frames'] {
  const frames = new Map<string, { readonly id: string; readonly record?: RecordId }>();
  for (const record of design.records.values()) {
    if (!isFrameRecord(record)) continue;
    const id = frameId(nameOf(record.object));
    if (!frames.has(id)) frames.set(id, { id, record: record.id });
  }
  for (const { frame } of cards) if (!frames.has(frame)) frames.set(frame, { id: frame });
  return [...frames.values()];
}
