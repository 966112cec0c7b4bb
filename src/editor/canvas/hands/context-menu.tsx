import { useRef } from 'react';
import { useStore } from 'zustand';
import { nameOf } from '../../../apimachinery/object.ts';
import type { Design, RecordId } from '../../../design/design.ts';
import { MenuAt } from '../../../kit/menu.tsx';
import type { MenuEntry } from '../../../kit/menu.tsx';
import { hotkeyLabel } from '../../hotkeys.ts';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import { openDialog, page } from '../../page-state.ts';
import { runCommand } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { takesRequests } from '../../simulation/traffic/takes-requests.ts';
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
  const isRunning = useStore(page, ({ mode }) => mode === 'simulation');
  const target = useWorkspaceState(({ selection, design }) =>
    isRunning ? requestTarget(selection, design) : undefined,
  );
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
  const sending = menu?.on === 'card' && target !== undefined ? [sendingTo(target, t)] : [];
  const actions = (menu?.on === 'paper' ? ON_PAPER : ON_CARDS).flatMap((id): MenuEntry[] => {
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
  return [...sending, ...actions];
}

/** The one that is chosen, where it takes requests: `Service/shop/web`. */
function requestTarget(selection: ReadonlySet<RecordId>, { records }: Design): string | undefined {
  const [only, ...others] = [...selection].flatMap((id) => records.get(id) ?? []);
  if (only === undefined || others.length > 0 || !takesRequests(only.object.kind)) return undefined;
  return `${only.object.kind}/${only.namespace}/${nameOf(only.object)}`;
}

/** While a run is open, what is chosen can be sent requests. */
function sendingTo(target: string, t: Text): MenuEntry {
  const send = async (): Promise<void> => {
    const { openSendForm } = await import('../../simulation/traffic/send-form-state.ts');
    openSendForm(target);
  };
  return { id: 'send', label: t('traffic:sendTo'), onAction: () => void send() };
}
