import { CANVAS_ACTIONS } from '../canvas/hands/actions.ts';
import type { CanvasAction } from '../canvas/hands/canvas-action.ts';
import { hotkeyLabel, modified } from '../hotkeys.ts';
import { useText } from '../i18n.ts';
import { usePage } from '../page-state.ts';
import { runKeyRows } from '../simulation/run-key-rows.ts';

interface KeyRow {
  readonly what: string;
  readonly keys: readonly string[];
}

/** The keys and gestures of the page in groups, in the language of the page. */
export function useKeyRows(): readonly { readonly title: string; readonly rows: readonly KeyRow[] }[] {
  const t = useText();
  const actions = (...groups: readonly CanvasAction['group'][]): readonly KeyRow[] =>
    CANVAS_ACTIONS.filter(({ group, keys }) => groups.includes(group) && keys.length > 0).map(({ id, keys }) =>
      row(t(`actions:${id}`), ...keys.map(hotkeyLabel)),
    );
  const mode = usePage((state) => state.mode);
  return [
    ...(mode === 'simulation' ? [{ title: t('rehearsal:keyGroup'), rows: runKeyRows(t) }] : []),
    {
      title: t('keys:groupView'),
      rows: [
        row(t('keys:pan'), t('keys:wheel'), t('keys:spaceDrag'), t('keys:middleDrag')),
        row(t('keys:zoom'), t('keys:ctrlWheel'), modified('+'), modified('-')),
        row(t('keys:zoomReset'), modified('0')),
        ...actions('view'),
      ],
    },
    {
      title: t('keys:groupSelect'),
      rows: [
        row(t('keys:select'), t('keys:click'), t('keys:shiftClick'), t('keys:dragPane')),
        row(t('keys:selectAll'), modified('A')),
        row(t('keys:clear'), 'Esc'),
        ...actions('walk'),
      ],
    },
    {
      title: t('keys:groupEdit'),
      rows: [
        row(t('shell:undo'), modified('Z')),
        row(t('shell:redo'), modified('Y'), modified('Shift+Z')),
        row(t('keys:connect'), t('keys:dragDot')),
        row(t('keys:menu'), t('keys:rightClick'), 'Shift+F10'),
        ...actions('edit'),
        row(t('shell:commands'), modified('K')),
        row(t('shell:export'), modified('S')),
        row(t('shell:keys'), '?'),
      ],
    },
    {
      title: t('keys:groupArrange'),
      rows: [
        row(t('keys:nudge'), '← ↑ → ↓', 'Shift'),
        row(t('keys:altDrag'), t('keys:altDragHow')),
        row(t('keys:noSnap'), t('keys:noSnapHow')),
        ...actions('arrange'),
      ],
    },
  ];
}

function row(what: string, ...keys: readonly string[]): KeyRow {
  return { what, keys };
}
