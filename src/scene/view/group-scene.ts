import { labelsOf } from '../../apimachinery/object.ts';
import type { Design } from '../../design/design.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { Scene, SceneCard, SceneFrame, SceneGroup } from '../scene.ts';
import { groupBoxes } from './group-boxes.ts';
import type { View } from './view.ts';

/** What tells the labels of cards. */
export interface Labelled {
  readonly design: Design;
  readonly registry: KindRegistry;
}

/** The labels of a card: its own, and those of the Pods that it makes, which its own go before. */
export function labelsOfCard({ record }: SceneCard, { design, registry }: Labelled): ReadonlyMap<string, string> {
  const object = design.records.get(record ?? '')?.object;
  if (!object) return new Map();
  return new Map([...(registry.of(object).podTemplate?.(object)?.labels ?? []), ...labelsOf(object)]);
}

/** The group of each card that is in one with another, by the chosen label. */
export function groupsOf(scene: Scene, labelled: Labelled, key: string): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  const sizes = new Map<string, number>();
  for (const card of scene.cards) {
    const value = card.id === card.record ? labelsOfCard(card, labelled).get(key) : undefined;
    if (value === undefined || value === '') continue;
    const group = `app:${card.frame}/${value}`;
    groups.set(card.id, group);
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return new Map([...groups].filter(([, group]) => (sizes.get(group) ?? 0) > 1));
}

/** The scene with boxes around the groups that are not folded. Boxes hold no card that is not of the group. */
export function withGroups(scene: Scene, labelled: Labelled, { groupBy }: View): Scene {
  if (groupBy === undefined) return scene;
  const of = groupsOf(scene, labelled, groupBy);
  if (of.size === 0) return scene;
  const frames = new Map(scene.frames.map((frame) => [frame.id, frame]));
  const inFrame = new Map<string, SceneCard[]>();
  const members = new Map<string, SceneCard[]>();
  for (const card of scene.cards) {
    add(inFrame, card.frame, card);
    const group = of.get(card.id);
    if (group !== undefined) add(members, group, card);
  }
  const groups = [...members].flatMap(([group, cards]): readonly SceneGroup[] => {
    const frame = frames.get(cards[0]!.frame);
    if (!frame || frame.folded) return [];
    const strangers = (inFrame.get(frame.id) ?? []).filter((card) => of.get(card.id) !== group);
    return groupBoxes(cards, strangers).map((box, at) => ({
      id: at === 0 ? group : `${group}#${at}`,
      folds: group,
      title: group.slice(group.lastIndexOf('/') + 1),
      cards: cards.length,
      ...inPicture(box, frame),
    }));
  });
  return { ...scene, groups };
}

function add(lists: Map<string, SceneCard[]>, key: string, card: SceneCard): void {
  const list = lists.get(key);
  if (list) list.push(card);
  else lists.set(key, [card]);
}

function inPicture(box: ReturnType<typeof groupBoxes>[number], { x, y }: SceneFrame) {
  return { ...box, x: box.x + x, y: box.y + y };
}
