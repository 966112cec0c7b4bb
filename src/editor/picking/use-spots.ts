import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { jsonEqual } from '../../base/json.ts';
import type { Asked } from './picking-state.ts';
import { spotName } from './spot-name.ts';

/** A place on the picture that may be chosen; pixels from the upper left corner of the stage. */
export interface PickSpot {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where what is asked for stands in the picture now, in the order of the picture; followed when it moves. */
export function useSpots(stage: RefObject<HTMLElement | null>, asked: Asked): readonly PickSpot[] {
  const [spots, setSpots] = useState<readonly PickSpot[]>([]);
  useEffect(() => {
    const area = stage.current;
    const inner = area?.querySelector('.stage-inner');
    if (!area || !inner) return;
    const measure = (): void => {
      const next = spotsIn(area, inner, asked);
      setSpots((before) => (jsonEqual(before, next) ? before : next));
    };
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(area);
    const changed = new MutationObserver(measure);
    changed.observe(inner, { childList: true, subtree: true, attributes: true, attributeFilter: ['style', 'class'] });
    area.addEventListener('scroll', measure, { capture: true, passive: true });
    area.addEventListener('transitionend', measure);
    return () => {
      resized.disconnect();
      changed.disconnect();
      area.removeEventListener('scroll', measure, { capture: true });
      area.removeEventListener('transitionend', measure);
    };
  }, [stage, asked]);
  return spots;
}

function spotsIn(area: HTMLElement, inner: Element, asked: Asked): PickSpot[] {
  const bounds = area.getBoundingClientRect();
  const found = new Map<string, PickSpot>();
  for (const element of inner.querySelectorAll<HTMLElement>('[data-pick], [data-part]')) {
    const id = element.dataset['pick'] ?? element.dataset['part']!;
    const name = spotName(asked, id);
    if (name === undefined || found.has(id)) continue;
    const { x, y, width, height } = element.getBoundingClientRect();
    const isSeen = width > 0 && x < bounds.right && y < bounds.bottom && x + width > bounds.x && y + height > bounds.y;
    if (isSeen) found.set(id, { id, name, x: x - bounds.x, y: y - bounds.y, width, height });
  }
  return [...found.values()];
}
