import type { Design, Placement, PlacementKey } from '../../design/design.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { CARD_WIDTH } from '../metrics.ts';
import type { FoldedCounts, Scene, SceneCard, SceneEdge } from '../scene.ts';
import { groupsOf, labelsOfCard } from './group-scene.ts';
import type { Labelled } from './group-scene.ts';
import type { View } from './view.ts';

/** Size of a frame whose cards are folded away. */
const FOLDED = { width: 240, height: 76 } as const;
const APP_HEIGHT = 72;

/** Labels that say what a card belongs to, best first. */
export const APP_LABELS = [
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/name',
  'app',
  'k8s-app',
] as const;

/** The scene with frames folded that a person folded, and with one card for each application where that was asked for. */
export function foldScene(
  scene: Scene,
  { design, registry }: Labelled,
  placements: ReadonlyMap<PlacementKey, Placement>,
  view: View,
): Scene {
  const apps = new Map([
    ...foldedGroups(scene, { design, registry }, view),
    ...(view.foldApps ? appsOf(scene, design, registry, view) : []),
  ]);
  const folded = new Set(
    scene.frames.flatMap(({ id }) => (placements.get(id)?.drawn?.['folded'] === true ? [id] : [])),
  );
  if (apps.size === 0 && folded.size === 0) return scene;
  /** What stands for a card: itself, its application, or its frame. */
  const standIn = new Map(scene.cards.map(({ id, frame }) => [id, folded.has(frame) ? frame : (apps.get(id) ?? id)]));
  const members = new Map<string, SceneCard[]>();
  for (const card of scene.cards) {
    const key = standIn.get(card.id) ?? card.id;
    members.set(key, [...(members.get(key) ?? []), card]);
  }
  const cards = [...members].flatMap(([key, list]): readonly SceneCard[] => {
    const [first] = list;
    if (first === undefined || folded.has(key)) return [];
    return key === first.id ? [first] : [appCard(key, first, list)];
  });
  const frames = scene.frames.map((frame) =>
    folded.has(frame.id) ? { ...frame, ...FOLDED, folded: countsOf(members.get(frame.id) ?? []) } : frame,
  );
  return { ...scene, frames, cards, edges: joinedEdges(scene.edges, standIn) };
}

/** The group that each card is folded into, of those that a person folded. */
function foldedGroups(
  scene: Scene,
  labelled: Labelled,
  { groupBy, foldedGroups: folded }: View,
): ReadonlyMap<string, string> {
  if (groupBy === undefined || folded.size === 0) return new Map();
  return new Map([...groupsOf(scene, labelled, groupBy)].filter(([, group]) => folded.has(group)));
}

/**
 * The application that each card is folded into; one alone stays itself. A card without a label belongs where all that it
 * is joined to belongs: a Service with the workload it selects, an Ingress with the Service.
 */
function appsOf(scene: Scene, design: Design, registry: KindRegistry, view: View): ReadonlyMap<string, string> {
  const apps = new Map<string, string>();
  const frames = new Map(scene.cards.map(({ id, frame }) => [id, frame]));
  for (const card of scene.cards) {
    if (card.id !== card.record) continue;
    const labels = labelsOfCard(card, { design, registry });
    const app = APP_LABELS.map((label) => labels.get(label)).find((value) => value !== undefined && value !== '');
    if (app !== undefined) apps.set(card.id, `app:${card.frame}/${app}`);
  }
  for (let round = 0; round < JOINING_ROUNDS; round++) joinNeighbours(scene, apps, frames);
  const sizes = new Map<string, number>();
  for (const app of apps.values()) sizes.set(app, (sizes.get(app) ?? 0) + 1);
  return new Map([...apps].filter(([, app]) => (sizes.get(app) ?? 0) > 1 && !view.unfolded.has(app)));
}

const JOINING_ROUNDS = 2;

function joinNeighbours(scene: Scene, apps: Map<string, string>, frames: ReadonlyMap<string, string>): void {
  const wanted = new Map<string, Set<string>>();
  const note = (id: string, other: string): void => {
    const app = apps.get(other);
    if (apps.has(id) || id.startsWith('ghost:')) return;
    const set = wanted.get(id) ?? new Set<string>();
    // Something that is joined to what has no application yet waits for it.
    wanted.set(id, set.add(app ?? ''));
  };
  for (const { from, to } of scene.edges) {
    note(from, to);
    note(to, from);
  }
  for (const [id, set] of wanted) {
    const [app = '', ...others] = [...set].filter((one) => one !== '');
    if (app !== '' && others.length === 0 && app.startsWith(`app:${frames.get(id)}/`)) apps.set(id, app);
  }
}

/** Stands where its members begin. */
function appCard(id: string, first: SceneCard, list: readonly SceneCard[]): SceneCard {
  const { cards: members, pods, errors, warnings } = countsOf(list);
  return {
    id,
    ghost: false,
    frame: first.frame,
    group: 'app.kubernetes.io',
    kind: 'app',
    kindWord: '',
    category: 'workload',
    name: id.slice(id.lastIndexOf('/') + 1),
    members,
    ...(pods === 0 ? {} : { pods }),
    errors,
    warnings,
    x: Math.min(...list.map(({ x }) => x)),
    y: Math.min(...list.map(({ y }) => y)),
    width: CARD_WIDTH,
    height: APP_HEIGHT,
  };
}

function countsOf(cards: readonly SceneCard[]): FoldedCounts {
  const sum = (of: (card: SceneCard) => number): number => cards.reduce((total, card) => total + of(card), 0);
  return {
    cards: cards.length,
    pods: sum(({ pods }) => pods ?? 0),
    errors: sum(({ errors, ghost }) => errors + (ghost ? 1 : 0)),
    warnings: sum(({ warnings }) => warnings),
  };
}

/** Lines end at what stands for their cards; those within one are gone, and parallel ones are one. */
function joinedEdges(edges: readonly SceneEdge[], standIn: ReadonlyMap<string, string>): readonly SceneEdge[] {
  const joined = new Map<string, SceneEdge>();
  for (const edge of edges) {
    const from = standIn.get(edge.from) ?? edge.from;
    const to = standIn.get(edge.to) ?? edge.to;
    if (from === to) continue;
    if (from === edge.from && to === edge.to) {
      joined.set(edge.id, edge);
      continue;
    }
    const id = `${from}>${to}:${edge.line}`;
    const before = joined.get(id);
    joined.set(id, {
      ...edge,
      id,
      from,
      to,
      label: '',
      resolved: edge.resolved && (before?.resolved ?? true),
      references: [...(before?.references ?? []), ...edge.references],
      points: [],
    });
  }
  return [...joined.values()];
}
