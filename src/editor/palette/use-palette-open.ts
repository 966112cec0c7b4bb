import { useStore } from 'zustand';
import { settings } from '../settings.ts';

/** Below this width of the page, in CSS pixels, the palette begins folded. */
const ROOM_FROM = 1000;

/** Whether the palette is open: as the person left it, else where there is room. */
export function usePaletteOpen(): boolean {
  return useStore(settings, (state) => state.paletteOpen) ?? window.innerWidth >= ROOM_FROM;
}
