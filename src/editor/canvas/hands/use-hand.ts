import { useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useEffect, useEffectEvent } from 'react';
import type { RefObject } from 'react';
import { isComposing } from '../../../kit/composition.ts';
import { isTyping } from '../../hotkeys.ts';
import { useText } from '../../i18n.ts';
import { page } from '../../page-state.ts';
import { useWorkspace } from '../../workspace-context.ts';
import { boundsOf, cardBoxes } from '../geometry.ts';
import { useFitAll, viewOf, travelMs } from '../viewport.ts';
import { CANVAS_ACTIONS } from './actions.ts';
import type { Hand } from './canvas-action.ts';
import { matchesKey } from './key-match.ts';

/** Cards are shown no larger than this by a key that shows them. */
const CLOSE = 0.5;

/** What an action of the canvas gets now. */
export function useHand(): () => Hand {
  const workspace = useWorkspace();
  const t = useText();
  const fitAll = useFitAll();
  const { setViewport, getViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  return useCallback(() => {
    const state = workspace.store.getState();
    const { scene, selection } = state;
    const fitCards = (ids: ReadonlySet<string>): void => {
      const boxes = cardBoxes(scene);
      const box = boundsOf([...ids].flatMap((id) => boxes.get(id) ?? []));
      if (!box) return;
      const { x, y, zoom } = getViewport();
      const isSeen =
        box.x * zoom + x >= 0 &&
        box.y * zoom + y >= 0 &&
        (box.x + box.width) * zoom + x <= width &&
        (box.y + box.height) * zoom + y <= height;
      if (ids.size === 1 && isSeen) return;
      void setViewport(viewOf(box, width, height, CLOSE, ids.size === 1 ? zoom : 1), { duration: travelMs(scene) });
    };
    const cards = scene.cards.filter(({ record }) => record !== undefined && selection.has(record));
    return { workspace, state, t, cards, fitAll, fitCards };
  }, [workspace, t, fitAll, setViewport, getViewport, width, height]);
}

/** Keys that the browser turns into clipboard events, which carry the text themselves. */
const CLIPBOARD = new Set(['copy', 'cut', 'paste']);

/** Keys that mean something else to a button, a list or a menu that has the focus. */
const MEANS_MUCH = /^[A-Z]$|^Alt\+|Arrow/;

/** The keys of the canvas. None fires in a field, in a dialog, while an input method composes, or elsewhere on the page. */
export function useHandKeys(root: RefObject<HTMLElement | null>): void {
  const hand = useHand();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event) || isComposing(event) || page.getState().dialog) return;
    const target = event.target instanceof Element ? event.target : undefined;
    const isHere = target === document.body || root.current?.contains(target ?? null) === true;
    const action = CANVAS_ACTIONS.find(({ keys }) => keys.some((key) => matchesKey(event, key)));
    const key = action?.keys.find((one) => matchesKey(event, one));
    if (!action || key === undefined || CLIPBOARD.has(action.id) || (!isHere && MEANS_MUCH.test(key))) return;
    const now = hand();
    if (!action.canRun(now)) return;
    event.preventDefault();
    event.stopPropagation();
    action.run(now);
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
