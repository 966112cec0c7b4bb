import { useRef } from 'react';
import { MenuAt } from '../../../kit/menu.tsx';
import type { MenuEntry } from '../../../kit/menu.tsx';
import { hotkeyLabel } from '../../hotkeys.ts';
import { useText } from '../../i18n.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import { openDialog } from '../../page-state.ts';
import { runCommand } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { actionNamed } from './actions.ts';
import type { ActionId } from './canvas-action.ts';
import { hands, useHands } from './hands-state.ts';
import { useHand } from './use-hand.ts';

const ON_CARDS: readonly ActionId[] = [
  'connect',
  'rename',
  'copy',
  'copyPng',
  'cut',
  'duplicate',
  'move',
  'alignLeft',
  'alignTop',
  'distributeX',
  'distributeY',
  'tidySelection',
  'group',
  'ungroup',
  'lock',
  'focus',
  'fitSelection',
  'delete',
];
const ON_PAPER: readonly ActionId[] = [
  'add',
  'paste',
  'fitAll',
  'find',
  'filter',
  'group',
  'otherPicture',
  'copyPng',
  'print',
  'snap',
  'grid',
];

/** The menu of a card, an edge or the paper, where it was asked for. */
export function ContextMenu() {
  const menu = useHands((state) => state.menu);
  return menu === undefined ? null : <OpenMenu key={`${menu.x} ${menu.y} ${menu.id}`} />;
}

function OpenMenu() {
  const t = useText();
  const anchor = useRef<HTMLSpanElement>(null);
  const menu = useHands((state) => state.menu);
  const entries = useEntries();
  if (!menu) return null;
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: menu.x, top: menu.y }} />
      <MenuAt
        anchor={anchor}
        placement="bottom start"
        label={t('canvas:menu')}
        entries={entries}
        onClose={() => hands.setState({ menu: undefined })}
      />
    </>
  );
}

function useEntries(): readonly MenuEntry[] {
  const t = useText();
  const workspace = useWorkspace();
  const handOf = useHand();
  const menu = useHands((state) => state.menu);
  const edge = useWorkspaceState(({ scene }) => scene.edges.find(({ id }) => id === menu?.id));
  if (menu?.on === 'ghost') {
    const identity = menu.id.replace(/^ghost:/, '');
    return [
      {
        id: 'create',
        label: t('canvas:createGhost'),
        onAction: () => runCommand(workspace, COMMANDS.createMissing, { identity }, t),
      },
      { id: 'point', label: t('canvas:pointGhost'), onAction: () => openDialog({ type: 'ghost', identity }) },
    ];
  }
  if (menu?.on === 'edge' && edge) {
    return [
      {
        id: 'disconnect',
        label: t('canvas:deleteEdge', { count: edge.references.length }),
        danger: true,
        onAction: () => runCommand(workspace, COMMANDS.disconnectReferences, { references: edge.references }, t),
      },
    ];
  }
  const hand = handOf();
  return (menu?.on === 'paper' ? ON_PAPER : ON_CARDS).flatMap((id): MenuEntry[] => {
    const action = actionNamed(id);
    if (!action.canRun(hand)) return [];
    const [key] = action.keys;
    return [
      {
        id,
        label: t(`actions:${id}`),
        ...(key === undefined ? {} : { hotkey: hotkeyLabel(key) }),
        ...(id === 'delete' ? { danger: true } : {}),
        onAction: () => action.run(handOf()),
      },
    ];
  });
}
