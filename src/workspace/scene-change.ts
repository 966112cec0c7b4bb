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

function listChange<Kind extends Item>(before: readonly Kind[], after: readonly Kind[]): ListChange<Kind> {
  const old = new Map(before.map((item) => [item.id, item]));
  const set = after.filter((item) => {
    const known = old.get(item.id);
    old.delete(item.id);
    return known === undefined || !sameItem(known, item);
  });
  return { set, removed: [...old.keys()] };
}

/** Equal in every field; lists (bends, references) are compared by their text. */
function sameItem(a: Item, b: Item): boolean {
  const left = a as unknown as Record<string, unknown>;
  const right = b as unknown as Record<string, unknown>;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => {
    const [one, other] = [left[key], right[key]];
    return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
  });
}

function applyListChange<Kind extends Item>(
  items: readonly Kind[],
  { set, removed }: ListChange<Kind>,
): readonly Kind[] {
  if (set.length === 0 && removed.length === 0) return items;
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const id of removed) byId.delete(id);
  for (const item of set) byId.set(item.id, item);
  return [...byId.values()];
}
