import { COMMANDS } from '../../../design/commands/index.ts';
import { GROUP_LABEL } from '../../../design/commands/group-records.ts';
import { labelsOf } from '../../../apimachinery/object.ts';
import { groupLabels } from '../../../scene/view/group-labels.ts';
import { openDialog } from '../../page-state.ts';
import { runCommand } from '../../run-command.ts';
import { view } from '../view/view-store.ts';
import { selectedIds } from './canvas-action.ts';
import type { CanvasAction, Hand } from './canvas-action.ts';

/** Draws boxes around what shares a label, or no boxes: of two labels the one that says what things are part of. */
function toggleGroups({ state }: Hand): void {
  const { groupBy } = view.getState();
  const [best] = groupLabels(state.scene, state);
  view.setState({ groupBy: groupBy === undefined ? best?.key : undefined, foldedGroups: new Set() });
}

function isGrouped({ state: { design, selection } }: Hand): boolean {
  return [...selection].some((id) => labelsOf(design.records.get(id)?.object ?? {}).has(GROUP_LABEL));
}

export const GROUP_ACTIONS: readonly CanvasAction[] = [
  {
    id: 'group',
    keys: ['Mod+G'],
    group: 'arrange',
    canRun: ({ state }) => state.picture === 'application' && state.scene.cards.length > 0,
    run: (hand) => {
      const records = selectedIds(hand);
      if (records.length > 1) openDialog({ type: 'group', records });
      else toggleGroups(hand);
    },
  },
  {
    id: 'ungroup',
    keys: ['Mod+Shift+G'],
    group: 'arrange',
    canRun: isGrouped,
    run: (hand) =>
      runCommand(hand.workspace, COMMANDS.groupRecords, { records: selectedIds(hand), name: undefined }, hand.t),
  },
];
