import { COMMANDS } from '../../../design/commands/index.ts';
import { copiedText } from '../../../design/copied-text.ts';
import { showToast } from '../../../kit/toasts.ts';
import type { Direction } from '../../connecting/spot-beside.ts';
import { askToDelete, deleteNow } from '../../dialogs/ask-to-delete.ts';
import { openDialog, page } from '../../page-state.ts';
import { runCommand } from '../../run-command.ts';
import { view } from '../view/view-store.ts';
import { ARRANGE_ACTIONS } from './arrange-actions.ts';
import type { CanvasAction, Hand } from './canvas-action.ts';
import { selectedIds } from './canvas-action.ts';
import { hands } from './hands-state.ts';
import { nextTheme, toggleZen } from '../../shell/panes.ts';
import { changeSettings, settings } from '../../settings.ts';
import { nextCard } from './walk.ts';

const hasSelection = ({ state }: Hand): boolean => state.selection.size > 0;
const hasOne = ({ state }: Hand): boolean => state.selection.size === 1;
const always = (): boolean => true;

/** Puts the selection onto the clipboard as YAML; from a menu there is no clipboard event to fill. */
async function copy({ state, t }: Hand): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(copiedText(state.design, state.selection));
    return true;
  } catch {
    showToast({ text: t('canvas:noClipboard'), tone: 'bad' });
    return false;
  }
}

async function paste({ workspace, t }: Hand): Promise<void> {
  try {
    const text = await navigator.clipboard.readText();
    runCommand(workspace, COMMANDS.pasteManifest, { text }, t);
  } catch {
    showToast({ text: t('canvas:noClipboard'), tone: 'bad' });
  }
}

function walk({ state, workspace, fitCards, cards }: Hand, direction: Direction): void {
  const { scene } = state;
  const start = cards[0] ?? scene.cards.find(({ record }) => record !== undefined);
  const next = cards.length === 0 ? start?.id : start && nextCard(scene, start.id, direction);
  const card = scene.cards.find(({ id }) => id === next);
  if (!card) return;
  page.setState({ edge: undefined });
  workspace.select(card.record === undefined ? [] : [card.record]);
  fitCards(new Set([card.id]));
  document
    .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(card.id)}"]`)
    ?.focus({ preventScroll: true });
}

const walking = (
  id: 'walkLeft' | 'walkRight' | 'walkUp' | 'walkDown',
  direction: Direction,
  arrow: string,
): CanvasAction => ({
  id,
  keys: [`Alt+${arrow}`],
  group: 'walk',
  canRun: ({ state }) => state.scene.cards.length > 0,
  run: (hand) => walk(hand, direction),
});

const creating = (
  id: 'createLeft' | 'createRight' | 'createUp' | 'createDown',
  direction: Direction,
  arrow: string,
): CanvasAction => ({
  id,
  keys: [`Mod+${arrow}`],
  group: 'walk',
  canRun: hasOne,
  run: (hand) => {
    const [to] = selectedIds(hand);
    if (to !== undefined) openDialog({ type: 'createConnected', to, direction });
  },
});

const EDIT_ACTIONS: readonly CanvasAction[] = [
  { id: 'add', keys: ['N'], group: 'edit', canRun: always, run: () => openDialog({ type: 'add' }) },
  {
    id: 'rename',
    keys: ['F2'],
    group: 'edit',
    canRun: hasOne,
    run: (hand) => {
      const [record] = selectedIds(hand);
      if (record !== undefined) openDialog({ type: 'rename', record });
    },
  },
  {
    id: 'connect',
    keys: ['Mod+Shift+E'],
    group: 'edit',
    canRun: hasOne,
    run: (hand) => {
      const [source] = selectedIds(hand);
      if (source !== undefined) openDialog({ type: 'connectTo', source });
    },
  },
  { id: 'copy', keys: ['Mod+C'], group: 'edit', canRun: hasSelection, run: (hand) => void copy(hand) },
  {
    id: 'cut',
    keys: ['Mod+X'],
    group: 'edit',
    canRun: hasSelection,
    run: (hand) => void copy(hand).then((copied) => copied && deleteNow(hand.workspace, selectedIds(hand), hand.t)),
  },
  { id: 'paste', keys: ['Mod+V'], group: 'edit', canRun: always, run: (hand) => void paste(hand) },
  {
    id: 'duplicate',
    keys: ['Mod+D'],
    group: 'edit',
    canRun: hasSelection,
    run: (hand) => runCommand(hand.workspace, COMMANDS.duplicateRecords, { records: selectedIds(hand) }, hand.t),
  },
  {
    id: 'move',
    keys: [],
    group: 'edit',
    canRun: ({ state }) =>
      state.selection.size > 0 && [...state.selection].every((id) => state.design.records.get(id)?.namespace !== ''),
    run: (hand) => openDialog({ type: 'move', records: selectedIds(hand) }),
  },
  {
    id: 'delete',
    keys: ['Delete', 'Backspace'],
    group: 'edit',
    canRun: hasSelection,
    run: (hand) => askToDelete(hand.workspace, selectedIds(hand), hand.t),
  },
];

const VIEW_ACTIONS: readonly CanvasAction[] = [
  { id: 'fitAll', keys: ['Shift+1'], group: 'view', canRun: always, run: ({ fitAll }) => fitAll() },
  {
    id: 'fitSelection',
    keys: ['Shift+2'],
    group: 'view',
    canRun: hasSelection,
    run: ({ cards, fitCards }) => fitCards(new Set(cards.map(({ id }) => id))),
  },
  {
    id: 'focus',
    keys: ['F'],
    group: 'view',
    canRun: (hand) => hasOne(hand) || view.getState().focus !== undefined,
    run: (hand) => {
      const [record] = selectedIds(hand);
      view.setState(({ focus }) => ({ focus: focus === record ? undefined : record }));
    },
  },
  {
    id: 'filter',
    keys: ['Mod+Shift+F'],
    group: 'view',
    canRun: always,
    run: () => openDialog({ type: 'filter' }),
  },
  { id: 'find', keys: ['Mod+F', '/'], group: 'view', canRun: always, run: () => openDialog({ type: 'find' }) },
  {
    id: 'selectTool',
    keys: ['V'],
    group: 'view',
    canRun: always,
    run: () => hands.setState({ tool: 'select' }),
  },
  { id: 'handTool', keys: ['H'], group: 'view', canRun: always, run: () => hands.setState({ tool: 'hand' }) },
  {
    id: 'otherPicture',
    keys: ['P'],
    group: 'view',
    canRun: always,
    run: ({ workspace, state }) => workspace.showPicture(state.picture === 'application' ? 'cluster' : 'application'),
  },
];

/** The picture onto the clipboard; drawing it is loaded when it is asked for. */
function copyPicture({ workspace, t }: Hand): void {
  import('../../files/picture-file.ts')
    .then(({ copyPng }) => copyPng(workspace))
    .then(
      () => showToast({ text: t('files:pictureCopied'), tone: 'plain' }),
      (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
    );
}

/** What belongs to the page is here too, because a person looks for it on the canvas. */
const PAGE_ACTIONS: readonly CanvasAction[] = [
  {
    id: 'copyPng',
    keys: ['Alt+Shift+C'],
    group: 'edit',
    canRun: ({ state }) => state.scene.cards.length > 0,
    run: copyPicture,
  },
  {
    id: 'print',
    keys: ['Mod+P'],
    group: 'view',
    canRun: ({ state }) => state.scene.cards.length > 0,
    run: () => window.print(),
  },
  { id: 'zen', keys: ['Alt+Z'], group: 'view', canRun: always, run: toggleZen },
  {
    id: 'theme',
    keys: ['Alt+Shift+D'],
    group: 'view',
    canRun: always,
    run: () => changeSettings({ theme: nextTheme(settings.getState().theme) }),
  },
  {
    id: 'commands',
    keys: ['Mod+/'],
    group: 'view',
    canRun: always,
    run: () => openDialog({ type: 'commands' }),
  },
];

/** Every action of the canvas, in the order of the help. */
export const CANVAS_ACTIONS: readonly CanvasAction[] = [
  ...EDIT_ACTIONS,
  walking('walkLeft', 'left', 'ArrowLeft'),
  walking('walkRight', 'right', 'ArrowRight'),
  walking('walkUp', 'up', 'ArrowUp'),
  walking('walkDown', 'down', 'ArrowDown'),
  creating('createLeft', 'left', 'ArrowLeft'),
  creating('createRight', 'right', 'ArrowRight'),
  creating('createUp', 'up', 'ArrowUp'),
  creating('createDown', 'down', 'ArrowDown'),
  ...ARRANGE_ACTIONS,
  ...VIEW_ACTIONS,
  ...PAGE_ACTIONS,
];

export function actionNamed(id: CanvasAction['id']): CanvasAction {
  const action = CANVAS_ACTIONS.find((one) => one.id === id);
  if (!action) throw new Error(`no action ${id}`);
  return action;
}
