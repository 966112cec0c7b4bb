import { COMMANDS } from '../../../design/commands/index.ts';
import type { Placement, PlacementKey } from '../../../design/design.ts';
import type { SceneCard } from '../../../scene/scene.ts';
import { runCommand } from '../../run-command.ts';
import type { ActionId, CanvasAction, Hand, PlacesOfCards } from './canvas-action.ts';
import { GROUP_ACTIONS } from './group-actions.ts';
import { hands } from './hands-state.ts';
import { LAYER_ACTIONS } from './layer-actions.ts';
import { align, distribute, tidy } from './line-up.ts';
import type { Edge } from './line-up.ts';

/** Room that a frame's title keeps. */
const LEAST = { x: 12, y: 40 } as const;

/** Cards of one frame are lined up together: places are within their frame. */
function eachFrame(cards: readonly SceneCard[], places: (cards: readonly SceneCard[]) => PlacesOfCards): PlacesOfCards {
  const frames = new Map<string, SceneCard[]>();
  for (const card of cards) {
    const list = frames.get(card.frame);
    if (list) list.push(card);
    else frames.set(card.frame, [card]);
  }
  return new Map([...frames.values()].flatMap((list) => [...places(list)]));
}

function move({ workspace, state, t }: Hand, places: PlacesOfCards): void {
  const placements = new Map<PlacementKey, Placement>();
  for (const [id, { x, y }] of places) placements.set(id, { x: Math.max(LEAST.x, x), y: Math.max(LEAST.y, y) });
  if (placements.size > 0)
    runCommand(workspace, COMMANDS.movePlacements, { picture: state.picture, placements }, t, ['command.noChange']);
}

const canMove =
  (least: number) =>
  ({ cards, state }: Hand): boolean =>
    state.picture === 'application' && cards.length >= least;

function aligning(id: ActionId, edge: Edge, keys: readonly string[]): CanvasAction {
  const run = (hand: Hand): void =>
    move(
      hand,
      eachFrame(hand.cards, (cards) => align(cards, edge)),
    );
  return { id, keys, group: 'arrange', canRun: canMove(2), run };
}

function distributing(id: ActionId, axis: 'x' | 'y', keys: readonly string[]): CanvasAction {
  const run = (hand: Hand): void =>
    move(
      hand,
      eachFrame(hand.cards, (cards) => distribute(cards, axis)),
    );
  return { id, keys, group: 'arrange', canRun: canMove(3), run };
}

function isLocked({ state }: Hand, { id }: SceneCard): boolean {
  return state.design.placements[state.picture].get(id)?.drawn?.['locked'] === true;
}

/** A locked card stays where it is until it is unlocked; its place is kept with the design. */
function lock(hand: Hand): void {
  const { workspace, state, t, cards } = hand;
  const locked = !cards.every((card) => isLocked(hand, card));
  const placements = new Map(
    cards.map(({ id, x, y }): [PlacementKey, Placement] => [id, { x, y, drawn: locked ? { locked } : {} }]),
  );
  runCommand(workspace, COMMANDS.movePlacements, { picture: state.picture, placements }, t);
}

export const ARRANGE_ACTIONS: readonly CanvasAction[] = [
  aligning('alignLeft', 'left', ['Mod+Shift+ArrowLeft', 'Alt+A']),
  aligning('alignRight', 'right', ['Mod+Shift+ArrowRight', 'Alt+D']),
  aligning('alignTop', 'top', ['Mod+Shift+ArrowUp', 'Alt+W']),
  aligning('alignBottom', 'bottom', ['Mod+Shift+ArrowDown']),
  aligning('alignCenter', 'center', ['Alt+H']),
  aligning('alignMiddle', 'middle', ['Alt+V']),
  distributing('distributeX', 'x', ['Alt+Shift+H']),
  distributing('distributeY', 'y', ['Alt+Shift+V']),
  {
    id: 'tidySelection',
    keys: ['Alt+Shift+T'],
    group: 'arrange',
    canRun: canMove(2),
    run: (hand) =>
      move(
        hand,
        eachFrame(hand.cards, (cards) => tidy(cards, hand.state.scene)),
      ),
  },
  ...GROUP_ACTIONS,
  ...LAYER_ACTIONS,
  { id: 'lock', keys: ['Mod+Shift+L'], group: 'arrange', canRun: canMove(1), run: lock },
  {
    id: 'snap',
    keys: ['Alt+S'],
    group: 'arrange',
    canRun: () => true,
    run: () => hands.setState(({ snap }) => ({ snap: snap === 'objects' ? 'off' : 'objects' })),
  },
  {
    id: 'grid',
    keys: ["Mod+'"],
    group: 'arrange',
    canRun: () => true,
    run: () => hands.setState(({ snap }) => ({ snap: snap === 'grid' ? 'objects' : 'grid' })),
  },
];
