import { formatGroupKind } from '../../apimachinery/group-version-kind.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import type { Design } from '../../design/design.ts';
import type { Scene, SceneCard, SceneFrame } from '../scene.ts';
import type { Filter, View } from './view.ts';

/** The cards that meet the conditions, the lines among them, and the frames that still hold something. */
export function filterScene(scene: Scene, design: Design, { filters, focus }: View): Scene {
  if (filters.length === 0 && focus === undefined) return scene;
  const near = focus === undefined ? undefined : neighbourhood(scene, focus);
  const meets = conditions(filters, design);
  const cards = scene.cards.filter((card) => (near === undefined || near.has(card.id)) && meets(card));
  const ids = new Set(cards.map(({ id }) => id));
  const frames = new Set(cards.map(({ frame }) => frame));
  const isKept = (frame: SceneFrame): boolean => frames.has(frame.id) || frame.kind === 'node' || frame.kind === 'zone';
  return {
    ...scene,
    frames: scene.frames.filter(isKept),
    cards,
    edges: scene.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  };
}

/** The cards of a record and those at the other ends of their lines. */
function neighbourhood(scene: Scene, focus: string): ReadonlySet<string> {
  const own = new Set(scene.cards.flatMap(({ id, record }) => (record === focus ? [id] : [])));
  const near = new Set(own);
  for (const { from, to } of scene.edges) {
    if (own.has(from)) near.add(to);
    if (own.has(to)) near.add(from);
  }
  return near;
}

function conditions(filters: readonly Filter[], design: Design): (card: SceneCard) => boolean {
  const sorts = new Map<Filter['by'], Set<string>>();
  for (const { by, value } of filters) sorts.set(by, (sorts.get(by) ?? new Set()).add(value));
  return (card) => [...sorts].every(([by, values]) => valuesOf(card, by, design).some((value) => values.has(value)));
}

/** What a card has to show for a condition. */
export function valuesOf(card: SceneCard, by: Filter['by'], design: Design): readonly string[] {
  const record = design.records.get(card.record ?? '');
  switch (by) {
    case 'kind':
      return card.component ? [] : [formatGroupKind(card)];
    case 'namespace':
      if (record) return [record.namespace];
      return card.ghost ? [card.frame.slice('frame:'.length)] : [];
    case 'label':
      return record ? [...labelsOf(record.object)].map(([key, value]) => `${key}=${value}`) : [];
    case 'problem':
      return [...(card.errors > 0 || card.ghost ? ['error'] : []), ...(card.warnings > 0 ? ['warning'] : [])];
  }
}
