import { useStore } from 'zustand';
import { settings } from '../settings.ts';
import { usePaletteOpen } from './use-palette-open.ts';

/** Of the folded palette, in CSS pixels. */
const RAIL_WIDTH = 44;

/** The room that the palette will take, so that the picture stays where it is when it comes. */
export function PalettePlace() {
  const width = useStore(settings, (state) => state.paletteWidth);
  const open = usePaletteOpen();
  return <div className="app-palette" style={{ width: open ? width : RAIL_WIDTH }} />;
}
