import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Frame } from '../../workspace/simulation/frame.ts';

const MOVE_MS = 350;
/** Signs that are followed; more of them come and go without a way. */
const MOST_FOLLOWED = 400;

/** Lets a Pod's sign travel from where it was to where it is, unless the person wants no motion. */
export function usePodMoves(area: RefObject<HTMLElement | null>, frame: Frame): void {
  const places = useRef(new Map<string, DOMRect>());
  useLayoutEffect(() => {
    const scope = area.current?.parentElement;
    if (!scope) return;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const cells = [...scope.querySelectorAll<HTMLElement>('[data-uid]')].slice(0, MOST_FOLLOWED);
    const now = new Map(cells.map((cell) => [cell.dataset['uid'] ?? '', cell.getBoundingClientRect()]));
    if (!isStill)
      for (const cell of cells) {
        const uid = cell.dataset['uid'] ?? '';
        const [before, after] = [places.current.get(uid), now.get(uid)];
        if (before === undefined || after === undefined) continue;
        const [x, y] = [before.x - after.x, before.y - after.y];
        if (Math.abs(x) + Math.abs(y) < 24) continue;
        cell.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
          duration: MOVE_MS,
          easing: 'ease-in-out',
        });
      }
    places.current = now;
  }, [area, frame]);
}
