import { labelsOf, nameOf } from '../apimachinery/object.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import { parseObjectIdentity } from '../apimachinery/object-identity.ts';
import type { Design, DesignRecord, RecordId } from '../design/design.ts';
import type { ReferenceGraph, ResolvedReference } from '../design/graph.ts';
import type { Problem } from '../design/problem.ts';
import type { KindDefinition } from '../kinds/kind.ts';
import { REFERENCE_TYPES } from '../kinds/reference.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { CARD_HEIGHT, CARD_WIDTH, DETAIL_HEIGHT, GHOST_HEIGHT, PODS_HEIGHT } from './metrics.ts';
import type { SceneCard } from './scene.ts';

/** A card that has a size and no place yet. */
export type UnplacedCard = Omit<SceneCard, 'x' | 'y'>;

export const CLUSTER_FRAME = 'frame:';

export function frameId(namespace: string): string {
  return `frame:${namespace}`;
}

/** A Namespace is drawn as the frame of its objects, every other record as a card. */
export function isFrameRecord(record: DesignRecord): boolean {
  const { group, kind } = groupVersionKindOf(record.object);
  return group === '' && kind === 'Namespace';
}

export function sceneCards(
  design: Design,
  graph: ReferenceGraph,
  problems: readonly Problem[],
  registry: KindRegistry,
): readonly UnplacedCard[] {
  const counts = problemCounts(problems);
  const cards: UnplacedCard[] = [];
  for (const record of design.records.values()) {
    if (!isFrameRecord(record)) cards.push(recordCard(record, registry, counts.get(record.id)));
  }
  cards.push(...ghostCards(graph, registry));
  return cards;
}

interface Counts {
  errors: number;
  warnings: number;
}

/** How many errors and warnings each record has. */
export function problemCounts(problems: readonly Problem[]): ReadonlyMap<RecordId, Counts> {
  const counts = new Map<RecordId, Counts>();
  for (const { record, severity } of problems) {
    if (severity === 'info') continue;
    const count = counts.get(record) ?? { errors: 0, warnings: 0 };
    counts.set(record, count);
    if (severity === 'error') count.errors++;
    else count.warnings++;
  }
  return counts;
}

function recordCard(record: DesignRecord, registry: KindRegistry, counts: Counts | undefined): UnplacedCard {
  const definition = registry.of(record.object);
  const summary = definition.summary?.(record.object) ?? {};
  const { group, kind } = groupVersionKindOf(record.object);
  const name = nameOf(record.object) || generatedName(record);
  return {
    id: record.id,
    record: record.id,
    ghost: false,
    frame: frameId(record.namespace),
    group,
    kind,
    kindWord: kindWord(definition, kind, summary.fact),
    category: definition.category,
    name,
    ...(summary.fact === undefined ? {} : { fact: summary.fact }),
    ...(summary.detail === undefined ? {} : { detail: summary.detail }),
    ...(summary.pods === undefined ? {} : { pods: summary.pods }),
    errors: counts?.errors ?? 0,
    warnings: counts?.warnings ?? 0,
    width: CARD_WIDTH,
    height:
      CARD_HEIGHT + (summary.detail === undefined ? 0 : DETAIL_HEIGHT) + (summary.pods === undefined ? 0 : PODS_HEIGHT),
  };
}

/** Longer kinds give way to their short name when a fact stands beside them: `HPA · 3–10`. */
const LONGEST_KIND_WORD = 14;

function kindWord({ shortNames }: KindDefinition, kind: string, fact: string | undefined): string {
  const [short] = shortNames;
  return fact !== undefined && short !== undefined && kind.length > LONGEST_KIND_WORD ? short.toUpperCase() : kind;
}

/** An object without a name is told by its generateName, or by a label that names the application. */
function generatedName(record: DesignRecord): string {
  const metadata = record.object['metadata'] as { generateName?: unknown } | undefined;
  if (typeof metadata?.generateName === 'string') return `${metadata.generateName}…`;
  return labelsOf(record.object).get('app.kubernetes.io/name') ?? '—';
}

/** Whether a missing target is worth a card of its own: something that has to be there and is not. */
export function isGhostReference(reference: ResolvedReference): boolean {
  return (
    !reference.resolved &&
    reference.toIdentity !== null &&
    reference.declaration.optional !== true &&
    reference.declaration.type !== 'namespace' &&
    REFERENCE_TYPES[reference.declaration.type].dangling !== 'none'
  );
}

function ghostCards(graph: ReferenceGraph, registry: KindRegistry): readonly UnplacedCard[] {
  const ghosts = new Map<string, UnplacedCard>();
  for (const reference of graph.references) {
    const identity = reference.toIdentity;
    if (identity === null || ghosts.has(identity) || !isGhostReference(reference)) continue;
    const { group, kind, namespace, name } = parseObjectIdentity(identity);
    ghosts.set(identity, {
      id: `ghost:${identity}`,
      ghost: true,
      frame: frameId(namespace),
      group,
      kind,
      kindWord: kind,
      category: registry.get({ group, kind }).category,
      name,
      errors: 0,
      warnings: 0,
      width: CARD_WIDTH,
      height: CARD_HEIGHT + GHOST_HEIGHT,
    });
  }
  return [...ghosts.values()];
}
