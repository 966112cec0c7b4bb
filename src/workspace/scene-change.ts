import type { Scene } from '../scene/scene.ts';
import type { ListChange, SceneChange } from './protocol.ts';

interface Item {
  readonly id: string;
}

/** What differs between two pictures, item by item. */
export function sceneChange(before: Scene, after: Scene): SceneChange {
  return {
    frames: listChange(before.frames, after.frames),
    cards: listChange(before.cards, after.cards),
    edges: listChange(before.edges, after.edges),
  };
}

/** Takes a change over; items that did not change stay the same value, so what draws them does not draw again. */
export function applySceneChange(scene: Scene, change: SceneChange): Scene {
  return {
    frames: applyListChange(scene.frames, change.frames),
    cards: applyListChange(scene.cards, change.cards),
    edges: applyListChange(scene.edges, change.edges),
  };
}

/** Cards and edges in one message; more would hold the page up while it takes them in. */
const PART_SIZE = 1_000;

/** Cuts a change into parts that are small; applied one after another they are the whole. */
export function* sceneParts(change: SceneChange): Generator<SceneChange, SceneChange> {
  const { frames, cards, edges } = change;
  if (cards.set.length + edges.set.length <= PART_SIZE) return change;
  // What goes, goes first: an edge never stays without its cards, nor a card without its frame.
  yield { frames: { ...NONE, set: frames.set }, cards: NONE, edges: { ...NONE, removed: edges.removed } };
  for (let start = 0; start < cards.set.length; start += PART_SIZE) {
    yield { frames: NONE, cards: { ...NONE, set: cards.set.slice(start, start + PART_SIZE) }, edges: NONE };
  }
  for (let start = 0; start < edges.set.length; start += PART_SIZE) {
    yield { frames: NONE, cards: NONE, edges: { ...NONE, set: edges.set.slice(start, start + PART_SIZE) } };
  }
  return { frames: { ...frames, set: [] }, cards: { ...cards, set: [] }, edges: { ...edges, set: [], removed: [] } };
}

const NONE = { set: [], removed: [] } as const;

function listChange<Kind extends Item>(before: readonly Kind[], after: readonly Kind[]): ListChange<Kind> {
  const old = new Map(before.map((item) => [item.id, item]));
  const set = after.filter((item) => {
    const known = old.get(item.id);
    old.delete(item.id);
    return known === undefined || !sameValue(known, item);
  });
  const change = { set, removed: [...old.keys()] };
  const applied = applyListChange(before, change);
  const inOrder = applied.length === after.length && applied.every(({ id }, index) => id === after[index]!.id);
  return inOrder ? change : { ...change, order: after.map(({ id }) => id) };
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => sameValue(left[key], right[key]));
}

function applyListChange<Kind extends Item>(
  items: readonly Kind[],
  { set, removed, order }: ListChange<Kind>,
): readonly Kind[] {
  if (set.length === 0 && removed.length === 0 && !order) return items;
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const id of removed) byId.delete(id);
  for (const item of set) byId.set(item.id, item);
  return order ? order.map((id) => byId.get(id)!) : [...byId.values()];
}
