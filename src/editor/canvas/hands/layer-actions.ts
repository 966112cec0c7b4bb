import { COMMANDS } from '../../../design/commands/index.ts';
import type { Placement, PlacementKey } from '../../../design/design.ts';
import { drawnData } from '../../../design/drawn.ts';
import { withDrawn } from '../../../scene/view/drawn-scene.ts';
import { orderOf } from '../../../scene/view/drawn-scene.ts';
import type { SceneDrawn } from '../../../scene/scene.ts';
import { runCommand } from '../../run-command.ts';
import { drawnState } from '../drawn/drawn-state.ts';
import type { ActionId, CanvasAction, Hand } from './canvas-action.ts';

function allDrawn({ state }: Hand): readonly SceneDrawn[] {
  return withDrawn(state.scene, state.design.placements[state.picture]).drawn ?? [];
}

function chosenDrawn(hand: Hand): readonly SceneDrawn[] {
  const { chosen } = drawnState.getState();
  return chosen.size === 0 ? [] : allDrawn(hand).filter(({ id }) => chosen.has(id));
}

/** Gives what is chosen another order; below 0 it lies behind the cards. */
function layering(id: ActionId, key: string, next: (order: number, all: readonly number[]) => number): CanvasAction {
  return {
    id,
    keys: [key],
    group: 'arrange',
    canRun: (hand) => chosenDrawn(hand).length > 0,
    run: (hand) => {
      const { workspace, state, t } = hand;
      const chosen = chosenDrawn(hand);
      const ids = new Set(chosen.map((one) => one.id));
      const others = allDrawn(hand)
        .filter((one) => !ids.has(one.id))
        .map(orderOf);
      const placements = new Map(
        chosen.map((one): [PlacementKey, Placement] => {
          const { order: _order, ...drawn } = one.drawn;
          const order = next(orderOf(one), others);
          const data = drawnData(order === 0 ? drawn : { ...drawn, order });
          return [one.id, { x: one.x, y: one.y, drawn: data }];
        }),
      );
      runCommand(workspace, COMMANDS.movePlacements, { picture: state.picture, placements }, t, ['command.noChange']);
    },
  };
}

export const LAYER_ACTIONS: readonly CanvasAction[] = [
  layering('bringForward', 'Mod+]', (order) => order + 1),
  layering('sendBackward', 'Mod+[', (order) => order - 1),
  layering('toFront', 'Mod+Shift+]', (order, all) => Math.max(0, order, ...all.map((other) => other + 1))),
  layering('toBack', 'Mod+Shift+[', (order, all) => Math.min(-1, order, ...all.map((other) => other - 1))),
];
