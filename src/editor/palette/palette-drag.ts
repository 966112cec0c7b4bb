import { createStore } from 'zustand/vanilla';
import type { Point } from '../../scene/scene.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { canvasPlace } from '../canvas-place.ts';
import type { Text } from '../i18n.ts';
import { addItem } from './add-item.ts';
import type { PaletteItem } from './palette-items.ts';
import { putIntoWorkload } from './put-into-workload.ts';

/** What is being carried from the palette, and where the pointer is on the screen. */
export interface Drag {
  readonly item: PaletteItem;
  readonly client: Point;
}

export const drag = createStore<{ readonly now: Drag | undefined }>(() => ({ now: undefined }));

/** A press that moves less than this is a click. CSS pixels. */
const THRESHOLD = 6;

interface Press {
  readonly pointerId: number;
  readonly clientX: number;
  readonly clientY: number;
}

/**
 * Follows a press on an item with mouse, pen or finger until it is let go. Let go over the canvas it makes the item there;
 * Escape, and letting go anywhere else, make nothing. Gives nothing back: a press that stays a click is the button's.
 */
export function followPress(press: Press, item: PaletteItem, workspace: Workspace, t: Text): void {
  let carried = false;
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== press.pointerId) return;
    const client = { x: event.clientX, y: event.clientY };
    carried ||= Math.hypot(client.x - press.clientX, client.y - press.clientY) > THRESHOLD;
    if (carried) drag.setState({ now: { item, client } });
  };
  const up = (event: PointerEvent): void => {
    if (event.pointerId !== press.pointerId) return;
    end();
    if (!carried) return;
    swallowClick();
    const canvas = canvasPlace.current;
    const client = { x: event.clientX, y: event.clientY };
    if (!canvas || !isOver(canvas.bounds(), client)) return;
    const at = canvas.toScene(client);
    void putIntoWorkload(workspace, item, at).then((asked) => {
      if (!asked) void addItem(workspace, item, t, at);
    });
  };
  const cancel = (event: PointerEvent): void => {
    if (event.pointerId === press.pointerId) end();
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !carried) return;
    event.preventDefault();
    event.stopPropagation();
    end();
    swallowClick();
  };
  const end = (): void => {
    drag.setState({ now: undefined });
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', escape, true);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', escape, true);
}

export function isOver(bounds: DOMRect, { x, y }: Point): boolean {
  return x >= bounds.left && x <= bounds.right && y >= bounds.top && y <= bounds.bottom;
}

/** The click that follows letting go belongs to the drag. */
function swallowClick(): void {
  const stop = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0);
}
